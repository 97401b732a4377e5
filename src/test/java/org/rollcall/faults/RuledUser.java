package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/**
 * A user whom one rule hides from a viewer.
 *
 * @param kind what the rule is
 * @param number which of its kind
 * @param maker where the rule is made
 * @param lifter where it is lifted
 * @param pages the user's pages by their nodes
 */
record RuledUser(
    Kind kind, int number, ServerNode maker, ServerNode lifter, Map<ServerNode, Visitor> pages) {
  private static final int IN_ROOM = 4;

  /** The kind of rule that hides a user from the viewer. */
  enum Kind {
    /** The user's own request. */
    HIDDEN,
    /** An administrator keeps the two apart. */
    APART,
    /** An administrator has blocked the user. */
    BLOCKED
  }

  String id() {
    return "v" + kind.name().charAt(0) + number;
  }

  String topic() {
    return "user:" + id();
  }

  boolean isInRoom() {
    return number < IN_ROOM;
  }

  void come(ServerNode serverNode) {
    Visitor page = new Visitor(id(), List.of(), ServerPorts.of(serverNode)).on(topic());
    pages.put(serverNode, (isInRoom() ? page.on(RuledUsers.ROOM) : page).come());
  }

  void make() {
    switch (kind) {
      case HIDDEN -> changeVisibility(maker, "nobody");
      case APART -> change(maker, "PUT", "/blocks/" + RuledUsers.VIEWER);
      case BLOCKED -> change(maker, "POST", "/block");
    }
  }

  void lift() {
    switch (kind) {
      case HIDDEN -> changeVisibility(lifter, "friends");
      case APART -> change(lifter, "DELETE", "/blocks/" + RuledUsers.VIEWER);
      case BLOCKED -> change(lifter, "POST", "/unblock");
    }
  }

  private void changeVisibility(ServerNode serverNode, String to) {
    page(serverNode).push(topic(), "visibility", "{\"to\":\"" + to + "\"}");
  }

  private void change(ServerNode serverNode, String method, String what) {
    assertThat(serverNode.site().asAdmin(method, "users/" + id() + what, "").statusCode())
        .as("%s %s on %s", method, what, serverNode.name())
        .isEqualTo(204);
  }

  Visitor page(ServerNode serverNode) {
    Visitor page = pages.get(serverNode);
    if (page == null) {
      throw new IllegalStateException(id() + " is not on node " + serverNode.name());
    }
    return page;
  }

  /** Returns how many pages are connected. */
  int open() {
    return (int) pages.values().stream().filter(Visitor::isOpen).count();
  }
}
