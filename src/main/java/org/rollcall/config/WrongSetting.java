package org.rollcall.config;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for wrong settings; its message has a sentence for each of them, for the operator. */
public final class WrongSetting extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates one.
   *
   * @param name the setting
   * @param expected what it takes
   * @param got its value, or a description of it if it is secret
   */
  public WrongSetting(String name, String expected, String got) {
    this(name + ": expected " + expected + ", but got " + harmless(got));
  }

  private WrongSetting(String sentences) {
    // Without a stack: the sentences are all that an operator needs.
    super(sentences, null, false, false);
  }

  /** Joins one or more wrong settings, in order. */
  static WrongSetting all(List<WrongSetting> wrong) {
    return wrong.size() == 1
        ? wrong.get(0)
        : new WrongSetting(
            wrong.stream().map(WrongSetting::getMessage).collect(Collectors.joining("; ")));
  }

  /** Removes the user name and the password from an address. */
  private static String harmless(String got) {
    return got.replaceAll("//.*@", "//***@");
  }
}
