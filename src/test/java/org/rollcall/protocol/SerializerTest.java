package org.rollcall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonValue;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerializerTest {
  @ParameterizedTest
  @CsvSource({"1.0.0,1", "1.0.7,1", "2.0.0,2", "2.0.11,2"})
  void theVersionsOfTheWireAreKnown(String vsn, int version) {
    Serializer expected = version == 1 ? Serializer.V1 : Serializer.V2;
    assertThat(Serializer.of(Optional.of(vsn))).containsSame(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "2.0", "3.0.0", "1.1.0", "2.1.0", "2.0.x", "2.0.99999", "x"})
  void otherVersionsAreNot(String vsn) {
    assertThat(Serializer.of(Optional.of(vsn))).isEmpty();
  }

  @Test
  void noVersionIsTheFirst() {
    assertThat(Serializer.of(Optional.empty())).containsSame(Serializer.V1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"11\"", "7", "null", "\"a\\\"b\"", "1.5"})
  void refsComeBackAsTheyWere(String ref) throws MalformedFrame {
    Message message = Serializer.V2.decode("[" + ref + "," + ref + ",\"t\",\"e\",{\"a\": [1, 2]}]");
    assertThat(Serializer.V2.encode(message.ok("{}")))
        .isEqualTo(
            "[" + ref + "," + ref + ",\"t\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "{}",
        "[]",
        "[1,2,3,4]",
        "[null,null,1,\"e\",{}]",
        "[null,null,\"t\",null,{}]",
        "[{},null,\"t\",\"e\",{}]",
        "[null,[],\"t\",\"e\",{}]",
        "[null,true,\"t\",\"e\",{}]",
        "[null,null,\"t\",\"e\",{}] x",
        "nonsense"
      })
  void aTextThatIsNoFrameIsRefused(String text) {
    assertThatThrownBy(() -> Serializer.V2.decode(text)).isInstanceOf(MalformedFrame.class);
    assertThatThrownBy(() -> Serializer.V1.decode(text)).isInstanceOf(MalformedFrame.class);
  }

  @Test
  void deepNestingIsCutOff() throws MalformedFrame {
    String text = "[null,null,\"t\",\"e\"," + "[".repeat(50_000) + "]".repeat(50_000) + "]";
    assertThat(Serializer.V2.decode(text).topic()).isEqualTo("t");
  }

  @Test
  void hugeNumbersAreRefusedOrKept() throws MalformedFrame {
    String text = "[null,null,\"t\",\"e\",{\"n\":1e99999999999}]";
    assertThat(Serializer.V2.decode(text).topic()).isEqualTo("t");
  }

  @Test
  void longRefsAreRefused() {
    String ref = "\"" + "1".repeat(200) + "\"";
    assertThatThrownBy(() -> Serializer.V2.decode("[null," + ref + ",\"t\",\"e\",{}]"))
        .hasMessageContaining("ref")
        .hasMessageContaining("128");
  }

  @Test
  void versionOneHasOptionalJoinRefAndPayload() throws MalformedFrame {
    Message message = Serializer.V1.decode("{\"topic\":\"t\",\"event\":\"e\",\"ref\":\"1\"}");
    assertThat(message).isEqualTo(new Message("null", "\"1\"", "t", "e", JsonValue.NULL));
    assertThat(
            Serializer.V1
                .decode("{\"topic\":\"t\",\"event\":\"e\",\"ref\":1,\"join_ref\":\"9\"}")
                .joinRef())
        .isEqualTo("\"9\"");
  }

  @Test
  void versionOneWritesFourMembersOnly() {
    assertThat(Serializer.V1.encode(new Push("\"11\"", "null", "t", "e", "{}")))
        .isEqualTo("{\"topic\":\"t\",\"event\":\"e\",\"payload\":{},\"ref\":null}");
    assertThat(Serializer.V1.encode(new Broadcast("t", "e", "{}")))
        .isEqualTo("{\"topic\":\"t\",\"event\":\"e\",\"payload\":{},\"ref\":null}");
  }

  @Test
  void broadcastsOfVersionTwoNameNoJoin() {
    assertThat(Serializer.V2.encode(new Broadcast("t", "e", "{}")))
        .isEqualTo("[null,null,\"t\",\"e\",{}]");
  }

  @Test
  void aBinaryPushIsRead() throws MalformedFrame {
    byte[] bytes = {0, 2, 1, 1, 1, '1', '1', '7', 't', 'e', 42, 43};
    assertThat(Serializer.V2.decode(bytes))
        .isEqualTo(new Message("\"11\"", "\"7\"", "t", "e", null));
  }

  @Test
  void aBinaryPushWithoutJoinRefNamesNone() throws MalformedFrame {
    byte[] bytes = {0, 0, 0, 1, 1, 't', 'e'};
    assertThat(Serializer.V2.decode(bytes).joinRef()).isEqualTo("null");
  }

  /** A control character takes six as JSON. */
  @Test
  void aBinaryRefIsNoLongerThanAnyOther() {
    byte[] bytes = new byte[5 + 30 + 2];
    bytes[1] = 30;
    bytes[3] = 1;
    bytes[4] = 1;
    assertThatThrownBy(() -> Serializer.V2.decode(bytes))
        .isInstanceOf(MalformedFrame.class)
        .hasMessage("expected join_ref of at most 128 characters, but got 182");
  }

  @Test
  void brokenBinaryPushesAreRefused() {
    byte[][] broken = {
      {}, {0}, {0, 1, 1, 1, 1}, {1, 0, 0, 1, 1, 't', 'e'}, {0, 0, 0, 1, 1, (byte) 0xff, 'e'}
    };
    for (byte[] bytes : broken) {
      assertThatThrownBy(() -> Serializer.V2.decode(bytes)).isInstanceOf(MalformedFrame.class);
    }
  }

  @Test
  void quotesAreValidJsonForEveryCharacter() throws MalformedFrame {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0x3000; c++) {
      all.append(c);
    }
    all.append("\ud83d\ude00 \ud800");
    String quoted = Json.quote(all.toString());
    assertThat(Json.string(Json.parse(quoted), "text")).isEqualTo(all.toString());
    assertThat(quoted.codePoints().filter(c -> c < ' ' || (c >= 0xd800 && c < 0xe000))).isEmpty();
  }
}
