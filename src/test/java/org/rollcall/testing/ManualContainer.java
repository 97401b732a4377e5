package org.rollcall.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A servlet container with one asynchronous request, whose client reads when the test says so. As
 * the servlet specification asks, nothing may be written while {@link #isReady} is false.
 */
public final class ManualContainer extends ServletOutputStream {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private @Nullable WriteListener writes;
  private @Nullable AsyncListener ends;
  private boolean reading = true;
  private boolean broken;
  private int room = Integer.MAX_VALUE;
  private int completed;
  private int length = -1;

  /** Returns the request. */
  public AsyncContext context() {
    ServletResponse response = proxy(ServletResponse.class, this::response);
    return proxy(
        AsyncContext.class,
        (name, argument) -> {
          completed += name.equals("complete") ? 1 : 0;
          ends = argument instanceof AsyncListener listener ? listener : ends;
          return name.equals("getResponse") ? response : null;
        });
  }

  private @Nullable Object response(String name, @Nullable Object argument) {
    length = name.equals("setContentLength") && argument instanceof Integer given ? given : length;
    return name.equals("getOutputStream") ? this : null;
  }

  /** Answers a call of the method with that name. */
  private interface Answers {
    @Nullable Object to(String name, @Nullable Object argument);
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (any, method, arguments) ->
                answers.to(method.getName(), arguments == null ? null : arguments[0])));
  }

  /** Returns what has been written since the last look. */
  public String text() {
    String text = written.toString(UTF_8);
    written.reset();
    return text;
  }

  /** Has the client read, or read no more. */
  public void read(boolean now) {
    reading = now;
  }

  /** Has the client read so many bytes more, and then no more. */
  public void readOnly(int bytes) {
    room = bytes;
  }

  /** Has each write fail from now on. */
  public void breakConnection() {
    broken = true;
  }

  /** Says that something can be written, as a container does once and whenever it could not. */
  public void writePossible() throws IOException {
    if (writes != null) {
      writes.onWritePossible();
    }
  }

  /** Says that the connection has failed. */
  public void fail() {
    if (writes != null) {
      writes.onError(new IOException("the client has closed its connection"));
    }
  }

  /** Says that the request has ended. */
  public void end() throws IOException {
    if (ends != null) {
      ends.onComplete(new AsyncEvent(context()));
    }
  }

  /** Says that the request has lasted for too long. */
  public void timeOut() throws IOException {
    if (ends != null) {
      ends.onTimeout(new AsyncEvent(context()));
    }
  }

  /** Returns how often the request was completed. */
  public int completed() {
    return completed;
  }

  /** Returns the length of the response, or -1 if it was not said. */
  public int length() {
    return length;
  }

  @Override
  public boolean isReady() {
    return reading && room > 0;
  }

  @Override
  public void setWriteListener(WriteListener told) {
    writes = told;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (broken) {
      throw new IOException("the client has closed its connection");
    }
    assertThat(isReady()).isTrue();
    written.write(bytes, from, count);
    room -= count;
  }
}
