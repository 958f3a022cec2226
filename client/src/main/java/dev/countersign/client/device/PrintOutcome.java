package dev.countersign.client.device;

/** What came of sending a receipt to a printer. The sale is safe in either case. */
public sealed interface PrintOutcome {
  /** All of it was taken. */
  record Printed() implements PrintOutcome {}

  /**
   * Not, or not wholly: printing it again makes a copy.
   *
   * @param reason in English, for the message strip and the telephone
   */
  record Failed(String reason) implements PrintOutcome {}
}
