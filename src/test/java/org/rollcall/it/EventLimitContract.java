package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.EventClient;

/**
 * The limits of listeners to events. Holds where an address has five connections and three topics
 * that nobody else is on, and is known by {@code X-Forwarded-For}.
 */
interface EventLimitContract extends Deployed {
  private EventClient listen(String address, String path, int status) {
    EventClient client = EventClient.listen(site(), path, "X-Forwarded-For: " + address);
    if (client.status() != status) {
      client.close();
    }
    assertThat(client.status()).isEqualTo(status);
    return client;
  }

  @Test
  default void theSixthListenerOfAnAddressIsRefusedUntilOneEnds() {
    String path = "counts/count:el1/events?track=true";
    List<EventClient> open = new ArrayList<>();
    while (open.size() < 5) {
      Await.until(() -> open.add(listen("192.0.2.61", path, 200)));
    }
    listen("192.0.2.61", path, 429).close();
    open.remove(0).close();
    Await.until(() -> open.add(listen("192.0.2.61", path, 200)));
    open.forEach(EventClient::close);
  }

  @Test
  default void anAnonymousListenerBringsAsFewNewTopicsAsASocket() {
    String three = "counts/events?topic=count:el2&topic=count:el3&topic=count:el4";
    try (EventClient first = listen("192.0.2.62", three, 200);
        EventClient again = listen("192.0.2.62", three, 200)) {
      listen("192.0.2.62", "counts/events?topic=count:el5&topic=count:el2", 429).close();
      assertThat(first.next().id()).isEqualTo(again.next().id());
      listen("192.0.2.63", "counts/count:el5/events", 200).close();
    }
  }
}
