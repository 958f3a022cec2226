package dev.countersign.client.sync;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The server's answers about reviews of access, keys of programs and the operator's access, as far
 * as the office reads them.
 */
public final class OversightForms {
  private OversightForms() {}

  /**
   * Whether it is time for a review.
   *
   * @param days how often there is one
   * @param open the review under way, or null
   * @param undecided open rows of it
   */
  public record ReviewState(
      long days, Instant dueAt, boolean overdue, @Nullable UUID open, long undecided) {}

  /** One line of the list. */
  public record ReviewHead(
      UUID id, Instant openedAt, @Nullable Instant closedAt, long rows, long undecided) {}

  /** Whether it is time, and all there were. */
  public record Reviews(ReviewState state, @Nullable List<ReviewHead> reviews) {
    public List<ReviewHead> all() {
      return reviews == null ? List.of() : reviews;
    }
  }

  /**
   * One person or key, as it stood when the review was opened.
   *
   * @param kind {@code PERSON} or {@code KEY}
   * @param rights a role with its place, or a permission of a key
   * @param decision {@code KEEP}, {@code CHANGE}, {@code END}, or null while it is open
   */
  public record ReviewRow(
      UUID subject,
      String kind,
      @Nullable List<String> rights,
      @Nullable Instant lastUsed,
      boolean unused,
      @Nullable String decision,
      @Nullable Instant decidedAt) {
    public List<String> all() {
      return rights == null ? List.of() : rights;
    }
  }

  /**
   * A row with today's name.
   *
   * @param name null when it is not known any more
   * @param dangers codes of what it could do alone
   * @param decidedBy the name of whoever decided
   */
  public record NamedRow(
      @Nullable String name,
      ReviewRow row,
      @Nullable List<String> dangers,
      @Nullable String decidedBy) {
    public List<String> alone() {
      return dangers == null ? List.of() : dangers;
    }
  }

  /**
   * A review.
   *
   * @param hash SHA-256 of the evidence, hexadecimal; null while it is open
   */
  public record Review(
      UUID id,
      Instant openedAt,
      @Nullable Instant closedAt,
      long undecided,
      @Nullable List<NamedRow> rows,
      @Nullable String openedByName,
      @Nullable String closedByName,
      @Nullable String hash) {
    public List<NamedRow> all() {
      return rows == null ? List.of() : rows;
    }
  }

  /**
   * A key of a program.
   *
   * @param permissions permission keys
   * @param address the network addresses that may use it; empty for all
   * @param used the last request, or null
   * @param madeBy a name, or null when it is not known
   * @param live false once it has ended
   */
  public record Key(
      UUID id,
      String name,
      @Nullable List<String> permissions,
      @Nullable String address,
      Instant created,
      Instant expires,
      @Nullable Instant used,
      @Nullable String madeBy,
      boolean live) {
    public List<String> scope() {
      return permissions == null ? List.of() : permissions;
    }
  }

  /**
   * All of them.
   *
   * @param grantable what whoever asks can give a key
   */
  public record Keys(@Nullable List<Key> keys, @Nullable List<String> grantable) {
    public List<Key> all() {
      return keys == null ? List.of() : keys;
    }

    public List<String> scopes() {
      return grantable == null ? List.of() : grantable;
    }
  }

  /** A key that was just made; its text is shown this once. */
  public record NewKey(UUID id, String key, Instant expires) {
    @Override
    public String toString() {
      return "NewKey[" + id + ", ••••]";
    }
  }

  /** One command that an approval let through. */
  public record Use(Instant at, String command) {}

  /**
   * What the operator asked for, and where it stands.
   *
   * @param hours how long it is for
   * @param write true when it is for changing something as well
   * @param state {@code ASKED}, {@code APPROVED}, {@code REFUSED}, {@code ENDED} or {@code
   *     UNANSWERED}
   * @param decidedByName the name of whoever answered
   */
  public record Access(
      UUID id,
      Instant askedAt,
      String reason,
      int hours,
      boolean write,
      boolean ownerLockedOut,
      String state,
      @Nullable Instant decidedAt,
      @Nullable Instant expires,
      long uses,
      @Nullable String decidedByName,
      @Nullable List<Use> history) {
    public List<Use> done() {
      return history == null ? List.of() : history;
    }
  }

  /**
   * All of it.
   *
   * @param operator {@code CLOSED}, {@code SELF_RUN} or {@code SETTING_UP}
   */
  public record Support(String operator, @Nullable List<Access> access) {
    public List<Access> all() {
      return access == null ? List.of() : access;
    }
  }
}
