package org.rollcall.config;

/** Thrown for a setting that cannot be understood; its message is a sentence for the operator. */
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
    // Without a stack: the sentence is all that an operator needs, and servers print the rest.
    super(name + ": expected " + expected + ", but got " + harmless(got), null, false, false);
  }

  /** Leaves out the name and the password of an address. */
  private static String harmless(String got) {
    return got.replaceAll("//.*@", "//***@");
  }
}
