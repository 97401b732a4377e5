package org.rollcall.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LateAnswerTest {
  private final List<String> seen = new ArrayList<>();
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final HttpServletResponse response = stub(HttpServletResponse.class, "response");
  private final List<AsyncListener> listeners = new ArrayList<>();

  private final AsyncContext context =
      stub(
          AsyncContext.class,
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "addListener" -> listeners.add((AsyncListener) arguments[0]);
                case "getResponse" -> response;
                case "complete" -> seen.add("completed");
                case "getRequest", "setTimeout" -> null;
                default -> throw new UnsupportedOperationException(method.getName());
              });

  private final HttpServletRequest request =
      stub(
          HttpServletRequest.class,
          (proxy, method, arguments) -> {
            assertThat(method.getName()).isEqualTo("startAsync");
            return context;
          });

  private static <T> T stub(Class<T> type, InvocationHandler calls) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }

  private static <T> T stub(Class<T> type, String name) {
    return stub(
        type,
        (proxy, method, arguments) -> {
          assertThat(method.getName()).isEqualTo("toString");
          return name;
        });
  }

  private void give() throws IOException {
    LateAnswer.give(request, response, answer, "late", (to, text) -> seen.add(to + " " + text));
  }

  private AsyncEvent event() {
    return new AsyncEvent(context);
  }

  @Test
  void anAnswerThatIsThereIsGivenAtOnce() throws IOException {
    answer.complete("here");
    give();
    assertThat(seen).containsExactly("response here");
  }

  @Test
  void anAnswerThatComesLaterIsGivenThenAndOnce() throws IOException {
    give();
    assertThat(seen).isEmpty();
    answer.complete("here");
    listeners.get(0).onTimeout(event());
    listeners.get(0).onComplete(event());
    assertThat(seen).containsExactly("response here", "completed");
  }

  @Test
  void afterItsTimeARequestGetsTheLateAnswerAndWaitsNoMore() throws IOException {
    give();
    listeners.get(0).onTimeout(event());
    assertThat(seen).containsExactly("response late", "completed");
    assertThat(answer).isCompletedWithValue("late");
  }

  @Test
  void anAnswerThatFailsIsTheLateOne() throws IOException {
    give();
    answer.completeExceptionally(new IllegalStateException("broken"));
    assertThat(seen).containsExactly("response late", "completed");
  }

  @Test
  void anAnswerThatHasFailedIsTheLateOne() throws IOException {
    answer.completeExceptionally(new IllegalStateException("broken"));
    give();
    assertThat(seen).containsExactly("response late");
  }

  @Test
  void aClientThatGoesAwayIsToldNothingAndItsRequestWaitsNoMore() throws IOException {
    give();
    listeners.get(0).onError(event());
    assertThat(seen).isEmpty();
    assertThat(answer).isCompletedWithValue("late");
  }

  @Test
  void aRequestWhoseAnswerCannotBeWrittenEnds() throws IOException {
    LateAnswer.give(
        request,
        response,
        answer,
        "late",
        (to, text) -> {
          throw new IOException("reset");
        });
    answer.complete("here");
    assertThat(seen).containsExactly("completed");
  }
}
