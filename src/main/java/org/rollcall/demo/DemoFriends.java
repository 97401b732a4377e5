package org.rollcall.demo;

import java.sql.SQLException;
import org.rollcall.social.friends.ManagedFriends;

/** Makes the demo's people friends in the managed list, unless there is anything in it already. */
public final class DemoFriends {
  private DemoFriends() {}

  /** Fills an empty list. */
  public static void fill(ManagedFriends friends) throws SQLException {
    if (friends.isEmpty()) {
      for (DemoNetwork.Person person : DemoNetwork.people()) {
        friends.replace(person.id(), person.friends());
      }
    }
  }
}
