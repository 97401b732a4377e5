package org.rollcall.bench;

/**
 * The payload of an answer, as far as the generator looks at it.
 *
 * @param status "ok" or "error"
 * @param reason why it is an error; empty if it says nothing
 */
record Reply(String status, String reason) {
  /** Takes the payload. */
  static Reply read(JsonReader payload) {
    String[] status = {""};
    String[] reason = {""};
    payload.members(
        name -> {
          switch (name) {
            case "status" -> status[0] = payload.text();
            case "response" -> reason[0] = reason(payload);
            default -> payload.skip();
          }
        });
    return new Reply(status[0], reason[0]);
  }

  private static String reason(JsonReader response) {
    String[] reason = {""};
    response.members(
        name -> {
          if (name.equals("reason")) {
            reason[0] = response.text();
          } else {
            response.skip();
          }
        });
    return reason[0];
  }

  boolean isOk() {
    return status.equals("ok");
  }
}
