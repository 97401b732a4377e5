package org.rollcall.node;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.demo.PageHeaders;
import org.rollcall.transport.HandshakeFilter;

/** In an EAR, servers call the initializer for each WAR; only Rollcall's has Rollcall's filters. */
final class DrainInitializerTest {
  private final List<Object> listeners = new ArrayList<>();

  @Test
  void rollcallsOwnWarGetsTheListener() {
    start(PageHeaders.class, HandshakeFilter.class);
    assertThat(listeners).containsExactly(DrainListener.class);
  }

  @Test
  void aWarThatLeavesAFilterOutGetsItToo() {
    start(PageHeaders.class);
    assertThat(listeners).containsExactly(DrainListener.class);
  }

  @Test
  void anotherWarOfAnEarGetsNoListener() {
    start();
    assertThat(listeners).isEmpty();
  }

  @SafeVarargs
  private void start(Class<? extends Filter>... filters) {
    Map<String, Object> registrations = new HashMap<>();
    for (Class<? extends Filter> filter : filters) {
      registrations.put(
          filter.getSimpleName(),
          fake(FilterRegistration.class, Map.of("getClassName", filter.getName())));
    }
    new DrainInitializer()
        .onStartup(
            Set.of(), fake(ServletContext.class, Map.of("getFilterRegistrations", registrations)));
  }

  /** Answers the given calls, and notes what else is called with a class. */
  private <T> T fake(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("addListener")) {
                listeners.add(arguments[0]);
              }
              return answers.get(method.getName());
            }));
  }
}
