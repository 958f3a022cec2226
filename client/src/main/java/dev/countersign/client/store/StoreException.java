package dev.countersign.client.store;

import org.jspecify.annotations.Nullable;

/**
 * The store did not do what it was asked to; nothing of it was kept. Unchecked, because every act
 * on the ledger can meet it and only the edge of the program (the screen, the sync loop) has an
 * answer.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient StoreFault fault;

  StoreException(StoreFault fault, @Nullable Throwable cause) {
    super(fault.code(), cause);
    this.fault = fault;
  }

  public StoreFault fault() {
    return fault;
  }
}
