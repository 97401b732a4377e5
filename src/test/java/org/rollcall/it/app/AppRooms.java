package org.rollcall.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.rollcall.RoomAccess;

/** Who may join the rooms of the tests' application: the room's name says how it decides. */
@ApplicationScoped
public class AppRooms implements RoomAccess {
  @Override
  public boolean mayJoin(Join join) throws Exception {
    if (join.room().endsWith("-throws")) {
      throw new Exception("as the test asked");
    }
    if (join.room().endsWith("-hangs")) {
      AppFriends.hang();
    }
    return !join.room().startsWith("room:board") || join.groups().contains("board");
  }
}
