package org.rollcall.node;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.rollcall.CountChanged;
import org.rollcall.PresenceChanged;
import org.rollcall.PublishedCount;
import org.rollcall.cdi.ApplicationThreads;
import org.rollcall.cdi.CountEvents;
import org.rollcall.cdi.PresenceEvents;

/**
 * The application's observers of CDI events. They are looked for at the start. Without any, no
 * change is watched.
 */
final class ApplicationObservers implements AutoCloseable {
  private static final Logger LOG = System.getLogger("org.rollcall");

  /** One thread for counts, beside the threads for users; a queue has one task at most. */
  private static final int THREADS = PresenceEvents.QUEUES + 1;

  private final Executor inContext;
  private final ExecutorService threads = ApplicationThreads.of("events", THREADS, THREADS);

  /**
   * Creates one that fires no event yet.
   *
   * @param inContext runs a task within the call, in the context of the application
   */
  ApplicationObservers(Executor inContext) {
    this.inContext = inContext;
  }

  /**
   * Begins to fire events, of each kind that an observer of the application takes.
   *
   * @param interval the least time between two events of a count
   */
  void observe(Node node, Duration interval) {
    Executor executor = task -> threads.execute(() -> inContext.execute(task));
    if (isObserved(new PresenceChanged("", false, List.of()))) {
      PresenceEvents.begin(node.tracker(), fire(PresenceChanged.class), executor, System::nanoTime);
    }
    if (isObserved(new CountChanged(new PublishedCount("", 0, 0)))) {
      CountEvents.begin(
          node.counts(),
          fire(CountChanged.class),
          executor,
          new CountEvents.Timing(interval, node.tracker().tools().scheduler(), System::nanoTime));
    }
  }

  private static BeanManager beans() {
    return CDI.current().getBeanManager();
  }

  private static boolean isObserved(Object event) {
    Set<ObserverMethod<? super Object>> observers = beans().resolveObserverMethods(event);
    for (ObserverMethod<?> observer : observers) {
      if (!observer.isAsync() && observer.getObservedType().equals(event.getClass())) {
        LOG.log(
            Level.WARNING,
            "{0} observes {1} with @Observes and is never called; expected @ObservesAsync",
            observer.getBeanClass().getName(),
            event.getClass().getSimpleName());
      }
    }
    return observers.stream().anyMatch(ObserverMethod::isAsync);
  }

  /**
   * Runs the observers on the calling thread, so all of them have the event before the next one is
   * fired.
   */
  private static <T> Consumer<T> fire(Class<T> type) {
    Event<T> events = beans().getEvent().select(type);
    NotificationOptions here = NotificationOptions.ofExecutor(Runnable::run);
    return event -> {
      CompletableFuture<Void> told = new CompletableFuture<>();
      events
          .fireAsync(event, here)
          .whenComplete(
              (same, failure) -> {
                if (failure == null) {
                  told.complete(null);
                } else {
                  told.completeExceptionally(failure);
                }
              });
      try {
        told.join();
      } catch (CompletionException e) {
        throw new IllegalStateException("An observer threw", e.getCause());
      }
    };
  }

  /** Interrupts observers that run, and fires no event any more. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
