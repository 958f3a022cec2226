package dev.countersign.client.ledger;

/** An acknowledgement that does not belong to the batch it came for. Nothing was written. */
public final class AcknowledgementRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  AcknowledgementRefusedException(String message) {
    super(message);
  }
}
