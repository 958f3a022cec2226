package dev.countersign.server.review;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Rights;
import dev.countersign.server.account.AboveThemException;
import dev.countersign.server.account.Assignment;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.NotTheirsException;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.people.Acting;
import dev.countersign.server.people.Staff;
import dev.countersign.server.review.Review.Decision;
import dev.countersign.server.review.Review.Kind;
import dev.countersign.server.review.Review.Row;
import dev.countersign.server.signin.ApiKeys;
import dev.countersign.server.signin.Door;
import dev.countersign.server.signin.Standings.Standing;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Access is looked at again from time to time: everybody with rights and every key in use is a row,
 * and each row is decided once. Ending somebody, or giving them another role, is done in the same
 * transaction as the decision, within what whoever decides may do. Nobody decides about themselves
 * while there is somebody else who could.
 */
public final class Reviews {
  /** How often when nobody says, and after how long without use a right counts as unused. */
  public static final Duration RHYTHM = Duration.ofDays(90);

  private static final int LONGEST_DAYS = 366;

  private final ReviewTable table = new ReviewTable();
  private final People people;
  private final Staff staff;
  private final Door door;
  private final Journal journal;
  private final UuidV7 ids;

  public Reviews(People people, Staff staff, Door door, Journal journal, UuidV7 ids) {
    this.people = people;
    this.staff = staff;
    this.door = door;
    this.journal = journal;
    this.ids = ids;
  }

  /**
   * Whether it is time.
   *
   * @param days the rhythm
   * @param dueAt when the next review is to be closed
   * @param overdue true once that has passed
   * @param open the one under way, or null
   * @param undecided open rows of it
   */
  public record State(
      long days, Instant dueAt, boolean overdue, @Nullable UUID open, long undecided) {}

  /**
   * What is decided about a row.
   *
   * @param role the other role, for {@link Decision#CHANGE} alone
   * @param store where it counts, or null for all stores
   */
  public record Verdict(Decision decision, @Nullable String role, @Nullable UUID store) {}

  /**
   * How it stands.
   *
   * @param since when the business began, for one that never had a review
   */
  public State state(TenantScope scope, Instant since) throws SQLException {
    long days = table.days(scope).orElse(RHYTHM.toDays());
    Instant due = table.lastClosed(scope).orElse(since).plus(Duration.ofDays(days));
    Optional<Review> open = table.standing(scope);
    return new State(
        days,
        due,
        scope.clock().instant().isAfter(due),
        open.map(Review::id).orElse(null),
        open.map(Review::undecided).orElse(0L));
  }

  /** Every review there was, the newest first. */
  public List<Review> list(TenantScope scope) throws SQLException {
    return table.list(scope);
  }

  /**
   * One review.
   *
   * @throws NotTheirsException when there is none
   */
  public Review review(TenantScope scope, UUID id) throws SQLException {
    return table.find(scope, id).orElseThrow(NotTheirsException::new);
  }

  /** What a closed review's entry in the log is the hash of; empty for one that is open. */
  public Optional<String> evidence(TenantScope scope, UUID id) throws SQLException {
    return table.evidence(scope, id);
  }

  /** Says how often a review is to be closed. */
  public void setDays(TenantScope scope, Acting acting, long days) throws SQLException {
    requireReviewer(acting);
    if (days < 1 || days > LONGEST_DAYS) {
      throw new RefusedException("A review is due every 1 to 366 days.");
    }
    table.setDays(scope, days);
    journal.note(scope, acting.by(), "review.rhythm", scope.tenantId().toString(), days + " days");
  }

  /**
   * Opens a review.
   *
   * @throws RefusedException when there is one under way
   */
  public Review open(TenantScope scope, Acting acting) throws SQLException {
    requireReviewer(acting);
    if (table.standing(scope).isPresent()) {
      throw new RefusedException("There is a review under way; it is closed first.");
    }
    Review review =
        new Review(ids.next(), scope.clock().instant(), acting.by().who(), null, null, rows(scope));
    table.open(scope, review);
    journal.note(
        scope,
        acting.by(),
        "review.opened",
        review.id().toString(),
        review.rows().size() + " rows");
    return review;
  }

  /**
   * Decides a row and does what was decided.
   *
   * @throws NotTheirsException when there is no such row
   * @throws RefusedException when it is decided, or the verdict is none
   * @throws AboveThemException when it is about themselves, or ending or changing is not theirs
   */
  public void decide(TenantScope scope, Acting acting, UUID review, UUID subject, Verdict verdict)
      throws SQLException {
    requireReviewer(acting);
    Row row =
        review(scope, review).rows().stream()
            .filter(each -> each.subject().equals(subject))
            .findFirst()
            .orElseThrow(NotTheirsException::new);
    if (subject.toString().equals(acting.by().who()) && thereIsAnother(scope, subject)) {
      throw new AboveThemException("Somebody else decides about you.");
    }
    if ((verdict.decision() == Decision.CHANGE) != (verdict.role() != null)) {
      throw new RefusedException("A change, and nothing else, names another role.");
    }
    if (!table.decide(scope, review, subject, verdict.decision(), acting.by())) {
      throw new RefusedException("This row is decided.");
    }
    switch (row.kind()) {
      case PERSON -> carryOut(scope, acting, subject, verdict);
      case KEY -> carryOutForKey(scope, acting, subject, verdict);
    }
    journal.note(
        scope,
        acting.by(),
        "review.decided",
        subject.toString(),
        review + " " + verdict.decision());
  }

