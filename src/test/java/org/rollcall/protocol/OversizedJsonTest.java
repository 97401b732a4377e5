package org.rollcall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OversizedJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"1\",2,\"room:x\",\"update\",{\"n\":[-1.5e-30,0.25,12E+3]}]",
        "{\"a\\\"b\":\"[{\\\\\",\"c\":[true,null,{}]}",
        "7",
        "",
        "\"open",
        "[1e,01,--2]"
      })
  void jsonWithinTheLimitsStaysAsItIs(String text) throws Exception {
    assertThat(OversizedJson.shrink(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1E-99999999999", "0.1e+100000"})
  void anExponentThatIsTooLongIsThatOfNoDouble(String number) throws Exception {
    assertThat(OversizedJson.shrink("[" + number + ",\"" + number + "\"]"))
        .isEqualTo("[1e400,\"" + number + "\"]");
  }

  @Test
  void aNumberOfThousandsOfDigitsIsNoDouble() throws Exception {
    assertThat(Json.parse("{\"n\":" + "9".repeat(5000) + "}")).hasToString("{\"n\":1E+400}");
    assertThat(Json.parse("{\"n\":1e99999999999}")).hasToString("{\"n\":1E+400}");
  }

  @Test
  void levelsPastAHundredAreEmpty() throws Exception {
    String deep = "[".repeat(3000) + "1,\"]\",{\"a\":[]}" + "]".repeat(3000);
    assertThat(Json.parse(deep)).hasToString("[".repeat(101) + "]".repeat(101));
    assertThat(Json.parse("{\"a\":" + deep + ",\"b\":1}").asJsonObject()).containsKey("b");
  }

  @Test
  void invalidJsonStaysInvalid() {
    for (String text :
        new String[] {
          "[".repeat(3000),
          "[".repeat(3000) + "}".repeat(3000),
          "[".repeat(3000) + "]".repeat(3001),
          "[".repeat(3000) + "]".repeat(3000) + "1",
          "[1e99999999999",
          "[1e99999999999,]",
          "1e99999999999x",
          "\"\\ud800" + "[".repeat(3000)
        }) {
      assertThatExceptionOfType(MalformedFrame.class).isThrownBy(() -> Json.parse(text));
    }
  }
}
