package org.rollcall.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.socket.Transport;

/** A request whose answer leaves at once, unless its client does not read. */
final class FakePoll implements Poll {
  String body = "";
  boolean reading = true;
  boolean lost;
  boolean aborted;
  Transport.@Nullable Done done;

  @Override
  public void answer(String text, Transport.Done then) {
    assertThat(body).isEmpty();
    body = text;
    if (reading) {
      then.sent(!lost);
    } else {
      done = then;
    }
  }

  @Override
  public void abort() {
    aborted = true;
    if (done != null) {
      done.sent(false);
    }
  }

  int status() {
    return body.isEmpty()
        ? 0
        : Integer.parseInt(body.replaceAll("^\\{\"status\":([0-9]+).*", "$1"));
  }

  /** Returns the refs of the heartbeats that are answered. */
  List<String> refs() {
    List<String> refs = new ArrayList<>();
    for (String part : body.split("\\[null,", -1)) {
      if (part.startsWith("\\\"")) {
        refs.add(part.split("\\\\\"", -1)[1]);
      }
    }
    return refs;
  }
}
