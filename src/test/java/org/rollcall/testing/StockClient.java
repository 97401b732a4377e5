package org.rollcall.testing;

import java.util.List;
import java.util.Map;
import kotlin.Unit;
import okhttp3.OkHttpClient;
import org.phoenixframework.Channel;
import org.phoenixframework.Defaults;
import org.phoenixframework.Presence;
import org.phoenixframework.Socket;

/** A connection of JavaPhoenixClient, as an Android app has it. */
public final class StockClient implements AutoCloseable {
  private final Socket socket;

  /**
   * Connects.
   *
   * @param params parameters of the connection, such as the token
   */
  public StockClient(Site site, Map<String, Object> params) {
    this.socket =
        new Socket(
            site.socketAddress(),
            () -> params,
            Defaults.VSN,
            Defaults.INSTANCE.getEncode(),
            Defaults.INSTANCE.getDecode(),
            new OkHttpClient.Builder().build());
    socket.connect();
  }

  /** Makes a channel, not joined yet. */
  public Channel channel(String topic, Map<String, Object> params) {
    return socket.channel(topic, params);
  }

  /** Makes a presence that follows a channel. */
  public static Presence presence(Channel channel) {
    return new Presence(channel, Presence.Options.Companion.getDefaults());
  }

  /** Returns all metas of a key that a presence shows now. */
  public static List<Map<String, Object>> metas(Presence presence, String key) {
    return presence.getState().getOrDefault(key, Map.of()).getOrDefault("metas", List.of());
  }

  @Override
  public void close() {
    socket.disconnect(1000, "", () -> Unit.INSTANCE);
  }
}
