package org.rollcall.longpoll;

import java.util.ArrayList;
import java.util.List;

/**
 * The frames of one session: waiting frames, and the frames of the answer that is being sent.
 * Frames leave in their order. If an answer cannot be sent, its frames leave with the next answer.
 *
 * <p>Not safe for many threads: the {@link PollTransport} guards it.
 */
final class PollFrames {
  private static final int MOST_CHARACTERS = 16_384;
  private static final int MOST = 256;

  private List<String> waiting = new ArrayList<>(0);
  private List<String> flight = List.of();
  private long characters;

  /** Adds a frame of any length. Returns whether there is room for another one. */
  boolean add(String text) {
    waiting.add(text);
    characters += text.length();
    return characters < MOST_CHARACTERS && waiting.size() < MOST;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Moves all waiting frames into an answer; the previous answer has arrived. */
  List<String> take() {
    flight = waiting;
    waiting = new ArrayList<>(0);
    characters = 0;
    return flight;
  }

  /** Notes that an answer was sent, or could not be sent. */
  void landed(boolean ok) {
    if (!ok) {
      flight.forEach(text -> characters += text.length());
      flight.addAll(waiting);
      waiting = flight;
    }
    flight = List.of();
  }

  /** Drops all waiting frames. */
  void clear() {
    waiting = new ArrayList<>(0);
    characters = 0;
  }
}
