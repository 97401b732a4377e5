package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames of a client, read along in whatever parts they come. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientFramesTest {
  private static final int TEXT = 0x81;
  private static final int CONTINUATION = 0x80;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private void frame(int kind, int length) {
    sent.write(kind);
    if (length < 126) {
      sent.write(0x80 | length);
    } else if (length < 65_536) {
      sent.write(0x80 | 126);
      sent.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
    } else {
      sent.write(0x80 | 127);
      sent.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
    // A mask and a body that look like heads of close frames.
    for (int i = 0; i < 4 + length; i++) {
      sent.write(i % 2 == 0 ? CLOSE : 0x80);
    }
  }

  private boolean hasCloseWithoutCode(Random random) {
    ClientFrames frames = new ClientFrames();
    byte[] bytes = sent.toByteArray();
    for (int at = 0; at < bytes.length; ) {
      int part = Math.min(1 + random.nextInt(random.nextBoolean() ? 3 : 5000), bytes.length - at);
      frames.read(ByteBuffer.wrap(bytes, at, part));
      at += part;
    }
    return frames.hasCloseWithoutCode();
  }

  @Test
  void onlyACloseFrameWithoutABodyHasNoCode() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      sent.reset();
      int[] kinds = {TEXT, CONTINUATION, PING};
      int[] lengths = {0, 1, 2, 125, 126, 127, 65_535, 65_536};
      for (int i = random.nextInt(5); i > 0; i--) {
        frame(kinds[random.nextInt(kinds.length)], lengths[random.nextInt(lengths.length)]);
      }
      int length = random.nextInt(4);
      frame(CLOSE, length);
      assertThat(hasCloseWithoutCode(random)).as("seed %d", seed).isEqualTo(length == 0);
    }
  }

  @Test
  void aConnectionThatEndsWithoutACloseFrameHasNoneWithoutACode() {
    frame(TEXT, 0);
    frame(PING, 8);
    assertThat(hasCloseWithoutCode(new Random(1))).isFalse();
  }
}
