package org.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

/** JSON as YAML. */
class YamlTest {
  private static String yaml(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return Yaml.of(reader.readObject());
    }
  }

  @Test
  void objectsAndArraysAreBlocksAndEmptyOnesAreWrittenOut() {
    assertThat(
            yaml(
                """
                {"a":{"b":1,"c":[true,null,[2,"x"],{"d":"e","f":{"g":-0.5}}]},"h":[],"i":{},
                 "j":[[],{}]}"""))
        .isEqualTo(
            """
            a:
              b: 1
              c:
                - true
                - null
                -
                  - 2
                  - x
                - d: e
                  f:
                    g: -0.5
            h: []
            i: {}
            j:
              - []
              - {}
            """);
  }

  @Test
  void aTextThatYamlTakesForSomethingElseIsInQuotes() {
    assertThat(
            yaml(
                """
                {"yes":"no","200":"3.1.0","$ref":"#/a","k l":"a b","m":"a: b","n":"- x","o":"",
                 "p":"a #b","q":"x\\ny","r":"Null","s":"end ","t":"application/json","u":"@"}"""))
        .isEqualTo(
            """
            "yes": "no"
            "200": "3.1.0"
            "$ref": "#/a"
            k l: a b
            m: "a: b"
            "n": "- x"
            o: ""
            p: "a #b"
            q: "x\\ny"
            r: "Null"
            s: "end "
            t: application/json
            u: "@"
            """);
  }
}
