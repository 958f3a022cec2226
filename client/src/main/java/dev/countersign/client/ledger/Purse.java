package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.CreditAllotment;
import dev.countersign.common.protocol.Credits;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sql.Db;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What the server keeps for this till of gift cards and store credit, what this till asks for and
 * gives back, and the cards that are to be handed over. Never more is spent than was reserved, also
 * after a power cut: what is spent is taken off in the transaction of its sale. Safe for any
 * thread.
 */
public final class Purse {
  private final TillStore store;
  private final Enrolled enrolled;
  private final UuidV7 ids;
  private final SecureRandom random;
  private final CardBalances balances;

  Purse(TillStore store, Enrolled enrolled, UuidV7 ids, SecureRandom random) {
    this.store = store;
    this.enrolled = enrolled;
    this.ids = ids;
    this.random = random;
    this.balances = new CardBalances(store);
  }

  /** What is known to be on cards. */
  public CardBalances balances() {
    return balances;
  }

  /** What may be spent now, whether there is a network or not; what ends first stands first. */
  public List<CreditHolding> holdings(Instant now) {
    return store.read(
        db ->
            db.list(
                "SELECT id, account, kind, amount - spent - returned, until FROM credit_allotment"
                    + " WHERE amount > spent + returned AND until > ? ORDER BY until, id",
                row ->
                    new CreditHolding(
                        row.uuid(1),
                        row.uuid(2),
                        CreditKind.valueOf(row.text(3)),
                        money(row.integer(4)),
                        row.instant(5)),
                now));
  }

  /** What may be spent now of the account that a code opens; what ends first stands first. */
  public List<CreditHolding> holdings(CreditCode code, Instant now) {
    Set<UUID> opened =
        Set.copyOf(
            store.read(
                db ->
                    db.list(
                        "SELECT id FROM credit_allotment WHERE opens = ?",
                        row -> row.uuid(1),
                        opens(code.text()))));
    return holdings(now).stream().filter(held -> opened.contains(held.id())).toList();
  }

  /** The code is money: what is kept of it finds the account and opens none. */
  private byte[] opens(String code) {
    return CreditCode.parse(code).orElseThrow().hash(enrolled.tenant()).bytes();
  }

  /** Gives back what is left of an account; from here on it cannot be spent here. */
  public void release(UUID account, Instant now) {
    holdings(now).stream()
        .filter(held -> held.account().equals(account))
        .forEach(held -> giveBack(held.id()));
  }

  /**
   * What is to be sent to have a part of an account. It is kept before it is sent: when the answer
   * is lost, the same wish is the same request.
   *
   * @param amount above 0
   */
  public Credits.Ask wish(CreditCode code, Money amount) {
    return store.write(
        db -> {
          Optional<UUID> pending =
              db.first(
                  "SELECT request FROM credit_wish WHERE code = ? AND amount = ?",
                  row -> row.uuid(1),
                  code.text(),
                  amount.minor());
          UUID request = pending.orElseGet(ids::next);
          if (pending.isEmpty()) {
            db.update(
                "INSERT INTO credit_wish (request, code, amount) VALUES (?, ?, ?)",
                request,
                code.text(),
                amount.minor());
          }
          return new Credits.Ask(request, code.text(), amount.minor());
        });
  }

  /** What was asked for and not answered, the oldest first. */
  public List<Credits.Ask> wishes() {
    return store.read(
        db ->
            db.list(
                "SELECT request, code, amount FROM credit_wish ORDER BY rowid",
                row -> new Credits.Ask(row.uuid(1), row.text(2), row.integer(3))));
  }

  /** A request was answered, with nothing to hold. */
  public void forget(UUID request) {
    store.write(db -> db.update("DELETE FROM credit_wish WHERE request = ?", request));
  }

  /**
   * Takes what the server reserved. The same allotment again changes nothing. Its time begins when
   * it comes, by this device's clock: one that is wrong ends nothing.
   *
   * @param envelope as it came
   * @param serverKey the one in use
   * @param now by this device's clock
   * @return empty when it is not the server's word, or not about what was asked
   */
  public Optional<CreditHolding> take(
      Credits.Ask ask, byte[] envelope, VerifyKey serverKey, Instant now) {
    Optional<CreditAllotment> genuine = genuine(ask, envelope, serverKey);
    if (genuine.isEmpty()) {
      return Optional.empty();
    }
    CreditAllotment allotment = genuine.get();
    Instant until = now.plus(Duration.between(allotment.made(), allotment.until()));
    return store.write(
        db -> {
          db.update("DELETE FROM credit_wish WHERE request = ?", ask.request());
          db.update(
              "INSERT INTO credit_allotment (id, account, opens, kind, amount, until, envelope)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
              allotment.id(),
              allotment.account(),
              opens(ask.code()),
              allotment.kind().name(),
              allotment.amount(),
              until,
              envelope);
          return db.first(
              "SELECT amount - spent - returned, until FROM credit_allotment WHERE id = ?",
              row ->
                  new CreditHolding(
                      allotment.id(),
                      allotment.account(),
                      allotment.kind(),
                      money(row.integer(1)),
                      row.instant(2)),
              allotment.id());
        });
  }

