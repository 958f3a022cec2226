package dev.countersign.common.catalogue;

/** What a scan says, before anyone looks for a product. */
public sealed interface ScanReading permits PlainCode, MeasuredCode, Gs1Code, UnreadableCode {
  /** What the scanner sent. */
  String text();
}
