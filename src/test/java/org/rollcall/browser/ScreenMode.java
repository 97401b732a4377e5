package org.rollcall.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.Locale;

/** The size and the colors of a visitor's screen. */
enum ScreenMode {
  LIGHT,
  DARK,
  PHONE;

  /** Returns the context of such a visitor, in which nothing moves while a picture is taken. */
  NewContextOptions options() {
    NewContextOptions options = new NewContextOptions().setReducedMotion(ReducedMotion.REDUCE);
    return switch (this) {
      case LIGHT -> options.setColorScheme(ColorScheme.LIGHT).setViewportSize(1280, 900);
      case DARK -> options.setColorScheme(ColorScheme.DARK).setViewportSize(1280, 900);
      case PHONE ->
          options
              .setColorScheme(ColorScheme.LIGHT)
              .setViewportSize(390, 844)
              .setDeviceScaleFactor(2)
              .setHasTouch(true)
              .setIsMobile(true);
    };
  }

  /** Shows a part of the demo, which on a phone is behind a tab. */
  void show(DemoPage demo, String part) {
    if (this == PHONE) {
      demo.part("tab-" + part).click();
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