  /**
   * Closes a review; what it says is evidence from now on, and its hash is in the log.
   *
   * @throws RefusedException while a row is open, or when it is closed
   */
  public Review close(TenantScope scope, Acting acting, UUID id) throws SQLException {
    requireReviewer(acting);
    Review review = review(scope, id);
    if (!review.isOpen()) {
      throw new RefusedException("This review is closed.");
    }
    if (review.undecided() > 0) {
      throw new RefusedException(review.undecided() + " rows are not decided yet.");
    }
    Review closed =
        new Review(
            review.id(),
            review.openedAt(),
            review.openedBy(),
            scope.clock().instant(),
            acting.by().who(),
            review.rows());
    String evidence = ReviewTable.evidence(closed);
    table.close(scope, closed, evidence);
    String hash = Hash.of(evidence.getBytes(StandardCharsets.UTF_8)).toHex();
    journal.note(scope, acting.by(), "review.closed", id.toString(), "sha-256 " + hash);
    return closed;
  }

  /** Whoever left since the review was opened has been ended already. */
  private void carryOut(TenantScope scope, Acting acting, UUID person, Verdict verdict)
      throws SQLException {
    if (verdict.decision() != Decision.KEEP && !acting.rights().may(PermissionKey.USER_MANAGE)) {
      throw new AboveThemException("You do not change what people may do.");
    }
    boolean here = people.find(scope, person).filter(Person::active).isPresent();
    switch (verdict.decision()) {
      case KEEP -> {
        // Nothing changes.
      }
      case CHANGE ->
          staff.assign(
              scope, acting, person, verdict.store(), Objects.requireNonNull(verdict.role()));
      case END -> {
        if (here) {
          staff.leave(scope, acting, person);
        }
      }
    }
  }

  private void carryOutForKey(TenantScope scope, Acting acting, UUID id, Verdict verdict)
      throws SQLException {
    if (verdict.decision() == Decision.CHANGE) {
      throw new RefusedException("What a key may do never changes; end it and make another.");
    }
    if (verdict.decision() == Decision.KEEP) {
      return;
    }
    Instant now = scope.clock().instant();
    Optional<ApiKeys.ApiKey> live =
        door.keys().list(scope).stream()
            .filter(key -> key.id().equals(id) && key.isLive(now))
            .findFirst();
    if (live.isPresent()) {
      if (!acting.rights().mayEverywhere(PermissionKey.KEY_MANAGE)
          || !acting.rights().isUpTo(Rights.everywhere(live.get().role()))) {
        throw new AboveThemException("You do not end this key.");
      }
      door.keys().end(scope, acting.by(), id);
    }
  }

  private boolean thereIsAnother(TenantScope scope, UUID person) throws SQLException {
    return people.rights(scope).entrySet().stream()
        .anyMatch(
            entry ->
                !entry.getKey().equals(person)
                    && entry.getValue().mayEverywhere(PermissionKey.ACCESS_REVIEW));
  }

  private List<Row> rows(TenantScope scope) throws SQLException {
    Instant now = scope.clock().instant();
    List<Row> rows = new ArrayList<>();
    Map<UUID, Standing> standings = door.standings().all(scope);
    Map<UUID, Rights> rights = people.rights(scope);
    for (Person person : people.list(scope)) {
      if (!rights.getOrDefault(person.id(), Rights.NONE).isNone()) {
        Instant signedIn = standings.getOrDefault(person.id(), Standing.NONE).lastSignIn();
        Instant used = later(signedIn, person.lastAct());
        rows.add(row(person.id(), Kind.PERSON, roles(scope, person.id()), used, now));
      }
    }
    for (ApiKeys.ApiKey key : door.keys().list(scope)) {
      if (key.isLive(now)) {
        rows.add(row(key.id(), Kind.KEY, key.scope(), key.used(), now));
      }
    }
    return rows;
  }

  /** Whoever is newer than the rhythm has had no time to be unused. */
  private static Row row(
      UUID id, Kind kind, List<String> rights, @Nullable Instant used, Instant now) {
    Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    Instant last = used == null ? made : used;
    boolean unused = last.isBefore(now.minus(RHYTHM));
    return new Row(id, kind, rights, used, unused, null, null, null);
  }

  private List<String> roles(TenantScope scope, UUID person) throws SQLException {
    return people.assignments(scope, person).stream().map(Reviews::text).toList();
  }

  private static String text(Assignment role) {
    return role.store() == null ? role.role() : role.role() + " in " + role.store();
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .orElse(null);
  }

  private static void requireReviewer(Acting acting) {
    if (!acting.rights().mayEverywhere(PermissionKey.ACCESS_REVIEW)) {
      throw new AboveThemException("A review is of all stores; you do not review all.");
    }
  }
}