  private Optional<CreditAllotment> genuine(Credits.Ask ask, byte[] envelope, VerifyKey serverKey) {
    try {
      Envelope sealed = Envelope.decode(envelope);
      if (!sealed.payloadType().equals(CreditAllotment.PAYLOAD_TYPE)
          || !sealed.verifiedBy(serverKey)) {
        return Optional.empty();
      }
      CreditAllotment allotment = Json.decodeKnown(sealed.payload(), CreditAllotment.class);
      boolean asked =
          allotment.hasAll()
              && enrolled.tenant().equals(allotment.tenant())
              && enrolled.device().equals(allotment.device())
              && enrolled.currency().getCurrencyCode().equals(allotment.currency())
              && ask.request().equals(allotment.request())
              && ask.amount() == allotment.amount();
      return asked ? Optional.of(allotment) : Optional.empty();
    } catch (EnvelopeFormatException | JacksonException _) {
      return Optional.empty();
    }
  }

  /** Gives back what is left of one allotment; from here on it cannot be spent. */
  public void giveBack(UUID allotment) {
    giveBack(
        "SELECT id, account, amount - spent - returned FROM credit_allotment"
            + " WHERE amount > spent + returned AND id = ?",
        allotment);
  }

  /** Gives back what is left of whatever has come to its end. */
  public void giveBackEnded(Instant now) {
    giveBack(
        "SELECT id, account, amount - spent - returned FROM credit_allotment"
            + " WHERE amount > spent + returned AND until <= ?",
        now);
  }

  private record Left(UUID allotment, UUID account, long amount) {}

  private void giveBack(String left, Object of) {
    List<Left> found =
        store.read(
            db -> db.list(left, row -> new Left(row.uuid(1), row.uuid(2), row.integer(3)), of));
    if (found.isEmpty()) {
      return;
    }
    store.write(
        db -> {
          // Looked at again: a sale may have come between.
          for (Left each :
              db.list(left, row -> new Left(row.uuid(1), row.uuid(2), row.integer(3)), of)) {
            db.update(
                "UPDATE credit_allotment SET returned = returned + ? WHERE id = ?",
                each.amount(),
                each.allotment());
            db.update(
                "INSERT INTO credit_return (id, account, amount) VALUES (?, ?, ?)",
                ids.next(),
                each.account(),
                each.amount());
          }
          return true;
        });
  }

  /** What was given back and the server has not heard of, the oldest first. */
  public List<Credits.Return> returns() {
    return store.read(
        db ->
            db.list(
                "SELECT id, account, amount FROM credit_return ORDER BY rowid",
                row -> new Credits.Return(row.uuid(1), row.uuid(2), row.integer(3))));
  }

  /** The server has heard of it. */
  public void returned(UUID id) {
    store.write(db -> db.update("DELETE FROM credit_return WHERE id = ?", id));
  }

  /** The cards and slips that are to be printed and handed over, the oldest first. */
  public List<CreditSlip> slips() {
    return store.read(
        db ->
            db.list(
                "SELECT account, kind, code, amount, sale FROM credit_slip"
                    + " WHERE code IS NOT NULL ORDER BY rowid",
                row ->
                    new CreditSlip(
                        row.uuid(1),
                        CreditKind.valueOf(row.text(2)),
                        row.text(3),
                        money(row.integer(4)),
                        row.uuidOrNull(5))));
  }

  /** The customer has the paper: the code is forgotten here. */
  public void handedOver(UUID account) {
    store.write(db -> db.update("UPDATE credit_slip SET code = NULL WHERE account = ?", account));
  }

  /** A new account with a code of its own; nothing is written yet. */
  CreditSlip slip(UUID account, CreditKind kind, Money amount, @Nullable UUID sale) {
    return new CreditSlip(account, kind, CreditCode.make(random).text(), amount, sale);
  }

  /** What the server may know of a slip's code. */
  String opens(CreditSlip slip) {
    return CreditCode.parse(slip.code()).orElseThrow().hash(enrolled.tenant()).toHex();
  }

  void keep(Db db, CreditSlip slip) throws SQLException {
    db.update(
        "INSERT INTO credit_slip (account, kind, code, amount, sale) VALUES (?, ?, ?, ?, ?)",
        slip.account(),
        slip.kind().name(),
        slip.code(),
        slip.amount().minor(),
        slip.sale());
  }

  /** Whether this till has opened an account, or held something of it. */
  boolean knows(Db db, UUID account) throws SQLException {
    return db.first(
            "SELECT 1 FROM credit_slip WHERE account = ?"
                + " UNION SELECT 1 FROM credit_allotment WHERE account = ?",
            row -> true,
            account,
            account)
        .isPresent();
  }

  /**
   * Takes what is paid from what is held, within the sale's transaction.
   *
   * @throws ActRefusedException when less is held, or it is of another kind: nothing is guessed
   */
  void spend(Db db, List<Tender> tenders, Instant now) throws SQLException {
    for (Tender tender : tenders) {
      if (tender instanceof CreditTender credit && credit.amount().isPositive()) {
        spend(db, credit, now);
      }
    }
  }

  private void spend(Db db, CreditTender credit, Instant now) throws SQLException {
    long open = credit.amount().minor();
    List<Left> held =
        db.list(
            "SELECT id, account, amount - spent - returned FROM credit_allotment"
                + " WHERE account = ? AND kind = ? AND amount > spent + returned AND until > ?"
                + " ORDER BY until, id",
            row -> new Left(row.uuid(1), row.uuid(2), row.integer(3)),
            credit.account(),
            credit.credit().name(),
            now);
    for (Left each : held) {
      long part = Math.min(open, each.amount());
      if (part > 0) {
        db.update(
            "UPDATE credit_allotment SET spent = spent + ? WHERE id = ?", part, each.allotment());
        open -= part;
      }
    }
    if (open > 0) {
      throw new ActRefusedException(Reason.CREDIT_NOT_RESERVED);
    }
  }

  private Money money(long minor) {
    return Money.of(minor, enrolled.currency());
  }
}
