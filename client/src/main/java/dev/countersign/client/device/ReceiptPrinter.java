package dev.countersign.client.device;

/**
 * Where receipts go. Called one at a time, off the screen's thread, and only for sales that are
 * already durable. May block for as long as the device does; never throws for a fault of it.
 */
public interface ReceiptPrinter {
  PrintOutcome print(Receipt receipt);

  /** Prints a paper of a shift or a drawer; some printers can print receipts alone. */
  default PrintOutcome print(Slip slip) {
    return new PrintOutcome.Failed(Trouble.OFFLINE, false, "it prints receipts alone");
  }
}
