package dev.countersign.common.permission;

/** What a role says to an act. */
public enum Decision {
  ALLOWED,
  /** Allowed when a second person whose role allows the act approves it in place. */
  NEEDS_APPROVAL,
  DENIED
}
