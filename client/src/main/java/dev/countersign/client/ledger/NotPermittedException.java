package dev.countersign.client.ledger;

import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;

/** The person may not do this, or not alone. Nothing was written. */
public final class NotPermittedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final PermissionKey key;
  private final Decision decision;

  NotPermittedException(PermissionKey key, Decision decision) {
    super(key.key() + ": " + decision);
    this.key = key;
    this.decision = decision;
  }

  public PermissionKey key() {
    return key;
  }

  /** {@link Decision#NEEDS_APPROVAL} or {@link Decision#DENIED}. */
  public Decision decision() {
    return decision;
  }
}
