package dev.countersign.client.device;

import java.util.Optional;

/**
 * Where receipts go. Called one at a time, off the screen's thread, and only for sales that are
 * already durable. May block for as long as the device does; never throws for a fault of it.
 */
public interface ReceiptPrinter {
  PrintOutcome print(Receipt receipt);

  /** What keeps it from printing now, as far as it can say; may block a few seconds. */
  default Optional<Trouble> trouble() {
    return Optional.empty();
  }

  /** Prints a paper of a shift or a drawer; some printers can print receipts alone. */
  default PrintOutcome print(Slip slip) {
    return new PrintOutcome.Failed(Trouble.OFFLINE, false, "it prints receipts alone");
  }
}
