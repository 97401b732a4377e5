package org.rollcall.transport;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is in memory, at the address that the client sent.
 *
 * <p>Undertow 2.3 decodes the address of a request that is dispatched again, so that {@code a%2Fb}
 * would be two segments of a path.
 */
final class BodyRequest extends HttpServletRequestWrapper {
  private final Address address;
  private final ServletInputStream in;

  /** The address of a request, as it was before the request waited. */
  record Address(
      String uri,
      String url,
      @Nullable String query,
      String servletPath,
      @Nullable String pathInfo) {
    private static final String ATTRIBUTE = Address.class.getName();

    /** Keeps the address of a request that is about to wait. */
    static void keep(HttpServletRequest request) {
      request.setAttribute(
          ATTRIBUTE,
          new Address(
              request.getRequestURI(),
              request.getRequestURL().toString(),
              request.getQueryString(),
              request.getServletPath(),
              request.getPathInfo()));
    }
  }

  /** Creates one from the request that has waited, and the body that has come. */
  BodyRequest(HttpServletRequest request, byte[] body) {
    super(request);
    this.address = (Address) request.getAttribute(Address.ATTRIBUTE);
    this.in = new Body(body);
  }

  @Override
  public String getRequestURI() {
    return address.uri();
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(address.url());
  }

  @Override
  public @Nullable String getQueryString() {
    return address.query();
  }

  @Override
  public String getServletPath() {
    return address.servletPath();
  }

  @Override
  public @Nullable String getPathInfo() {
    return address.pathInfo();
  }

  @Override
  public ServletInputStream getInputStream() {
    return in;
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private static final class Body extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Body(byte[] body) {
      bytes = new ByteArrayInputStream(body);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("All of the body is here");
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }
  }
}
