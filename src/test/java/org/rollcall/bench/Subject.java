package org.rollcall.bench;

/** What is measured on a server. */
enum Subject {
  /** The WAR. */
  ROLLCALL("/rollcall/socket/websocket"),

  /** Another build of the WAR, to compare with. */
  BASELINE("/rollcall/socket/websocket"),

  /** The least that an end point of Jakarta WebSocket can do on the same server. */
  BARE("/bare/socket/websocket"),

  /** The least that a JVM can do, without a server. */
  LOOP("/"),

  /** The classes that need no server, each alone. */
  PARTS("/");

  private final String path;

  Subject(String path) {
    this.path = path;
  }

  /** Returns whether it tracks presence. */
  boolean isRollcall() {
    return this == ROLLCALL || this == BASELINE;
  }

  /** Returns the path of its WebSocket. */
  String path() {
    return path;
  }
}
