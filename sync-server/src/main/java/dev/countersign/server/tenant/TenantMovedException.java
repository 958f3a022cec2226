package dev.countersign.server.tenant;

/** The tenant was moved to another server, or is on its way: nothing is done for it here. */
public final class TenantMovedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says nothing about where to. */
  public TenantMovedException() {
    super("this tenant is not served here any more");
  }
}
