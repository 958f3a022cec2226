package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Style;

/** What a printer put onto its roll, one after the other. */
public sealed interface Printed {
  /**
   * A line of the printer's own characters.
   *
   * @param text with its spaces
   */
  record Text(String text, Style style) implements Printed {}

  /** Rows of dots. */
  record Dots(Bitmap dots, boolean centred) implements Printed {}

  /**
   * A QR code.
   *
   * @param dotsToAModule its size
   */
  record Code(String content, int dotsToAModule) implements Printed {}

  /** Empty paper. */
  record Feed(int lines) implements Printed {}

  /** The knife: what follows is another paper. */
  record Cut() implements Printed {}

  /** The pulse that opens the drawer. */
  record Kick(int pin) implements Printed {}
}
