package dev.countersign.client.device;

/** What came of sending a job to a printer. The sale is safe in either case. */
public sealed interface PrintOutcome {
  /**
   * All of it was taken.
   *
   * @param confirmed true when the printer itself said that it was through with it; not all can
   */
  record Printed(boolean confirmed) implements PrintOutcome {}

  /**
   * Not, or not wholly.
   *
   * @param begun false when nothing of it can be on paper; else printing it again makes a copy
   * @param detail in English, for the telephone; may be empty
   */
  record Failed(Trouble trouble, boolean begun, String detail) implements PrintOutcome {}
}
