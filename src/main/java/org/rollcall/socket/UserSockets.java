package org.rollcall.socket;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The open sockets of users, by the user's id. Most users have one socket, so a user's sockets are
 * an unchanging set, made again when a socket comes or goes. A user's share of the node's
 * connections bounds it.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class UserSockets {
  private final ConcurrentMap<String, Set<Socket>> sockets = new ConcurrentHashMap<>();

  /** Adds a socket, if it is a user's. */
  void add(Socket socket) {
    socket
        .user()
        .ifPresent(
            user ->
                sockets.compute(
                    user.id(),
                    (id, known) -> {
                      if (known == null) {
                        return Set.of(socket);
                      }
                      Set<Socket> all = new HashSet<>(known);
                      all.add(socket);
                      return Set.copyOf(all);
                    }));
  }

  /** Removes a socket, if it was added. */
  void remove(Socket socket) {
    socket
        .user()
        .ifPresent(
            user ->
                sockets.computeIfPresent(
                    user.id(),
                    (id, known) -> {
                      Set<Socket> others = new HashSet<>(known);
                      others.remove(socket);
                      return others.isEmpty() ? null : Set.copyOf(others);
                    }));
  }

  /** Returns a user's sockets. */
  List<Socket> of(String userId) {
    return List.copyOf(sockets.getOrDefault(userId, Set.of()));
  }

  /** Returns how many users have sockets. */
  int size() {
    return sockets.size();
  }
}
