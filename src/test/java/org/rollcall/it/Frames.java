package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;

/** Frames that a test looks for among others. */
final class Frames {
  private Frames() {}

  /**
   * Takes frames up to the reply to a message. Replies and diffs have no order between them: they
   * come from different threads of the server.
   */
  static Frame reply(PhoenixClient client, String ref) {
    Frame frame = client.next();
    while (!frame.event().equals("phx_reply")) {
      frame = client.next();
    }
    if (!ref.equals(frame.ref())) {
      throw new AssertionError("Expected the reply to " + ref + ", but got " + frame);
    }
    return frame;
  }

  /** Takes frames up to one of this topic and event. */
  static Frame find(PhoenixClient client, String topic, String event) {
    Frame frame = client.next();
    while (!frame.topic().equals(topic) || !frame.event().equals(event)) {
      frame = client.next();
    }
    return frame;
  }

  /** Takes the diffs by which one friend goes out of sight and another comes into it. */
  static void assertSeesInstead(PhoenixClient client, String leaver, String comer) {
    List<Frame> frames = List.of(client.next(), client.next());
    assertThat(frames)
        .extracting(Frame::topic)
        .containsExactlyInAnyOrder("user_presence:" + leaver, "user_presence:" + comer);
    for (Frame frame : frames) {
      boolean leave = frame.topic().endsWith(":" + leaver);
      assertThat(frame.leaves().keySet()).isEqualTo(leave ? Set.of(leaver) : Set.of());
      assertThat(frame.joins().keySet()).isEqualTo(leave ? Set.of() : Set.of(comer));
    }
  }
}
