package org.rollcall.events;

/** Why a request for a stream of events is refused. */
enum EventRefusal {
  /** Its parameters are wrong. */
  INVALID(400),
  /** It has a wrong token, or none where one is needed. */
  TOKEN(401),
  /** Its page may not listen. */
  ORIGIN(403),
  /** A topic of the request is not a count's. */
  NO_COUNT(404),
  /** Its method is not taken. */
  METHOD(405),
  /** Its address connects too often. */
  RATE(429),
  /** Its address, or its user, has as many connections as it may. */
  CONNECTIONS(429),
  /** Its address, or the node, has as many topics as anonymous clients may bring. */
  TOPICS(429),
  /** The node is about to stop. */
  DRAINING(503);

  private final int status;

  EventRefusal(int status) {
    this.status = status;
  }

  /** Returns the status of the answer. */
  int status() {
    return status;
  }
}
