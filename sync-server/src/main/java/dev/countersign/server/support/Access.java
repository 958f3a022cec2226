package dev.countersign.server.support;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the operator asked an owner for, and what became of it.
 *
 * @param writing true when it is for changing something; else for reading alone
 * @param lockedOut true when it says that no owner can sign in any more
 * @param decidedBy the owner's id; null while nobody has answered
 * @param expires null unless it was approved
 * @param uses how many commands it let through
 */
public record Access(
    UUID id,
    Instant askedAt,
    String reason,
    int hours,
    boolean writing,
    boolean lockedOut,
    @Nullable Decision decision,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable Instant expires,
    long uses) {
  /** How long somebody has to answer. */
  public static final Duration OPEN = Duration.ofHours(72);

  /** How long a lost owner may be helped after nobody answered. */
  public static final Duration HELP = Duration.ofHours(24);

  /** An owner's answer. */
  public enum Decision {
    APPROVED,
    REFUSED
  }

  /** Where it stands. */
  public enum State {
    ASKED,
    APPROVED,
    REFUSED,
    /** Its time is over, or nobody answered in time. */
    ENDED,
    /** Nobody answered the request of an owner who is locked out: they may be let in again. */
    UNANSWERED
  }

  public State state(Instant now) {
    if (decision == Decision.REFUSED) {
      return State.REFUSED;
    }
    if (expires != null) {
      return now.isBefore(expires) ? State.APPROVED : State.ENDED;
    }
    Instant answerBy = askedAt.plus(OPEN);
    if (now.isBefore(answerBy)) {
      return State.ASKED;
    }
    return lockedOut && now.isBefore(answerBy.plus(HELP)) ? State.UNANSWERED : State.ENDED;
  }
}
