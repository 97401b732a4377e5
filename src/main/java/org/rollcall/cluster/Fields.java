package org.rollcall.cluster;

import java.io.IOException;
import java.util.Arrays;
import org.infinispan.protostream.TagReader;
import org.infinispan.protostream.descriptors.WireType;

/** The fields of one message in Protocol Buffers; one that is not there is empty or zero. */
final class Fields {
  private static final int MOST = 16;

  private final String[] texts = new String[MOST];
  private final long[] numbers = new long[MOST];

  private Fields() {
    Arrays.fill(texts, "");
  }

  static Fields read(TagReader reader) throws IOException {
    Fields fields = new Fields();
    for (int tag = reader.readTag(); tag != 0; tag = reader.readTag()) {
      int number = WireType.getTagFieldNumber(tag);
      int type = WireType.getTagWireType(tag);
      if (number < MOST && type == WireType.WIRETYPE_LENGTH_DELIMITED) {
        fields.texts[number] = reader.readString();
      } else if (number < MOST && type == WireType.WIRETYPE_VARINT) {
        fields.numbers[number] = reader.readInt64();
      } else {
        reader.skipField(tag);
      }
    }
    return fields;
  }

  String text(int number) {
    return texts[number];
  }

  long number(int number) {
    return numbers[number];
  }
}
