package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FrameMeterTest {
  private final List<String> seen = new ArrayList<>();
  private final FrameMeter meter =
      new FrameMeter(
          (kind, length, masked) -> seen.add(kind + ":" + length + (masked ? "" : " unmasked")));
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private void frame(int first, boolean masked, long length) {
    int mask = masked ? 0x80 : 0;
    sent.write(first);
    if (length < 126) {
      sent.write(mask | (int) length);
    } else if (length < 65_536) {
      sent.write(mask | 126);
      sent.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
    } else {
      sent.write(mask | 127);
      sent.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
    sent.writeBytes(new byte[masked ? 4 : 0]);
  }

  private void frames() {
    for (int length : new int[] {0, 1, 125, 126, 300, 65_535, 65_536, 70_000}) {
      frame(0x81, true, length);
      // Bytes that look like heads.
      byte[] payload = new byte[length];
      new Random(length).nextBytes(payload);
      sent.writeBytes(payload);
      frame(0x89, false, 0);
    }
  }

  private static String[] expected() {
    return new String[] {
      "1:0",
      "9:0 unmasked",
      "1:1",
      "9:0 unmasked",
      "1:125",
      "9:0 unmasked",
      "1:126",
      "9:0 unmasked",
      "1:300",
      "9:0 unmasked",
      "1:65535",
      "9:0 unmasked",
      "1:65536",
      "9:0 unmasked",
      "1:70000",
      "9:0 unmasked"
    };
  }

  @Test
  void everyFrameIsSeenOnceWhateverPiecesItComesIn() {
    frames();
    byte[] all = sent.toByteArray();
    meter.read(ByteBuffer.wrap(all));
    assertThat(seen).containsExactly(expected());
    seen.clear();
    for (int i = 0; i < all.length; i++) {
      meter.read(ByteBuffer.wrap(all, i, 1));
    }
    assertThat(seen).containsExactly(expected());
    seen.clear();
    Random random = new Random(13);
    for (int at = 0; at < all.length; ) {
      int piece = Math.min(all.length - at, 1 + random.nextInt(40));
      meter.read(ByteBuffer.wrap(all, at, piece));
      at += piece;
    }
    assertThat(seen).containsExactly(expected());
  }

  @Test
  void aFrameIsSeenBeforeItsPayloadComes() {
    frame(0x82, true, 4_000_000_000L);
    meter.read(ByteBuffer.wrap(sent.toByteArray()));
    assertThat(seen).containsExactly("2:4000000000");
  }

  @Test
  void aForbiddenLengthIsLongerThanAnything() {
    sent.write(0x82);
    sent.write(0xff);
    sent.writeBytes(ByteBuffer.allocate(8).putLong(-5).array());
    sent.writeBytes(new byte[4]);
    meter.read(ByteBuffer.wrap(sent.toByteArray()));
    assertThat(seen).containsExactly("2:" + Long.MAX_VALUE);
  }
}
