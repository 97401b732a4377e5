package org.rollcall.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.rollcall.CountChanged;
import org.rollcall.PresenceChanged;

/** Writes down what the tests' application observes. A user's name says how it behaves. */
@ApplicationScoped
public class AppObserver {
  private final Map<String, String> events = new ConcurrentHashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);

  void changed(@ObservesAsync PresenceChanged event) throws InterruptedException {
    add(event.user(), event.online() ? "online " + event.metas().size() : "offline");
    if (event.user().endsWith("-observed-throws")) {
      throw new IllegalStateException("as the test asked");
    }
    if (event.user().endsWith("-observed-hangs")) {
      released.await();
    }
  }

  void changed(@ObservesAsync CountChanged event) {
    add(event.count().topic(), "" + event.count().total());
  }

  private void add(String name, String event) {
    events.merge(name, event, (before, next) -> before + ", " + next);
  }

  String events(String name) {
    return events.getOrDefault(name, "");
  }

  String release() {
    released.countDown();
    return "ok";
  }
}
