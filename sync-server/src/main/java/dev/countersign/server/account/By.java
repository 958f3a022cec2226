package dev.countersign.server.account;

/**
 * Who did something, for the audit log.
 *
 * @param who an id, or a word where it is no person
 * @param address the network address it came from
 */
public record By(String who, String address) {
  /** Whoever gives commands on the server itself. */
  public static final By OPERATOR = new By("operator", "local");
}
