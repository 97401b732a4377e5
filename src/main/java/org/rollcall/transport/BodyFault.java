package org.rollcall.transport;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.rollcall.concurrent.WarningsByReason;

/** Why a request with a body is refused, as a problem (RFC 9457) for the client. */
enum BodyFault {
  /** The request's method has no body (RFC 9110, section 9.3.1). */
  UNEXPECTED(400, "Bad Request", "expected no body with GET or HEAD"),
  /** The body did not come in time. */
  LATE(408, "Request Timeout", "expected the whole body in time"),
  /** The body is longer than any body that is read at this address. */
  TOO_LONG(413, "Request Entity Too Large", "expected a shorter body"),
  /** Too many bodies of the node, or of the client's address, are being read. */
  TOO_MANY(503, "Service Unavailable", "too many bodies are on their way, try again");

  private static final WarningsByReason<BodyFault> LOG =
      new WarningsByReason<>(BodyFault.class, System.getLogger(BodyFault.class.getName()));

  private static final Map<BodyFault, LongAdder> ANSWERS = new EnumMap<>(BodyFault.class);

  static {
    for (BodyFault fault : values()) {
      ANSWERS.put(fault, new LongAdder());
    }
  }

  private final int status;
  private final String title;
  private final String detail;

  BodyFault(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  /** Returns how many requests were answered with each fault. */
  static Map<String, LongSupplier> counts() {
    Map<String, LongSupplier> named = new TreeMap<>();
    ANSWERS.forEach(
        (fault, answers) -> named.put(fault.name().toLowerCase(Locale.ROOT), answers::sum));
    return named;
  }

  /** Writes the log's sentence, unless one of this fault was written a short time ago. */
  void log(Supplier<String> sentence) {
    LOG.log(this, () -> "A request was refused with " + status + ": " + sentence.get());
  }

  /** Writes the answer, and hands it to the network. */
  void answer(HttpServletResponse response) throws IOException {
    byte[] problem =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(title, status, detail)
            .getBytes(StandardCharsets.US_ASCII);
    Objects.requireNonNull(ANSWERS.get(this)).increment();
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response.setHeader("Cache-Control", "no-store");
    if (this == TOO_MANY) {
      response.setHeader("Retry-After", "1");
    }
    response.setContentLength(problem.length);
    response.getOutputStream().write(problem);
    response.flushBuffer();
  }
}
