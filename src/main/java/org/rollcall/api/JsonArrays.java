package org.rollcall.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;

/**
 * JSON arrays in the bodies of requests. Not left to the server: for an object, Payara 6 answers
 * 500.
 */
final class JsonArrays {
  private static final Logger LOG = System.getLogger(JsonArrays.class.getName());
  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private JsonArrays() {}

  /**
   * Reads one array, and nothing after it.
   *
   * @param largest how many bytes the body may have
   * @param what says what is in it, for the answer to another body
   * @throws jakarta.ws.rs.WebApplicationException 400 if it is anything else, 413 if it is too long
   */
  static JsonArray read(InputStream body, int largest, String what) {
    byte[] bytes = bytes(body, largest);
    try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(bytes))) {
      if (parser.next() == JsonParser.Event.START_ARRAY) {
        JsonArray array = parser.getArray();
        if (!parser.hasNext()) {
          return array;
        }
      }
    } catch (RuntimeException e) {
      // Parsson's limits of depth and of digits are bare exceptions.
      LOG.log(Level.DEBUG, "A body could not be read: {0}", e.getClass().getSimpleName());
    }
    throw Problem.of(Response.Status.BAD_REQUEST, "expected one JSON array of " + what);
  }

  private static byte[] bytes(InputStream body, int largest) {
    try {
      byte[] bytes = body.readNBytes(largest + 1);
      if (bytes.length > largest) {
        throw Problem.of(
            Response.Status.REQUEST_ENTITY_TOO_LARGE, "expected at most " + largest + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw Problem.of(Response.Status.BAD_REQUEST, "expected a whole body");
    }
  }
}
