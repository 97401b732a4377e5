package org.rollcall.infinispan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.infinispan.protostream.TagReader;
import org.infinispan.protostream.descriptors.WireType;

/** The fields of one message in Protocol Buffers; one that is not there is empty or zero. */
final class ProtoFields {
  /** The field that holds many numbers. */
  static final int NUMBERS = 9;

  private static final int MOST = 16;

  private final String[] texts = new String[MOST];
  private final long[] numbers = new long[MOST];
  private long[] array = new long[0];

  private ProtoFields() {
    Arrays.fill(texts, "");
  }

  static ProtoFields read(TagReader reader) throws IOException {
    ProtoFields protoFields = new ProtoFields();
    for (int tag = reader.readTag(); tag != 0; tag = reader.readTag()) {
      int number = WireType.getTagFieldNumber(tag);
      int type = WireType.getTagWireType(tag);
      if (number == NUMBERS) {
        LongBuffer longs = ByteBuffer.wrap(reader.readByteArray()).asLongBuffer();
        protoFields.array = new long[longs.remaining()];
        longs.get(protoFields.array);
      } else if (number < MOST && type == WireType.WIRETYPE_LENGTH_DELIMITED) {
        protoFields.texts[number] = reader.readString();
      } else if (number < MOST && type == WireType.WIRETYPE_VARINT) {
        protoFields.numbers[number] = reader.readInt64();
      } else {
        reader.skipField(tag);
      }
    }
    return protoFields;
  }

  String text(int number) {
    return texts[number];
  }

  /** Returns a text that is not there if it is empty. */
  Optional<String> some(int number) {
    return Optional.of(texts[number]).filter(text -> !text.isEmpty());
  }

  long number(int number) {
    return numbers[number];
  }

  long[] numbers() {
    return array;
  }

  /** Returns many numbers as one field. */
  static byte[] bytes(long[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
    bytes.asLongBuffer().put(numbers);
    return bytes.array();
  }
}
