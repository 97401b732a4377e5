package org.rollcall.browser;

import java.util.List;

/** A Phoenix client for browsers, unmodified. */
enum Client {
  PHOENIX_1_7_0("phoenix-1.7.0"),
  PHOENIX_1_7_21("phoenix-1.7.21"),
  PHOENIX_1_8_16("phoenix-1.8.16"),
  SUPABASE_0_4_5("supabase-phoenix-0.4.5"),
  /** Rollcall's own, imported from the server under test. */
  ROLLCALL("presence.js");

  private final String name;

  Client(String name) {
    this.name = name;
  }

  /** Returns where a page finds the module. */
  String module(Rollcall rollcall) {
    return isPhoenix() ? "/npm/" + name + "/priv/static/phoenix.mjs" : rollcall.address() + name;
  }

  /** Returns the options of a socket by which this client can show a token, the safest last. */
  List<String> tokenWays() {
    return switch (this) {
      case PHOENIX_1_7_0, PHOENIX_1_7_21 -> List.of("params");
      case PHOENIX_1_8_16, SUPABASE_0_4_5 -> List.of("params", "authToken");
      case ROLLCALL -> List.of("token");
    };
  }

  String safestTokenWay() {
    return tokenWays().get(tokenWays().size() - 1);
  }

  /** Returns whether this is one of the clients that the articles' code is written for. */
  boolean isPhoenix() {
    return this != ROLLCALL;
  }

  @Override
  public String toString() {
    return name;
  }
}
