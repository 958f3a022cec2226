package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.sale.CardNumberRefusedException;
import dev.countersign.common.sale.CardNumbers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The receipts that customers asked for by e-mail and that have not been sent. An address is kept
 * no longer than it is needed. Safe for any thread.
 */
public final class MailBook {
  /** As long as the longest path in SMTP (RFC 5321, section 4.5.3.1.3), without its brackets. */
  public static final int LONGEST_ADDRESS = 254;

  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^\\s@<>,;:\"()\\[\\]\\\\]{1,64}@[^\\s@<>,;:\"()\\[\\]\\\\]+\\.[^\\s@<>,;:\"()\\[\\]\\\\]{2,}");
  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 7;

  /** Nobody waits longer for a receipt, and no address is kept longer for one. */
  private static final Duration LONGEST = Duration.ofDays(3);

  private final TillStore store;
  private final Books books;
  private final UuidV7 ids;
  private final InstantSource clock;

  MailBook(TillStore store, Books books, UuidV7 ids, InstantSource clock) {
    this.store = store;
    this.books = books;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A receipt that is owed to somebody.
   *
   * @param tries how often sending was tried
   */
  public record Owed(UUID id, CompletedSale sale, String address, int tries) {}

  private record Row(UUID id, UUID sale, String address, int tries) {}

  /** True for what looks like an address: one person at a host with a dot in it. */
  public static boolean isAddress(String text) {
    return text.length() <= LONGEST_ADDRESS && ADDRESS.matcher(text).matches();
  }

  /**
   * Owes this receipt to this address; durable when it returns.
   *
   * @throws IllegalArgumentException when it is no address
   * @throws CardNumberRefusedException when a card number stands in it
   */
  public void owe(UUID sale, String address) {
    if (CardNumbers.isIn(address)) {
      throw new CardNumberRefusedException();
    }
    if (!isAddress(address)) {
      throw new IllegalArgumentException("not an e-mail address");
    }
    store.write(
        db ->
            db.update(
                "INSERT INTO mail_owed (id, sale, address, next_at) VALUES (?, ?, ?, ?)",
                ids.next(),
                sale,
                address,
                clock.instant()));
  }

  /** Those whose time to be tried has come, the oldest first. */
  public List<Owed> due() {
    List<Row> rows =
        store.read(
            db ->
                db.list(
                    "SELECT id, sale, address, tries FROM mail_owed WHERE next_at <= ?"
                        + " ORDER BY next_at",
                    row -> new Row(row.uuid(1), row.uuid(2), row.text(3), (int) row.integer(4)),
                    clock.instant()));
    return rows.stream()
        .flatMap(
            row ->
                books.sale(row.sale()).stream()
                    .map(sale -> new Owed(row.id(), sale, row.address(), row.tries())))
        .toList();
  }

  /** How many have not been sent, and what the last failure was. */
  public Optional<Waiting> waiting() {
    return store
        .read(
            db ->
                db.first(
                    "SELECT count(*), coalesce(max(said), '') FROM mail_owed",
                    row -> new Waiting((int) row.integer(1), row.text(2))))
        .filter(waiting -> waiting.count() > 0);
  }

  /**
   * What waits.
   *
   * @param said by the mail server, in English; empty before the first failure
   */
  public record Waiting(int count, String said) {}

  /** It is with the mail server: the address is forgotten. */
  public void sent(UUID id) {
    store.write(db -> db.update("DELETE FROM mail_owed WHERE id = ?", id));
  }

  /** It was refused for good: nobody tries again. */
  public void refused(UUID id) {
    sent(id);
  }

  /** True when this was promised so long ago that nobody tries again. */
  public boolean isTooLate(Owed owed) {
    // An id of version 7 begins with the milliseconds it was made at.
    Instant promised = Instant.ofEpochMilli(owed.id().getMostSignificantBits() >>> 16);
    return promised.plus(LONGEST).isBefore(clock.instant());
  }

  /**
   * It is tried now, and counts as tried whatever happens to the till meanwhile; durable when it
   * returns. Each try waits twice as long for the next, an hour at most.
   */
  public void trying(UUID id, int triesBefore) {
    store.write(
        db ->
            db.update(
                "UPDATE mail_owed SET tries = ?, next_at = ? WHERE id = ?",
                triesBefore + 1,
                next(triesBefore),
                id));
  }

  private Instant next(int triesBefore) {
    return clock
        .instant()
        .plus(FIRST_WAIT.multipliedBy(1L << Math.min(triesBefore, MOST_DOUBLINGS)));
  }

  /** It did not work this time; each time waits twice as long, an hour at most. */
  public void failed(UUID id, int triesBefore, String said) {
    store.write(
        db ->
            db.update(
                "UPDATE mail_owed SET tries = ?, next_at = ?, said = ? WHERE id = ?",
                triesBefore + 1,
                next(triesBefore),
                said,
                id));
  }
}
