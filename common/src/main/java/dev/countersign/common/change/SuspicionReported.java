package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody noticed something that should not be, at a till or in an office. The change's entity is
 * an id of the report's own. Nobody needs a right for it, and the server puts every one before a
 * manager.
 *
 * @param register where it was noticed; null for an office
 * @param kind what it is about
 * @param note in the words of whoever noticed it; may be empty, at most {@link #LONGEST_NOTE}
 *     characters
 */
public record SuspicionReported(UUID store, @Nullable UUID register, Kind kind, String note)
    implements ChangeBody {
  /** Longer belongs into a conversation. */
  public static final int LONGEST_NOTE = 300;

  /** What somebody noticed. */
  public enum Kind {
    /** Somebody asked for a PIN or a password, or has seen it. */
    SECRET_ASKED,
    /** Something is plugged in or built on that was not there before. */
    STRANGE_DEVICE,
    /** It shows or does what nobody did. */
    STRANGE_BEHAVIOUR,
    /** It was gone, opened, or somebody was at it who should not be. */
    TOUCHED,
    /** Somebody wants to have something done with it by telephone or e-mail. */
    STRANGE_CALL,
    OTHER
  }

  public SuspicionReported {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(kind, "kind");
    note = note == null ? "" : note;
    if (note.length() > LONGEST_NOTE) {
      throw new IllegalArgumentException("a note of " + note.length() + " characters");
    }
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of();
  }
}
