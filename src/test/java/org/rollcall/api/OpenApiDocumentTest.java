package org.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ApiDocument;
import org.rollcall.testing.ApiOperation;

/** The OpenAPI document describes the operations that the code has, and no others. */
class OpenApiDocumentTest {
  private static final ApiDocument DOCUMENT =
      ApiDocument.of(OpenApiDocument.at("/rollcall").toString());

  /** Pages, and a socket's messages by long-poll: these are a protocol of their own. */
  private static final Set<String> OTHERS = Set.of("/index.html", "/docs/*", "/socket/longpoll");

  /** What answers at the addresses of a pattern, by its servlet's own rule. */
  private static final Map<String, List<String>> BELOW =
      Map.of("/health/*", List.of("/health/live", "/health/ready"), "/metrics/*", List.of());

  /** Of the filter of events: a servlet's pattern cannot end with a name behind the topic. */
  private static final List<String> EVENTS =
      List.of("GET /api/counts/events", "GET /api/counts/{topic}/events");

  private static Stream<Class<?>> all(Class<? extends Annotation> annotation) {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.rollcall")
            .stream()
            .filter(type -> type.isAnnotatedWith(annotation))
            .map((JavaClass type) -> type.reflect());
  }

  private static Stream<String> resources() {
    return all(Path.class)
        .flatMap(
            type ->
                Arrays.stream(type.getDeclaredMethods())
                    .flatMap(
                        method ->
                            Arrays.stream(method.getAnnotations())
                                .map(Annotation::annotationType)
                                .filter(way -> way.isAnnotationPresent(HttpMethod.class))
                                .map(
                                    way ->
                                        way.getAnnotation(HttpMethod.class).value()
                                            + " "
                                            + address(type, method))));
  }

  private static String address(Class<?> type, Method method) {
    String address = "/api/" + type.getAnnotation(Path.class).value();
    return method.isAnnotationPresent(Path.class)
        ? address + "/" + method.getAnnotation(Path.class).value()
        : address;
  }

  private static Stream<String> servlets() {
    return all(WebServlet.class)
        .flatMap(
            type -> {
              WebServlet servlet = type.getAnnotation(WebServlet.class);
              return Stream.of(servlet.value(), servlet.urlPatterns())
                  .flatMap(Arrays::stream)
                  .filter(pattern -> !OTHERS.contains(pattern))
                  .flatMap(pattern -> BELOW.getOrDefault(pattern, List.of(pattern)).stream())
                  .flatMap(address -> methods(type).map(method -> method + " " + address));
            });
  }

  /** A servlet that answers all methods by itself is one that can only be read. */
  private static Stream<String> methods(Class<?> servlet) {
    return Map.of(
            "service",
            "GET",
            "doGet",
            "GET",
            "doPost",
            "POST",
            "doPut",
            "PUT",
            "doDelete",
            "DELETE")
        .entrySet()
        .stream()
        .filter(method -> declares(servlet, method.getKey()))
        .map(Map.Entry::getValue);
  }

  private static boolean declares(Class<?> servlet, String method) {
    return Arrays.stream(servlet.getDeclaredMethods())
        .filter(found -> found.getName().equals(method))
        .anyMatch(found -> found.getParameterTypes()[0] == HttpServletRequest.class);
  }

  @Test
  void everyOperationOfTheCodeIsDescribedAndNoOther() {
    Set<String> code = new TreeSet<>(EVENTS);
    resources().forEach(code::add);
    servlets().forEach(code::add);
    assertThat(code).hasSizeGreaterThan(30);
    assertThat(DOCUMENT.operations().stream().map(ApiOperation::toString))
        .containsExactlyInAnyOrderElementsOf(code);
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<JsonString> references =
        ApiDocument.find(DOCUMENT.json(), "$ref").map(JsonString.class::cast).toList();
    assertThat(references).hasSizeGreaterThan(100);
    for (JsonString reference : references) {
      assertThat(DOCUMENT.json().getValue(reference.getString().substring(1)))
          .as(reference.getString())
          .isInstanceOf(JsonObject.class);
    }
  }

  @Test
  void everyOperationHasANameOfItsOwnItsParametersAndASecurityThatIsKnown() {
    Set<String> tags = new TreeSet<>();
    DOCUMENT
        .json()
        .getJsonArray("tags")
        .getValuesAs(JsonObject.class)
        .forEach(tag -> tags.add(tag.getString("name")));
    Set<String> schemes =
        DOCUMENT.json().getJsonObject("components").getJsonObject("securitySchemes").keySet();
    Set<String> ids = new TreeSet<>();
    for (ApiOperation operation : DOCUMENT.operations()) {
      String what = operation.toString();
      assertThat(ids.add(operation.id())).as(what).isTrue();
      assertThat(operation.json().getString("summary")).as(what).isNotBlank();
      assertThat(tags).contains(operation.json().getJsonArray("tags").getString(0));
      Set<String> named = new TreeSet<>();
      operation.parameters("path").forEach(parameter -> named.add(parameter.getString("name")));
      Set<String> used = new TreeSet<>();
      Pattern.compile("\\{(\\w+)}")
          .matcher(operation.path())
          .results()
          .forEach(name -> used.add(name.group(1)));
      assertThat(named).as(what).isEqualTo(used);
      operation
          .json()
          .getJsonArray("security")
          .getValuesAs(JsonObject.class)
          .forEach(way -> assertThat(schemes).as(what).containsAll(way.keySet()));
    }
  }

  @Test
  void itsVersionIsThatOfTheBuild() throws IOException {
    String version = DOCUMENT.json().getJsonObject("info").getString("version");
    assertThat(Files.readString(java.nio.file.Path.of("pom.xml")))
        .containsPattern("<version>" + Pattern.quote(version) + "(-SNAPSHOT)?</version>");
  }

  @Test
  void itsServerIsWhereverItsAddressesBegin() {
    assertThat(DOCUMENT.json().getJsonArray("servers").toString())
        .isEqualTo("[{\"url\":\"/rollcall\"}]");
    assertThat(OpenApiDocument.at("")).doesNotContainKey("servers");
  }
}
