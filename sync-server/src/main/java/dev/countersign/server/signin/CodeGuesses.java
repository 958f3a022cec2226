package dev.countersign.server.signin;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Makes guessing the codes of gift cards slow, per device and for all devices of a tenant together.
 * Safe for any thread.
 */
public final class CodeGuesses {
  private final Guard guard;

  CodeGuesses(Guard guard) {
    this.guard = guard;
  }

  /** Lets a try in, counted as a wrong one; else in how many seconds to come again. */
  public int take(UUID tenant, UUID device) throws SQLException {
    return guard.take(subjects(tenant, device)).waitSeconds();
  }

  /** The try was right. */
  public void right(UUID tenant, UUID device) throws SQLException {
    guard.right(subjects(tenant, device));
  }

  private static List<Subject> subjects(UUID tenant, UUID device) {
    return List.of(
        new Subject(Subject.Kind.CODES_OF_DEVICE, device.toString()),
        new Subject(Subject.Kind.CODES_OF_TENANT, tenant.toString()));
  }
}
