package org.rollcall.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A TCP connection on which a test writes a handshake by hand, and reads only what it wants. */
public final class RawConnection implements AutoCloseable {
  private static final int SMALL_BUFFER = 4096;

  private final Socket socket;
  private final String host;

  private RawConnection(Socket socket, String host) {
    this.socket = socket;
    this.host = host;
  }

  /** Connects to a site, with a small buffer for what it sends. */
  public static RawConnection to(Site site) {
    return to(site, "127.0.0.1");
  }

  /** The same from an address of this machine, such as 127.0.0.2. */
  public static RawConnection to(Site site, String from) {
    try {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(from, 0));
      socket.setReceiveBufferSize(SMALL_BUFFER);
      socket.setSoTimeout((int) Await.LIMIT.toMillis());
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()));
      return new RawConnection(socket, site.host());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The answer to a handshake.
   *
   * @param status the number in the first line
   * @param headers the other lines of the head, names in lower case
   * @param body what follows, empty for 101
   */
  public record Answer(int status, List<String> headers, String body) {
    /** Returns the values of a header. */
    public List<String> header(String name) {
      String begin = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.startsWith(begin))
          .map(line -> line.substring(begin.length()).strip())
          .toList();
    }
  }

  /**
   * Asks for a WebSocket.
   *
   * @param query what follows the address and its question mark
   * @param headers more lines for the head
   */
  public Answer handshake(String query, String... headers) {
    ask(query, headers);
    return answer();
  }

  /** Asks for a WebSocket, and does not wait for the answer. */
  public void ask(String query, String... headers) {
    StringBuilder head = new StringBuilder();
    head.append("GET /rollcall/socket/websocket?").append(query).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\n");
    head.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    head.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    sendBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Sends any head at all.
   *
   * @param lines its lines; {@code {host}} stands for the site's host and port
   * @return the head of the answer, of status 0 if the server hangs up instead
   */
  public Answer request(String... lines) {
    try {
      String head = String.join("\r\n", lines).replace("{host}", host) + "\r\n\r\n";
      write(head.getBytes(StandardCharsets.ISO_8859_1));
      return HttpAnswers.head(socket.getInputStream());
    } catch (SocketException reset) {
      return new Answer(0, List.of(), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the answer to a handshake. */
  public Answer answer() {
    return from(HttpAnswers::whole);
  }

  /** Sends a text message, masked with zeros (RFC 6455, section 5.2). */
  public void sendText(String text) {
    sendText(text, 1);
  }

  /** Sends a text message so many times, all at once. */
  public void sendText(String text, int times) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      frame(frames, 0x81, payload);
    }
    sendBytes(frames.toByteArray());
  }

  /**
   * Sends a frame of zeros, or the beginning of one.
   *
   * @param first the first byte of its head: the last of its message or not, and its kind
   * @param length how long the head says that it is
   * @param sent how many bytes of it follow
   */
  public void sendPart(int first, long length, int sent) {
    sendPart(first, length, new byte[sent]);
  }

  /** The same with these bytes. */
  public void sendPart(int first, long length, byte[] sent) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    RawFrame.head(frame, first, length);
    frame.writeBytes(sent);
    sendBytes(frame.toByteArray());
  }

  /** Says good-bye with a close code, any at all, and reads on. */
  public void sendClose(int code) {
    sendClose(code, "");
  }

  /** Says good-bye with a close code and a reason, any at all, and reads on. */
  public void sendClose(int code, String reason) {
    sendCloseBody(RawFrame.closeBody(code, reason));
  }

  /** Says good-bye with any bytes in place of a close code and a reason, and reads on. */
  public void sendCloseBody(byte... body) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame(frame, 0x88, body);
    sendBytes(frame.toByteArray());
  }

  private static void frame(ByteArrayOutputStream frames, int kind, byte[] payload) {
    RawFrame.head(frames, kind, payload.length);
    frames.writeBytes(payload);
  }

  /** Sends bytes to the letter. */
  public void sendBytes(byte... bytes) {
    try {
      write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends nothing more, and reads on. */
  public void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** Sends a frame. */
  public void send(ShortFrame frame) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frame(frames, 0x80 | frame.opcode(), frame.payload());
    sendBytes(frames.toByteArray());
  }

  /** Reads the next frame, which must be short. */
  public ShortFrame read() {
    return from(RawFrame::readShort);
  }

  /** Reads on to the server's good-bye, and returns its close code. */
  public int closeCode() {
    return from(RawFrame::closeCode);
  }

  /** Reads a text message of the server, which must be short and come next. */
  public String readText() {
    return read().text();
  }

  /** Reads and forgets until a text in ASCII has come. */
  public void skipTo(String text) {
    from(in -> HttpAnswers.skipTo(in, text));
  }

  /** Reads on to the text message that contains a part, and returns it. */
  public String readTextWith(String part) {
    return from(in -> RawFrame.textWith(in, part));
  }

  /** Reads and forgets until the server has closed. Returns how many bytes there were. */
  public long drain() {
    return from(in -> in.transferTo(OutputStream.nullOutputStream()));
  }

  private interface Reading<T> {
    T read(InputStream in) throws IOException;
  }

  private <T> T from(Reading<T> reading) {
    try {
      return reading.read(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
