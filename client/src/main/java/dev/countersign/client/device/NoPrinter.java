package dev.countersign.client.device;

/** For a shop that prints nothing: no paper is owed, so nothing stays waiting for a printer. */
public final class NoPrinter implements ReceiptPrinter {
  @Override
  public PrintOutcome print(Receipt receipt) {
    return new PrintOutcome.Printed(false);
  }

  @Override
  public PrintOutcome print(Slip slip) {
    return new PrintOutcome.Printed(false);
  }
}
