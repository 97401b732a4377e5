package org.rollcall.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** The users of an operator's container: every password is "password", and root is in a group. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "test")
public class TestRealm implements IdentityStore {
  /** A user of this name is an administrator. */
  public static final String ROOT = "root";

  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (credential instanceof UsernamePasswordCredential known
        && known.getPasswordAsString().equals("password")) {
      String user = known.getCaller();
      return new CredentialValidationResult(
          user, user.equals(ROOT) ? Set.of("rollcall-admin") : Set.of());
    }
    return CredentialValidationResult.INVALID_RESULT;
  }
}
