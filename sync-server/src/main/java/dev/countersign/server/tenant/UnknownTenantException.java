package dev.countersign.server.tenant;

/** There is no tenant with this id. Says nothing about those there are. */
public final class UnknownTenantException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says nothing about which. */
  public UnknownTenantException() {
    super("no such tenant");
  }
}
