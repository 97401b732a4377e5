package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ApiAnswer;
import org.rollcall.testing.ApiDocument;
import org.rollcall.testing.ApiOperation;
import org.rollcall.testing.TestToken;

/**
 * Each operation of the OpenAPI document is called as the document says, and as nobody should, and
 * each answer is one that the document describes. Holds where {@code rollcall.demo=true}.
 */
interface OpenApiContract extends Deployed {
  /** What only trouble, another setting or a body of megabytes brings about. */
  Set<Integer> SELDOM = Set.of(404, 409, 413, 429, 503);

  /** Returns the operations that this deployment refuses however they are called. */
  Set<String> refusedHere();

  private ApiDocument document() {
    return ApiDocument.of(openApi("GET", "", Map.of("Accept", "application/json")).body());
  }

  private ApiAnswer openApi(String method, String query, Map<String, String> headers) {
    return ApiAnswer.to(method, site().address("openapi" + query), "", headers);
  }

  private static Map<String, String> bearer(String group) {
    TestToken token = TestToken.of("oa-" + group).in(group).with("aud", "\"presence\"");
    return Map.of("Authorization", "Bearer " + token.text());
  }

  /** Sends a request with the examples of the document, but for what is given. */
  private ApiAnswer call(
      ApiOperation operation,
      Map<String, List<String>> path,
      Map<String, List<String>> query,
      String body,
      Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>();
    operation.examples("header").forEach((name, values) -> all.put(name, values.get(0)));
    if (!body.isEmpty()) {
      operation.bodyType().ifPresent(type -> all.put("Content-Type", type));
    }
    all.putAll(headers);
    // Relative to the document, as its readers have it.
    String server = operation.document().getJsonArray("servers").getJsonObject(0).getString("url");
    URI root = site().address("openapi").resolve(server);
    URI address = URI.create(root + operation.address(path, query));
    return ApiAnswer.to(operation.method(), address, body, all);
  }

  private ApiAnswer call(ApiOperation operation, String body, Map<String, String> headers) {
    return call(operation, operation.examples("path"), operation.examples("query"), body, headers);
  }

  @Test
  default void eachOperationAnswersAsItIsDescribed() {
    ApiDocument document = document();
    for (ApiOperation operation : document.operations()) {
      Map<String, String> token = operation.takesToken() ? bearer(TestToken.ADMIN) : Map.of();
      ApiAnswer answer = call(operation, operation.body(), token);
      document.assertDescribed(operation, answer);
      assertThat(answer.status() < 400)
          .as("%s %s", operation, answer)
          .isEqualTo(!refusedHere().contains(operation.id()));
    }
  }

  @Test
  default void aCallerWhoMayNotCallAnOperationIsRefusedAsItIsDescribed() {
    ApiDocument document = document();
    for (ApiOperation operation : document.operations()) {
      for (String wrong : List.of("", "Bearer wrong", "Basic YTpi")) {
        Map<String, String> headers = wrong.isEmpty() ? Map.of() : Map.of("Authorization", wrong);
        ApiAnswer stranger = call(operation, operation.body(), headers);
        document.assertDescribed(operation, stranger);
        if (operation.needsCaller()) {
          assertThat(stranger.status()).as("%s %s", operation, wrong).isEqualTo(401);
        }
      }
      ApiAnswer user = call(operation, operation.body(), bearer("readers"));
      document.assertDescribed(operation, user);
      if (operation.needsAdmin()) {
        assertThat(user.status()).as("%s", operation).isEqualTo(403);
      }
    }
  }

  @Test
  default void aWrongRequestIsRefusedAsItIsDescribed() {
    ApiDocument document = document();
    for (ApiOperation operation : document.operations()) {
      Set<Integer> seen = new TreeSet<>();
      wrongRequests(operation)
          .forEach(
              answer -> {
                document.assertDescribed(operation, answer);
                seen.add(answer.status());
              });
      Set<Integer> described = new TreeSet<>(ApiDocument.statuses(operation));
      described.removeIf(status -> status < 304 || status == 401 || status == 403);
      described.removeAll(SELDOM);
      if (!refusedHere().contains(operation.id())) {
        assertThat(seen).as("%s", operation).containsAll(described);
      }
      assertThat(seen).as("%s", operation).noneMatch(status -> status >= 500);
    }
  }

