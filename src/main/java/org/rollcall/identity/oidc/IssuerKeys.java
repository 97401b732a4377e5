package org.rollcall.identity.oidc;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.OidcSettings;
import org.rollcall.identity.token.UnknownKey;

/**
 * The public keys of an issuer, as they were when it was last asked.
 *
 * <p>It is asked every five minutes, and when a token names a key that is not known, though never
 * twice in ten seconds, however many such tokens come: a client with one is refused, and accepted
 * with the next try. An issuer that does not answer is asked again after 2 seconds, 4, 8 and so on
 * up to a minute; known keys are accepted meanwhile. The log says once that it went silent, and
 * once that it is back.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class IssuerKeys {
  /** The algorithms that are accepted: signatures that nobody but the issuer can make. */
  static final Set<String> ALGORITHMS =
      Set.of(
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
          AlgorithmIdentifiers.EDDSA);

  private static final Logger LOG = System.getLogger(IssuerKeys.class.getName());
  private static final long USUAL = Duration.ofMinutes(5).toNanos();
  private static final long SOONEST = Duration.ofSeconds(10).toNanos();
  private static final int LONGEST_PAUSE_SECONDS = 60;
  private static final int FIRST_PAUSE_SECONDS = 2;

  private final OpenIdDiscovery documents;
  private final Executor background;
  private final LongSupplier nanos;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile List<JsonWebKey> known = List.of();
  private volatile boolean missed;
  private volatile CompletableFuture<Void> answer = new CompletableFuture<>();

  /** When the issuer is to be asked next, and the earliest moment for a key that is missed. */
  private volatile Times times;

  private int pauseSeconds = FIRST_PAUSE_SECONDS;

  private record Times(long due, long soonest) {}

  /**
   * Creates the keys of an issuer that was not asked yet.
   *
   * @param background where the issuer is waited for
   * @param nanos the clock
   */
  public IssuerKeys(OidcSettings settings, Executor background, LongSupplier nanos) {
    this.documents = new OpenIdDiscovery(settings);
    this.background = background;
    this.nanos = nanos;
    this.times = new Times(nanos.getAsLong(), nanos.getAsLong());
  }

  /** Asks the issuer for its keys, in the background, if it is time. Called every second. */
  public void tick() {
    long now = nanos.getAsLong();
    Times next = times;
    if (now - next.due < 0 && !(missed && now - next.soonest >= 0)) {
      return;
    }
    if (asking.compareAndSet(false, true)) {
      missed = false;
      try {
        background.execute(this::ask);
      } catch (RejectedExecutionException busy) {
        asking.set(false);
      }
    }
  }

  private void ask() {
    try {
      known = documents.keys();
      if (pauseSeconds > FIRST_PAUSE_SECONDS) {
        LOG.log(Level.INFO, "The issuer {0} answers again", documents.issuer());
      }
      pauseSeconds = FIRST_PAUSE_SECONDS;
      next(USUAL);
    } catch (IOException | JoseException | RuntimeException e) {
      if (pauseSeconds == FIRST_PAUSE_SECONDS) {
        LOG.log(
            Level.WARNING,
            "The keys of the issuer {0} could not be read; {1} known ones are kept: {2}",
            documents.issuer(),
            known.size(),
            e.toString());
      }
      next(Duration.ofSeconds(pauseSeconds).toNanos());
      pauseSeconds = Math.min(2 * pauseSeconds, LONGEST_PAUSE_SECONDS);
    } finally {
      // After the times, which also hands this thread's writes over to the next one that asks.
      CompletableFuture<Void> given = answer;
      answer = new CompletableFuture<>();
      asking.set(false);
      given.complete(null);
    }
  }

  /**
   * Returns what completes when the issuer has answered the next time, or has failed to: one stage
   * for all who ask, as a copy for each would be kept until then.
   */
  public CompletionStage<Void> nextAnswer() {
    return answer;
  }

  private void next(long pause) {
    long now = nanos.getAsLong();
    times = new Times(now + pause, now + SOONEST);
  }

  /**
   * Finds the key of a token's signature.
   *
   * @param outer what the token is wrapped in; tokens are not
   * @throws UnknownKey if it is not known
   * @throws UnresolvableKeyException if the algorithm is not accepted
   */
  Key resolve(JsonWebSignature signature, List<JsonWebStructure> outer)
      throws UnresolvableKeyException {
    @Nullable String algorithm = signature.getAlgorithmHeaderValue();
    if (algorithm == null || !ALGORITHMS.contains(algorithm)) {
      throw new UnresolvableKeyException("An algorithm that is not accepted");
    }
    try {
      @Nullable JsonWebKey key =
          signature.getKeyIdHeaderValue() == null
              ? new VerificationJwkSelector()
                  .selectWithVerifySignatureDisambiguate(signature, known)
              : new VerificationJwkSelector().select(signature, known);
      if (key != null) {
        return key.getKey();
      }
    } catch (JoseException e) {
      throw new UnresolvableKeyException("A signature that cannot be checked", e);
    }
    missed = true;
    tick();
    throw new UnknownKey();
  }
}
