package org.rollcall.socket;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The open sockets of users, by the user's id. Safe for many threads; no call blocks. */
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
                      Set<Socket> all = known == null ? ConcurrentHashMap.newKeySet(2) : known;
                      all.add(socket);
                      return all;
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
                      known.remove(socket);
                      return known.isEmpty() ? null : known;
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
