package dev.countersign.common.permission;

/** What a role says to an act, from the most to the least. */
public enum Decision {
  ALLOWED,
  /** Allowed when a second person whose role allows the act approves it in place. */
  NEEDS_APPROVAL,
  DENIED;

  /** True when this opens at least as much as the other. */
  public boolean isAtLeast(Decision other) {
    return compareTo(other) <= 0;
  }
}
