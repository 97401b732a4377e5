package org.rollcall.transport;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Members of a server's own classes, which a WAR that runs on several servers may not name.
 *
 * <p>Each is looked up once: a class copies all of its members for each look-up, and a handshake on
 * WildFly needs seven. Safe for many threads; no call blocks.
 */
final class Reflection {
  private static final ConcurrentMap<Lookup, Optional<Method>> METHODS = new ConcurrentHashMap<>();
  private static final ConcurrentMap<Lookup, Optional<Field>> FIELDS = new ConcurrentHashMap<>();

  private record Lookup(Class<?> type, String name) {}

  private Reflection() {}

  /** Calls the first method of this name. */
  static Object call(Object target, String name, Object... arguments)
      throws ReflectiveOperationException {
    Method method = needed(target.getClass(), name);
    method.setAccessible(true);
    return method.invoke(target, arguments);
  }

  /** Returns the first method of this name, which is the class's own or inherited. */
  static Method needed(Class<?> type, String name) throws NoSuchMethodException {
    @Nullable Method found = method(type, name);
    if (found == null) {
      throw new NoSuchMethodException(type + "." + name);
    }
    return found;
  }

  /** Returns the first method of this name, if there is one. */
  static @Nullable Method method(Class<?> type, String name) {
    return METHODS
        .computeIfAbsent(new Lookup(type, name), lookup -> find(lookup, Class::getDeclaredMethods))
        .orElse(null);
  }

  /** Returns the value of a field. */
  static @Nullable Object value(Object target, String name) throws ReflectiveOperationException {
    Lookup wanted = new Lookup(target.getClass(), name);
    Field field =
        FIELDS
            .computeIfAbsent(wanted, lookup -> find(lookup, Class::getDeclaredFields))
            .orElseThrow(() -> new NoSuchFieldException(wanted.toString()));
    field.setAccessible(true);
    return field.get(target);
  }

  private static <M extends Member> Optional<M> find(
      Lookup lookup, Function<Class<?>, M[]> members) {
    for (Class<?> each = lookup.type(); each != null; each = each.getSuperclass()) {
      for (M member : members.apply(each)) {
        if (member.getName().equals(lookup.name())) {
          return Optional.of(member);
        }
      }
    }
    return Optional.empty();
  }
}
