package dev.countersign.server.export;

/** What came of verifying an export. */
public sealed interface ExportReport {
  /**
   * Every byte is what the log's key vouches for.
   *
   * @param entries in the log
   * @param batches each signed by the device that the log registered
   * @param sales accepted and flagged
   * @param total what these sales come to, in minor units of the currency
   */
  record Sound(long entries, long batches, long sales, long total, String currency)
      implements ExportReport {}

  /**
   * Not what the log's key vouches for.
   *
   * @param line where it was found first, counted from 1
   * @param reason for a person
   */
  record Broken(long line, String reason) implements ExportReport {}
}
