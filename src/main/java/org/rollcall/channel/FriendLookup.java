package org.rollcall.channel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.rollcall.FriendsUnavailable;
import org.rollcall.identity.User;
import org.rollcall.social.Visibility;
import org.rollcall.socket.FriendQuestion;
import org.rollcall.socket.Socket;

/** Asks whom a user may see, without making a worker wait. Safe for many threads. */
final class FriendLookup {
  private static final Logger LOG = System.getLogger(FriendLookup.class.getName());

  private final Visibility visibility;
  private final Executor asking;

  FriendLookup(Visibility visibility, Executor asking) {
    this.visibility = visibility;
    this.asking = asking;
  }

  /**
   * Asks for the users whom a user may see. Called in the socket's mailbox.
   *
   * @param answer takes the ids, or nothing if they cannot be found out now; called in the mailbox,
   *     within this call if it is known at once
   */
  void ask(User user, Socket socket, Consumer<Optional<Set<String>>> answer) {
    ask(user, socket, asking, answer);
  }

  /**
   * Asks for them on other threads.
   *
   * @param by runs the question
   */
  void ask(User user, Socket socket, Executor by, Consumer<Optional<Set<String>>> answer) {
    if (visibility.isImmediate()) {
      answer.accept(find(user));
      return;
    }
    FriendQuestion question = socket.question();
    if (question.share(answer) || !question.await(answer)) {
      return;
    }
    askNow(user, socket, by);
  }

  private void askNow(User user, Socket socket, Executor by) {
    FriendQuestion question = socket.question();
    int number = question.number();
    try {
      by.execute(
          () -> {
            if (socket.isEnded()) {
              socket.mailbox().execute(question::drop);
            } else if (question.isCurrent(number)) {
              Optional<Set<String>> found = find(user);
              socket.mailbox().execute(() -> answered(number, user, socket, by, found));
            }
          });
    } catch (RejectedExecutionException full) {
      LOG.log(Level.DEBUG, "Too many questions for friends wait; a join is refused");
      question.answer(Optional.empty());
    }
  }

  private void answered(
      int number, User user, Socket socket, Executor by, Optional<Set<String>> found) {
    if (!socket.question().isCurrent(number)) {
      LOG.log(Level.DEBUG, "An answer came too late for its question");
    } else if (socket.question().isOutdated()) {
      askNow(user, socket, by);
    } else {
      socket.question().answer(found);
    }
  }

  private Optional<Set<String>> find(User user) {
    try {
      return Optional.of(visibility.visibleUsers(user));
    } catch (FriendsUnavailable e) {
      LOG.log(Level.WARNING, "A join is refused: {0}", e.getMessage());
    } catch (RuntimeException | Error e) {
      // After any failure the socket's next question must be asked.
      LOG.log(Level.ERROR, "The source of friends failed", e);
    }
    return Optional.empty();
  }
}