  private List<ApiAnswer> wrongRequests(ApiOperation operation) {
    List<ApiAnswer> answers = new ArrayList<>();
    Map<String, String> admin = operation.takesToken() ? bearer(TestToken.ADMIN) : Map.of();
    for (String wrong : List.of("a,b", "room:1", "constructor", "\u0001", "x".repeat(300))) {
      for (String in : List.of("path", "query")) {
        operation
            .parameters(in)
            .forEach(
                parameter -> {
                  Map<String, List<String>> path = new HashMap<>(operation.examples("path"));
                  Map<String, List<String>> query = new HashMap<>(operation.examples("query"));
                  (in.equals("path") ? path : query)
                      .put(parameter.getString("name"), List.of(wrong));
                  answers.add(call(operation, path, query, operation.body(), admin));
                });
      }
    }
    answers.add(call(operation, operation.examples("path"), Map.of(), operation.body(), admin));
    if (operation.bodyType().isPresent()) {
      for (String wrong : List.of("{}", "[]", "nonsense", "[null]", "{\"token\":7}")) {
        answers.add(call(operation, wrong, admin));
      }
    }
    Map<String, String> picky = new HashMap<>(admin);
    picky.put("Accept", "image/webp");
    answers.add(call(operation, operation.body(), picky));
    answers.addAll(conditional(operation));
    return answers;
  }

  private List<ApiAnswer> conditional(ApiOperation operation) {
    List<ApiAnswer> answers = new ArrayList<>();
    if (operation.takes("If-None-Match")) {
      answers.add(call(operation, "", Map.of("If-None-Match", "*")));
    }
    if (operation.takes("If-Match")) {
      answers.add(call(operation, "", Map.of("If-Match", "\"none\"")));
    }
    return answers;
  }

  @Test
  default void theDocumentComesInTheFormatThatOneTakes() {
    for (String json :
        List.of("*/*", "application/json", "application/*", "text/html, */*;q=0.1")) {
      ApiAnswer answer = openApi("GET", "", Map.of("Accept", json));
      assertThat(answer.status()).as(json).isEqualTo(200);
      assertThat(answer.type()).as(json).isEqualTo("application/json");
    }
    for (String yaml :
        List.of("application/yaml", "text/yaml", "application/json;q=0.5, application/x-yaml")) {
      ApiAnswer answer = openApi("GET", "", Map.of("Accept", yaml));
      assertThat(answer.type()).as(yaml).isEqualTo("application/yaml");
      assertThat(answer.body()).startsWith("openapi: \"3.1.0\"\ninfo:\n  title: Rollcall\n");
    }
    assertThat(openApi("GET", "?format=yaml", Map.of()).type()).isEqualTo("application/yaml");
    assertThat(openApi("GET", "?format=json", Map.of("Accept", "text/yaml")).type())
        .isEqualTo("application/json");
  }

  @Test
  default void theDocumentIsKeptUntilItChanges() {
    ApiAnswer json = openApi("GET", "", Map.of());
    ApiAnswer yaml = openApi("GET", "?format=yaml", Map.of());
    String tag = json.header("ETag").orElseThrow();
    assertThat(yaml.header("ETag").orElseThrow()).isNotEqualTo(tag);
    assertThat(openApi("GET", "", Map.of("If-None-Match", tag)).status()).isEqualTo(304);
    assertThat(openApi("GET", "", Map.of("If-None-Match", "\"other\"")).status()).isEqualTo(200);
    ApiAnswer head = openApi("HEAD", "", Map.of());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo(json.header("Content-Length"));
  }

  @Test
  default void theDocumentCanOnlyBeReadAndOnlyAtItsAddress() {
    ApiAnswer posted = openApi("POST", "", Map.of());
    assertThat(posted.status()).isEqualTo(405);
    assertThat(posted.header("Allow")).contains("GET, HEAD, OPTIONS");
    for (String other : List.of(";x=1", ".json", "/nothing")) {
      assertThat(openApi("GET", other, Map.of()).status()).as(other).isEqualTo(404);
    }
  }
}
