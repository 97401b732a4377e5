package org.rollcall.faults;

import org.rollcall.testing.Frame;

/** One topic on which a visitor is, and the page of it. The visitor's lock guards it. */
final class ChannelMembership {
  private final String topic;
  private final String payload;
  private final ChannelView channelView;
  private String joinRef = "";

  ChannelMembership(String topic, String payload) {
    this.topic = topic;
    this.payload = payload;
    this.channelView = ChannelView.of(topic);
  }

  /** Returns the message that joins, and awaits a state. */
  String join(String ref) {
    joinRef = ref;
    channelView.rejoin();
    return message(ref, "phx_join", payload);
  }

  /** Returns a message on the channel. */
  String message(String ref, String event, String content) {
    return "[\"%s\",\"%s\",\"%s\",\"%s\",%s]".formatted(joinRef, ref, topic, event, content);
  }

  /**
   * Takes a frame of the channel.
   *
   * @return whether all is well; if not, it has to be joined again
   */
  boolean take(Frame frame, long nanos) {
    switch (frame.event()) {
      case "presence_state", "presence_diff" -> channelView.take(frame, nanos);
      case "phx_reply" -> {
        return frame.status().equals("ok");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  ChannelView channelView() {
    return channelView;
  }
}
