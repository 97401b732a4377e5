package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
  @Test
  void valuesOfEachKindAreSkipped() {
    JsonReader reader =
        new JsonReader("[ \"a]\\\"\" , {\"b\":[1,{\"c\":\"}\"}]} ,-1.5e3, null,[], true,\"end\"]");
    reader.take('[');
    for (int i = 0; i < 6; i++) {
      reader.skip();
      reader.take(',');
    }
    assertThat(reader.text()).isEqualTo("end");
    reader.take(']');
  }

  @Test
  void membersAreVisitedInOrder() {
    JsonReader reader = new JsonReader("{ \"one\" : 1, \"two\":{\"x\":{}} ,\"three\": 33 }");
    List<String> seen = new ArrayList<>();
    reader.members(
        name -> {
          if (name.equals("two")) {
            reader.skip();
          } else {
            seen.add(name + reader.number());
          }
        });
    assertThat(seen).containsExactly("one1", "three33");
  }

  @Test
  void emptyObjectsAndArraysHaveNothing() {
    List<String> seen = new ArrayList<>();
    new JsonReader("{}").members(seen::add);
    new JsonReader("[]").elements(() -> seen.add("element"));
    assertThat(seen).isEmpty();
  }

  @Test
  void nullIsTheEmptyText() {
    JsonReader reader = new JsonReader("[null,\"a\"]").take('[');
    assertThat(reader.text()).isEmpty();
    assertThat(reader.take(',').text()).isEqualTo("a");
  }

  @Test
  void aCopyOutlivesWhatItWasReadFrom() {
    byte[] bytes = "[{\"a\":7}]".getBytes(StandardCharsets.UTF_8);
    JsonReader copy = new JsonReader(bytes, 1).copy();
    Arrays.fill(bytes, (byte) ' ');
    copy.members(name -> assertThat(copy.number()).isEqualTo(7));
  }

  @Test
  void anUnexpectedSignIsAFailure() {
    assertThatThrownBy(() -> new JsonReader("{}").take('['))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("Expected [ in JSON, but got {");
  }
}
