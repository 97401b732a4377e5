package org.rollcall.node;

import java.util.Optional;
import org.rollcall.RoomAccess;
import org.rollcall.social.friends.FriendSource;
import org.rollcall.social.rules.RuleTable;

/**
 * What a node asks about users.
 *
 * @param friends knows whom a user may see
 * @param table keeps rules while no node is up, if there is a place for it
 * @param rooms decides who may join rooms, if the application does
 */
public record NodeSources(
    FriendSource friends, Optional<RuleTable> table, Optional<RoomAccess> rooms) {}
