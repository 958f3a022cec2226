package dev.countersign.common.catalogue;

/**
 * A scan that must add nothing.
 *
 * @param text what came in, cut to a hundred characters
 * @param reason for the screen to put into words
 * @param detail for the log: what exactly was wrong
 */
public record UnreadableCode(String text, Reason reason, String detail) implements ScanReading {
  private static final int LONGEST = 100;

  /** Why a scan cannot be read. */
  public enum Reason {
    EMPTY,
    TOO_LONG,
    NOT_TEXT,
    CHECK_DIGIT,
    UNKNOWN_APPLICATION_IDENTIFIER,
    BAD_ELEMENT
  }

  public UnreadableCode {
    text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
