package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A deployment of Undertow, as far as its handlers are concerned. */
class UndertowHandshakesTest {
  private final Info info = new Info();
  private final Worker worker = new Worker();
  private final List<Exchange> handled = new ArrayList<>();

  /** Undertow's way to carry out a request. */
  interface Handler {
    /** Carries it out. */
    void handleRequest(Exchange exchange);
  }

  /** Undertow's way to put a handler before another. */
  interface Wrapper {
    /** Returns the handler that comes before this one. */
    Handler wrap(Handler next);
  }

  /** A servlet context of Undertow's. */
  interface Context extends ServletContext {
    /** Returns the deployment. */
    Deployment getDeployment();
  }

  /** A deployment. */
  record Deployment(Info info) {
    /** Returns its settings. */
    public Info getDeploymentInfo() {
      return info;
    }
  }

  /** The settings of a deployment. */
  static final class Info {
    private @Nullable Wrapper wrapper;

    /** Takes a wrapper. */
    public void addInitialHandlerChainWrapper(Wrapper given) {
      wrapper = given;
    }
  }

  /** The server's threads. */
  public static final class Worker implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }
  }

  /** A connection. */
  public record Connection(Worker worker) {
    /** Returns the server's threads. */
    public Worker getWorker() {
      return worker;
    }
  }

  /** The headers of a request. */
  public record Headers(String name) {
    /** Returns whether a header is there. */
    public boolean contains(String other) {
      return other.equals(name);
    }
  }

  /** A request and its answer. */
  public record Exchange(String path, String header, Connection connection) {
    /** Returns the headers. */
    public Headers getRequestHeaders() {
      return new Headers(header);
    }

    /** Returns the address below the WAR's. */
    public String getRelativePath() {
      return path;
    }

    /** Returns the connection. */
    public Connection getConnection() {
      return connection;
    }

    /** Carries the request out on a thread of an executor. */
    public void dispatch(Executor executor, Handler next) {
      executor.execute(() -> next.handleRequest(this));
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Handler handler() {
    UndertowHandshakes.addTo(
        proxy(Context.class, (any, method, arguments) -> new Deployment(info)));
    return Objects.requireNonNull(info.wrapper).wrap(handled::add);
  }

  private Exchange exchange(String path, String header) {
    return new Exchange(path, header, new Connection(worker));
  }

  @Test
  void handshakesWaitAmongThemselves() {
    Handler handler = handler();
    for (int i = 0; i < 1_000; i++) {
      handler.handleRequest(exchange("/socket/websocket", "Upgrade"));
    }
    int most = 2 * Runtime.getRuntime().availableProcessors();
    assertThat(worker.tasks).as("the threads that handshakes take").hasSizeBetween(1, most);
    assertThat(handled).isEmpty();
    while (!worker.tasks.isEmpty()) {
      worker.tasks.remove().run();
    }
    assertThat(handled).hasSize(1_000);
  }

  @Test
  void otherRequestsDoNotWait() {
    Handler handler = handler();
    handler.handleRequest(exchange("/api/counts", "Upgrade"));
    handler.handleRequest(exchange("/socket/websocket", "Accept"));
    assertThat(handled).hasSize(2);
    assertThat(worker.tasks).isEmpty();
  }

  @Test
  void aServerThatIsNotAsExpectedStaysAsItIs() {
    UndertowHandshakes.addTo(proxy(ServletContext.class, (any, method, arguments) -> info));
    UndertowHandshakes.addTo(
        proxy(
            Context.class,
            (any, method, arguments) -> {
              throw new IllegalStateException("not deployed");
            }));
    assertThat(info.wrapper).isNull();
  }
}
