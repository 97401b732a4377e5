package org.rollcall.social.jdbc;

import java.sql.Types;
import java.util.Locale;

/** The types that ids have in databases, as far as they differ in spelling or in how to ask. */
public enum SqlType {
  /** Text of any length. */
  TEXT,
  /** Text of a fixed length, with spaces at its end that mean nothing. */
  PADDED,
  /** Whole numbers. */
  WHOLE,
  /** Exact numbers. */
  NUMBER,
  /** Numbers with rounding, which several ids would share. */
  FLOATING,
  /** RFC 9562, in small letters. */
  UUID,
  /** The same in capital letters, of SQL Server. */
  CAPITAL_UUID,
  /** Any other type. */
  OTHER,
  /** A type that the driver does not report. */
  UNKNOWN;

  private static final String WHOLE_NUMBER = "0|-?[1-9][0-9]*";
  private static final String SMALL_UUID =
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  /**
   * Returns a type.
   *
   * @param code one of {@link Types}
   * @param name the database's own name for it
   */
  public static SqlType of(int code, String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "uuid" -> UUID;
      case "uniqueidentifier" -> CAPITAL_UUID;
      default -> of(code);
    };
  }

  private static SqlType of(int code) {
    return switch (code) {
      case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR -> TEXT;
      case Types.CHAR, Types.NCHAR -> PADDED;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> WHOLE;
      case Types.NUMERIC, Types.DECIMAL -> NUMBER;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> FLOATING;
      case Types.NULL -> UNKNOWN;
      default -> OTHER;
    };
  }

  /** Returns whether a text is how the database spells a value, as far as that is known. */
  boolean isSpelling(String text) {
    return switch (this) {
      case WHOLE, NUMBER -> text.matches(WHOLE_NUMBER);
      case UUID -> text.matches(SMALL_UUID);
      case CAPITAL_UUID ->
          text.equals(text.toUpperCase(Locale.ROOT))
              && text.toLowerCase(Locale.ROOT).matches(SMALL_UUID);
      case PADDED -> !text.endsWith(" ");
      default -> true;
    };
  }
}
