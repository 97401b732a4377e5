package org.rollcall.identity.token;

import java.util.Optional;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.rollcall.identity.User;
import org.rollcall.testing.TestToken;

/** Measures the verification of a back end's token. */
@State(Scope.Benchmark)
public class SharedSecretVerifierBenchmark {
  private static final int FRIENDS = 20;

  private final TokenVerifier verifier =
      new SharedSecretVerifier(TestToken.SECRET, Optional.empty());
  private final String token =
      TestToken.of("u0")
          .seeing(IntStream.range(1, FRIENDS + 1).mapToObj(i -> "u" + i).toArray(String[]::new))
          .text();

  /** Verifies a token with HS256. */
  @Benchmark
  public User verifyATokenWith20Friends() {
    return verifier.verify(token).orElseThrow();
  }
}
