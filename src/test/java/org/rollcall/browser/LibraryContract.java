package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Snippets;

/** The examples for React, Vue and Redux, as the server has them, with these libraries from npm. */
interface LibraryContract extends Widgets {
  /** Where a page's modules find the libraries; for Redux with all that it is made of. */
  String LIBRARIES =
      """
      <script>globalThis.process = { env: { NODE_ENV: "development" } }</script>
      <script type="importmap">
        {
          "imports": {
            "the-example": "%s",
            "react": "/libraries/react-module.mjs",
            "react-dom/client": "/libraries/react-dom-module.mjs",
            "vue": "/npm/vue/dist/vue.runtime.esm-browser.js",
            "@reduxjs/toolkit": "/npm/@reduxjs/toolkit/dist/redux-toolkit.modern.mjs",
            "redux": "/npm/redux/dist/redux.mjs",
            "redux-thunk": "/npm/redux-thunk/dist/redux-thunk.mjs",
            "immer": "/npm/immer/dist/immer.mjs",
            "reselect": "/npm/reselect/dist/reselect.mjs"
          }
        }
      </script>
      """;

  /**
   * A page of another site with a library.
   *
   * @param sockets all that it has opened
   */
  record LibraryPage(Page page, List<WebSocket> sockets) {
    void mount(Map<String, String> props) {
      page.evaluate("props => mount(props)", props);
    }

    void unmount() {
      page.evaluate("unmount()");
      page.waitForCondition(() -> openSockets() == 0);
    }

    long openSockets() {
      return sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    Locator app() {
      return page.locator("#app");
    }
  }

  private LibraryPage page(String library) {
    Page page = chromium().visitor();
    List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    page.onWebSocket(sockets::add);
    String example =
        page.request().get(rollcall().address() + "examples/" + library + ".js").text();
    String documented =
        Snippets.of(Snippets.page("clients"), "html").stream()
            .filter(block -> block.contains("importmap"))
            .findFirst()
            .orElseThrow()
            .replace("/rollcall/presence.js", rollcall().address() + "presence.js");
    String html =
        "<!doctype html><html lang=en><meta charset=utf-8><title>Library</title><link rel=icon href=data:,>"
            + documented
            + LIBRARIES.formatted(pages().write("text/javascript", example, ""))
            + "<div id=app></div><script type=module src=/libraries/"
            + library
            + ".mjs></script>";
    page.navigate(pages().write("text/html", html, ""));
    page.waitForFunction("'mount' in window");
    return new LibraryPage(page, sockets);
  }

  private Map<String, String> props(String user, String status) {
    String token = rollcall().token(user);
    return Map.of(
        "user", user, "token", token, "status", status, "endPoint", rollcall().endPoint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"react", "vue"})
  default void aFriendComesAndChangesAndGoesOnAPageWith(String library) {
    String ada = newName();
    String ben = newName();
    rollcall().befriend(ada, ben);
    LibraryPage adas = page(library);
    LibraryPage bens = page(library);
    adas.mount(props(ada, "online"));
    bens.mount(props(ben, "online"));
    Locator seen = adas.app().locator("li");
    assertThat(seen).hasText(ben + " is online");
    assertThat(bens.app().locator("li")).hasText(ada + " is online");

    bens.mount(props(ben, "busy"));
    assertThat(seen).hasText(ben + " is busy");
    assertThat(bens.openSockets()).isEqualTo(1);

    bens.unmount();
    assertThat(seen).hasCount(0);
    bens.mount(props(ben, "away"));
    assertThat(seen).hasText(ben + " is away");
    assertThat(adas.openSockets()).isEqualTo(1);
    adas.unmount();
    bens.unmount();
  }

  @Test
  default void aViewerAndAUserComeAndGoOnAPageWithRedux() {
    String topic = newName();
    LibraryPage watching = page("redux");
    LibraryPage coming = page("redux");
    Map<String, String> viewer = Map.of("user", topic, "endPoint", rollcall().endPoint());
    watching.mount(viewer);
    assertThat(watching.app()).hasText("1 viewers, 0 users");
    coming.mount(viewer);
    assertThat(watching.app()).hasText("2 viewers, 0 users");
    coming.unmount();
    assertThat(watching.app()).hasText("1 viewers, 0 users");
    coming.mount(props(topic, ""));
    assertThat(watching.app()).hasText("1 viewers, 1 users");
    assertThat(coming.app()).hasText("1 viewers, 1 users");
    coming.unmount();
    assertThat(watching.app()).hasText("1 viewers, 0 users");
    assertThat(watching.openSockets()).isEqualTo(1);
    watching.unmount();
  }
}
