package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A person decided on a change that the server had flagged, quarantined or superseded. The change's
 * entity is an id of the resolution's own. The first resolution of a change counts; a later one is
 * superseded.
 *
 * @param device whose change it is
 * @param batch the batch that the change came in
 * @param number the change's number on that device
 * @param decision what shall be
 * @param note why, in the words of whoever decided; may be empty
 */
public record VerdictResolved(
    UUID device, long batch, long number, Resolution decision, String note) implements ChangeBody {
  /** What a person decides on a change. */
  public enum Resolution {
    /** What was quarantined counts from now on. */
    ACCEPT,
    /** What was quarantined never counts. */
    REJECT,
    /** What was flagged or superseded was looked at, and stands. */
    SEEN
  }

  public VerdictResolved {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(decision, "decision");
    note = note == null ? "" : note;
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.VERDICT_RESOLVE);
  }
}
