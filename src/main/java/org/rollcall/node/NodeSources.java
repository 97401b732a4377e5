package org.rollcall.node;

import java.util.Optional;
import org.rollcall.RoomAccess;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.social.rules.RuleTable;

/**
 * The sources that a node asks about users.
 *
 * @param friends returns the users whom a user may see
 * @param table keeps rules while no node is up, if the settings name a data source
 * @param rooms decides which users may join rooms, if the application has such a bean
 */
public record NodeSources(
    FriendProvider friends, Optional<RuleTable> table, Optional<RoomAccess> rooms) {}
