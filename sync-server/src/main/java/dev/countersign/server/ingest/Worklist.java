package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.FeedBody.QuestionItem;
import dev.countersign.common.protocol.FeedBody.ResolutionItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.ingest.JudgedBatch.Judged;
import dev.countersign.server.ingest.ReadChange.Readable;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a person: every change that was not plainly accepted, and what was decided on it.
 * The back offices of the store get it by the feed, so that the list is there without the server.
 */
final class Worklist {
  private static final int LONGEST = 200;

  private final SaleFeed feed;

  Worklist(SaleFeed feed) {
    this.feed = feed;
  }

  /**
   * Puts a change on the list.
   *
   * @param register the name of the device's register, empty for an office
   */
  void ask(
      TenantScope scope,
      Books.Origin origin,
      String register,
      Judged judged,
      Ground ground,
      Instant received)
      throws SQLException {
    String type = "unreadable";
    Change change = null;
    if (judged.read() instanceof Readable readable) {
      change = readable.change();
      type = change.type().wireName();
    }
    SaleCompleted sale =
        change != null && change.body() instanceof SaleCompleted body ? body : null;
    Judgement judgement = judged.judgement();
    long number = judged.read().number();
    scope
        .db()
        .update(
            """
            INSERT INTO question (device, batch, change_number, verdict, code, type, entity, actor,
              at, total, received)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """,
            origin.device(),
            origin.batch(),
            number,
            judgement.verdict().name(),
            judgement.code(),
            type,
            change == null ? null : change.entity(),
            change == null ? null : change.actor(),
            change == null ? null : storable(change.at()),
            total(change),
            received);
    boolean mayShow = !judgement.code().equals(Judge.CARD_NUMBER);
    feed.tell(
        scope,
        itemId(origin.device(), origin.batch(), number),
        origin.post().store(),
        new QuestionItem(
            origin.device(),
            register,
            origin.batch(),
            number,
            type,
            judgement.verdict().name(),
            judgement.code(),
            received,
            change == null ? null : storable(change.at()),
            change == null ? "" : nameOf(ground, change.actor()),
            sale == null || !mayShow ? "" : shown(sale.receipt()),
            total(change),
            change == null || !mayShow ? List.of() : edits(change, ground),
            judgement.verdict() == Verdict.QUARANTINED && Judge.isAcceptable(judgement.code()),
            null,
            "",
            null,
            "",
            change == null || !mayShow ? null : reported(change)));
  }

  /** Writes a person's decision, and tells the offices and the device that it concerns. */
  void decide(TenantScope scope, Questions.Decided decided, Instant received) throws SQLException {
    Questions.Key key = decided.key();
    Resolution decision = decided.body().decision();
    scope
        .db()
        .update(
            """
            UPDATE question SET decision = ?, decided_by = ?, decided_at = ?, note = ?
            WHERE device = ? AND batch = ? AND change_number = ? AND decision IS NULL\
            """,
            decision.name(),
            decided.by().actor(),
            received,
            decided.body().note(),
            key.device(),
            key.batch(),
            key.number());
    UUID item = itemId(key.device(), key.batch(), key.number());
    Optional<UUID> store =
        scope.db().first("SELECT store FROM device WHERE id = ?", row -> row.uuid(1), key.device());
    if (store.isEmpty()) {
      return;
    }
    Optional<QuestionItem> asked = feed.question(scope, item);
    if (asked.isPresent()) {
      feed.tell(
          scope,
          item,
          store.get(),
          asked.get().decided(decision.name(), decided.byName(), received, decided.body().note()));
    }
    feed.tell(
        scope, item, store.get(), new ResolutionItem(key.device(), key.number(), decision.name()));
  }

  private static @Nullable Long total(@Nullable Change change) {
    if (change == null) {
      return null;
    }
    return switch (change.body()) {
      case SaleCompleted sale -> (Long) sale.total();
      case CreditIssued credit -> (Long) credit.amount();
      case PaymentReturned payment -> (Long) payment.amount();
      case SaleParked parked -> (Long) parked.basket().total();
      default -> null;
    };
  }

  private static List<QuestionItem.Edited> edits(Change change, Ground ground) {
    if (!(change.body() instanceof ProductChanged body)) {
      return List.of();
    }
    return body.fields().stream()
        .map(
            edit ->
                new QuestionItem.Edited(
                    change.entity(),
                    edit.field().name(),
                    shown(edit.from()),
                    shown(edit.to()),
                    shown(
                        ground
                            .product(change.entity())
                            .map(product -> ProductRules.held(product, edit.field()))
                            .orElse(""))))
        .toList();
  }

  private static QuestionItem.@Nullable Reported reported(Change change) {
    return change.body() instanceof SuspicionReported report
        ? new QuestionItem.Reported(report.kind().name(), report.note())
        : null;
  }

  /** Named by what it is about, so that deciding finds it again. */
  private static UUID itemId(UUID device, long batch, long number) {
    byte[] name =
        ("countersign question\n" + device + "\n" + batch + "\n" + number)
            .getBytes(StandardCharsets.UTF_8);
    return Hash.of(name).toUuid();
  }

  /** A time that no column can hold is none. */
  private static @Nullable Instant storable(Instant at) {
    return Judge.isTime(at) ? at : null;
  }

  private static String nameOf(Ground ground, UUID person) {
    return ground.person(person).map(Ground.Person::name).orElse("");
  }

  private static String shown(@Nullable String text) {
    return text == null ? "" : text.substring(0, Math.min(text.length(), LONGEST));
  }
}
