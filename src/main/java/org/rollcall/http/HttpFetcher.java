package org.rollcall.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents over HTTP: one deadline and one size for the whole of each answer.
 *
 * <p>The deadline holds for name, connection, TLS, interim answers (1xx), header, heads of chunks
 * and body together, however slowly the server sends. Then the calling thread goes on, and the
 * connection is closed, unless nine interim answers have come ({@link LostConnections}). {@code
 * HttpURLConnection} bounds each read only, so that a server that sends a byte now and then holds
 * its thread for ever. Redirects are not followed.
 *
 * <p>Safe for many threads; {@link #get} waits. The client has a thread of its own, which ends once
 * this object is garbage, and others that end when they are idle: nothing has to be closed.
 */
public final class HttpFetcher {
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final LostConnections lost = new LostConnections();
  private final LongSupplier nanos;

  /** Creates one that has asked nothing. */
  public HttpFetcher() {
    this(System::nanoTime);
  }

  /**
   * Creates one that has asked nothing.
   *
   * @param nanos the clock by which it pauses
   */
  HttpFetcher(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * The limits of an answer.
   *
   * @param timeout how long it may take as a whole
   * @param bytes how long its body may be
   */
  public record Limits(Duration timeout, long bytes) {}

  /**
   * Reads a document.
   *
   * @param headers names and values to ask with
   * @throws IOException if the status is another than 200, or the answer is not here in time; its
   *     message has neither headers nor the address
   */
  public byte[] get(URI address, Map<String, String> headers, Limits limits) throws IOException {
    if (!lost.mayAsk(nanos.getAsLong())) {
      throw new IOException("a pause, as too many interim answers (1xx) have come before");
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    headers.forEach(request::setHeader);
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request.build(), info -> new BoundedBody(info.statusCode(), limits.bytes()));
    try {
      byte[] body = answer.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS).body();
      lost.closed();
      return body;
    } catch (TimeoutException e) {
      lost.closed();
      throw new IOException("expected a whole answer within " + limits.timeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node ends");
    } catch (ExecutionException e) {
      if (isByInterimAnswers(e.getCause())) {
        lost.add(nanos.getAsLong());
      } else {
        lost.closed();
      }
      throw failure(e.getCause());
    } finally {
      // Ends the exchange and closes its connection, if it is still on its way.
      boolean unused = answer.cancel(true);
    }
  }

  /** The JDK's client has no exception of its own for this failure. */
  private static boolean isByInterimAnswers(@Nullable Throwable cause) {
    return cause instanceof ProtocolException && ("" + cause.getMessage()).contains("interim");
  }

  private static IOException failure(@Nullable Throwable cause) {
    return cause instanceof IOException failed
        ? failed
        : new IOException("the answer could not be read: " + cause, cause);
  }

  /** Gathers a body up to a size. Called by one thread at a time. */
  private static final class BoundedBody implements BodySubscriber<byte[]> {
    private final int status;
    private final long most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    BoundedBody(int status, long most) {
      this.status = status;
      this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      if (status == OK) {
        subscription.request(Long.MAX_VALUE);
      } else {
        refuse("expected 200, but got " + status);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      for (ByteBuffer part : parts) {
        if (bytes.size() + (long) part.remaining() > most) {
          refuse("expected at most " + most + " bytes, but got more");
          return;
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.write(copy, 0, copy.length);
      }
    }

    private void refuse(String sentence) {
      body.completeExceptionally(new IOException(sentence));
      if (subscription != null) {
        subscription.cancel();
      }
    }

    @Override
    public void onError(Throwable failure) {
      body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      body.complete(bytes.toByteArray());
    }
  }
}
