package org.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An OpenAPI document, and whether answers are as it says. */
public final class ApiDocument {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final JsonObject document;

  private ApiDocument(JsonObject document) {
    this.document = document;
  }

  /** Reads a document. */
  public static ApiDocument of(String text) {
    return new ApiDocument(json(text).asJsonObject());
  }

  /** Returns the whole document. */
  public JsonObject json() {
    return document;
  }

  /** Returns all operations, in the document's order. */
  public List<ApiOperation> operations() {
    return document.getJsonObject("paths").entrySet().stream()
        .flatMap(
            path ->
                path.getValue().asJsonObject().entrySet().stream()
                    .filter(part -> METHODS.contains(part.getKey()))
                    .map(part -> operation(path.getKey(), part)))
        .toList();
  }

  private ApiOperation operation(String path, Map.Entry<String, JsonValue> part) {
    String method = part.getKey().toUpperCase(Locale.ROOT);
    return new ApiOperation(document, method, path, part.getValue().asJsonObject());
  }

  /** Asserts that an answer is one of those that the document describes. */
  public void assertDescribed(ApiOperation operation, ApiAnswer answer) {
    String what = operation + " " + answer;
    JsonObject responses = operation.json().getJsonObject("responses");
    String status = "" + answer.status();
    String key = responses.containsKey(status) ? status : "default";
    assertThat(responses).as(what).containsKey(key);
    JsonObject response = JsonSchema.resolve(document, responses.getJsonObject(key));
    assertHeaders(what, response, answer);
    JsonValue content = response.get("content");
    if (content == null) {
      assertThat(answer.body()).as(what).isEmpty();
      return;
    }
    if (content.asJsonObject().containsKey("*/*")) {
      // The server writes it, each its own.
      return;
    }
    assertThat(content.asJsonObject()).as(what).containsKey(answer.type());
    JsonObject media = content.asJsonObject().getJsonObject(answer.type());
    assertValid(what, media.getJsonObject("schema"), value(answer));
    if (media.containsKey("x-event-data")) {
      List<String> data = answer.body().lines().filter(line -> line.startsWith("data: ")).toList();
      assertThat(data).as(what).isNotEmpty();
      data.forEach(
          line -> assertValid(what, media.getJsonObject("x-event-data"), json(line.substring(6))));
    }
  }

  private void assertHeaders(String what, JsonObject response, ApiAnswer answer) {
    response
        .getOrDefault("headers", JsonValue.EMPTY_JSON_OBJECT)
        .asJsonObject()
        .forEach(
            (name, part) -> {
              JsonObject header = JsonSchema.resolve(document, part.asJsonObject());
              Optional<String> value = answer.header(name);
              assertThat(value.isPresent() || !header.getBoolean("required", false))
                  .as(what + " has " + name)
                  .isTrue();
              value.ifPresent(
                  text ->
                      assertValid(
                          what + " " + name,
                          header.getJsonObject("schema"),
                          Json.createValue(text)));
            });
  }

  private void assertValid(String what, JsonObject schema, JsonValue value) {
    assertThat(JsonSchema.faults(document, schema, value)).as(what).isEmpty();
  }

  private static JsonValue value(ApiAnswer answer) {
    return answer.type().endsWith("json") ? json(answer.body()) : Json.createValue(answer.body());
  }

  /** Returns the statuses that the document names for an operation. */
  public static Set<Integer> statuses(ApiOperation operation) {
    return operation.json().getJsonObject("responses").keySet().stream()
        .filter(status -> !status.equals("default"))
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  /** Returns what stands at a key, wherever it is. */
  public static Stream<JsonValue> find(JsonValue part, String key) {
    return switch (part.getValueType()) {
      case OBJECT -> {
        JsonValue here = part.asJsonObject().get(key);
        Stream<JsonValue> below =
            part.asJsonObject().values().stream().flatMap(value -> find(value, key));
        yield here instanceof JsonString ? Stream.concat(Stream.of(here), below) : below;
      }
      case ARRAY -> part.asJsonArray().stream().flatMap(value -> find(value, key));
      default -> Stream.empty();
    };
  }

  private static JsonValue json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }
}
