package dev.countersign.server.ingest;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerChanged;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.change.DrawerCounted;
import dev.countersign.common.change.DrawerOpened;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.change.PriceListWritten;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.PromotionWritten;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.change.SaleRecalled;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.TaxWritten;
import dev.countersign.common.change.TrainingSwitched;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.tax.Tax;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides on changes. Pure: everything it knows is handed in. What is wrong in itself is
 * quarantined under the first reason found; what is right but strange is flagged under every reason
 * found. A clock is never a reason to refuse.
 */
public final class Judge {
  static final String REVOKED = "device-revoked";
  static final String WIPED = "device-wiped";
  static final String MALFORMED = "malformed";
  static final String CARD_NUMBER = "card-number";
  static final String GOVERNMENT_ID = "government-id";
  static final String UNKNOWN_ACTOR = "unknown-actor";
  static final String NOT_PERMITTED = "not-permitted";
  static final String WRONG_REGISTER = "wrong-register";
  static final String SUMS = "sums-do-not-agree";
  static final String OUT_OF_RANGE = "amount-out-of-range";
  static final String DUPLICATE = "duplicate";
  static final String SERIES = "receipt-series";
  static final String RECEIPT_USED = "receipt-used";
  static final String RECEIPT_GAP = "receipt-gap";
  static final String RECEIPT_LATE = "receipt-late";
  static final String NO_SHIFT = "no-shift";
  static final String CLOCK_AHEAD = "clock-ahead";
  static final String OLD = "old";
  static final String UNKNOWN_PRODUCT = "unknown-product";

  /** Goods of another store than the device's. */
  static final String WRONG_STORE = "wrong-store";

  /** Somebody counted the same goods later. */
  static final String COUNTED_LATER = "counted-later";

  /** A change for a shift whose Z report had been made. */
  static final String SHIFT_CLOSED = "shift-closed";

  /** The till's figures of a shift are not what came of it here. */
  static final String SHIFT_SUMS = "shift-sums";

  /** A drawer off by more than the store's limit, with nobody's word who may answer for it. */
  static final String DIFFERENCE = "difference-limit";

  /** A drawer that was counted again without anybody's word. */
  static final String COUNTED_AGAIN = "counted-again";

  static final String LOG_CONTRADICTED = "log-contradicted";

  /** Nothing of this store was questioned under this number. */
  static final String UNKNOWN_CHANGE = "unknown-change";

  /** A decision that does not fit the verdict, or that nobody can take. */
  static final String CANNOT_DECIDE = "cannot-decide";

  /** Somebody decided before. */
  static final String DECIDED_BEFORE = "decided-before";

  /** Whoever did it decided on it. */
  static final String OWN_CHANGE = "own-change";

  /** What stands against a change that a person may wave through. */
  private static final Set<String> ACCEPTABLE =
      Set.of(
          REVOKED,
          WIPED,
          UNKNOWN_ACTOR,
          NOT_PERMITTED,
          Warrant.WITHDRAWN,
          RefundRules.ORIGINAL_UNKNOWN,
          RefundRules.EXCEEDS);

  /** Above this, in minor units, no amount is believed; sums of many stay far from overflow. */
  static final long LARGEST_AMOUNT = 1_000_000_000_000L;

  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);
  private static final Duration OLD_AFTER = Duration.ofDays(7);
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 9999;
  private static final Instant FIRST_INSTANT = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999Z");

  /**
   * Decides on one change of a device.
   *
   * @param received when the server received the batch
   */
  public Judgement judge(Change change, Post post, Ground ground, Instant received) {
    return judge(change, FirstLook.at(change), post, ground, received);
  }

  /** The same when the change was looked at before. */
  Judgement judge(Change change, FirstLook look, Post post, Ground ground, Instant received) {
    ChangeBody body = change.body();
    String cutOff = post.cutOff();
    if (cutOff != null) {
      return Judgement.quarantined(cutOff);
    }
    if (!look.sound()) {
      return Judgement.quarantined(MALFORMED);
    }
    if (look.texts().cardNumber()) {
      return Judgement.quarantined(CARD_NUMBER);
    }
    List<String> flags = new ArrayList<>(0);
    switch (Warrant.of(change, ground)) {
      case Warrant.Missing(String code) -> {
        return Judgement.quarantined(code);
      }
      case Warrant.Given(List<String> found) -> flags.addAll(found);
    }
    if (body instanceof SaleCompleted sale) {
      Optional<String> refused = RefundRules.check(change, sale, ground, flags);
      refused = refused.isPresent() ? refused : DepositRules.check(change, sale, ground, flags);
      if (refused.isPresent()) {
        return Judgement.quarantined(refused.get());
      }
    }
    return fact(change, look, post, ground, received, flags);
  }

  /** Whether a person may make count what is quarantined for this reason. */
  static boolean isAcceptable(String code) {
    return ACCEPTABLE.contains(code);
  }

  /**
   * Decides on a change that a person accepts: nothing that they can answer for stands in its way,
   * but what is wrong in itself stays wrong.
   *
   * @param post of the device that made it, with nothing cut off
   */
  Judgement reconsider(Change change, Post post, Ground ground, Instant received) {
    FirstLook look = FirstLook.at(change);
    if (!look.sound()) {
      return Judgement.quarantined(MALFORMED);
    }
    if (look.texts().cardNumber()) {
      return Judgement.quarantined(CARD_NUMBER);
    }
    List<String> flags = new ArrayList<>(List.of("accepted-by-person"));
    return fact(change, look, post, ground, received, flags);
  }

  private static Judgement fact(
      Change change,
      FirstLook look,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    return switch (change.body()) {
      case SaleCompleted sale -> sale(change, sale, look, post, ground, received, flags);
      case ShiftOpened shift -> ShiftRules.opened(change, shift, post, ground, received, flags);
      case ShiftClosed shift -> ShiftRules.closed(change, shift, post, ground, received, flags);
      case CashMoved cash -> ShiftRules.moved(change, cash, post, ground, received, flags);
      case DrawerOpened drawer -> ShiftRules.opened(change, drawer, post, ground, received, flags);
      case DrawerCounted count -> ShiftRules.counted(change, count, post, ground, received, flags);
      case BasketVoided basket -> ShiftRules.voided(change, basket, post, ground, received, flags);
      case PaymentReturned payment ->
          PaymentRules.returned(change, payment, post, ground, received, flags);
      case ProductChanged body -> ProductRules.changed(change, body, ground, received, flags);
      case CreditIssued credit -> CreditRules.issued(change, credit, post, ground, received, flags);
      case PromotionWritten body -> written(change, body, ground, received, flags);
      case PriceListWritten body -> written(change, body, ground, received, flags);
      case TaxWritten(Tax tax) -> TaxRules.written(change, tax, ground, received, flags);
      case CustomerTermsWritten body ->
          CustomerRules.granted(change, body, ground, received, flags);
      case CustomerAdded body -> CustomerRules.added(change, body, ground, received, flags);
      case CustomerChanged body -> CustomerRules.changed(change, body, ground, received, flags);
      case VerdictResolved resolved -> resolved(change, resolved, ground, received, flags);
      case StockMoved moved -> StockRules.moved(change, moved, post, ground, received, flags);
      case StockCounted counted ->
          StockRules.counted(change, counted, post, ground, received, flags);
      case SuspicionReported report ->
          SuspicionRules.reported(change, report, post, received, flags);
      case TrainingSwitched training ->
          TrainingRules.switched(change, training, post, received, flags);
      case SaleParked parked ->
          ParkedRules.parked(change, parked, look, post, ground, received, flags);
      case SaleRecalled recalled ->
          ParkedRules.recalled(change, recalled, post, ground, received, flags);
    };
  }

  static Judgement written(
      Change change, ChangeBody body, Ground ground, Instant received, List<String> flags) {
    WrittenRules.Writing writing = WrittenRules.Writing.of(body);
    return writing == null
        ? Judgement.quarantined(MALFORMED)
        : WrittenRules.written(change, writing, ground, received, flags);
  }

  private static Judgement resolved(
      Change change,
      VerdictResolved resolved,
      Ground ground,
      Instant received,
      List<String> flags) {
    Optional<Ground.Question> found = ground.question(resolved);
    if (found.isEmpty()) {
      return Judgement.quarantined(UNKNOWN_CHANGE);
    }
    Ground.Question question = found.get();
    if (question.decided()) {
      return new Judgement(Verdict.SUPERSEDED, DECIDED_BEFORE);
    }
    boolean quarantined = question.verdict() == Verdict.QUARANTINED;
    boolean fits =
        switch (resolved.decision()) {
          case ACCEPT -> quarantined && question.acceptable();
          case REJECT -> quarantined;
          case SEEN -> !quarantined;
        };
    if (!fits) {
      return Judgement.quarantined(CANNOT_DECIDE);
    }
    if (change.actor().equals(question.actor()) && change.approver() == null) {
      flags.add(OWN_CHANGE);
    }
    addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  /**
   * Whether it is a time that can be stored and shown. A dead battery gives 1970, and 1969 west of
   * Greenwich, but no clock goes wrong by a million years; a time beyond the range of milliseconds
   * would stop the whole batch.
   */
  static boolean isTime(Instant at) {
    return !at.isBefore(FIRST_INSTANT) && !at.isAfter(LAST_INSTANT);
  }

  static boolean isDay(ChangeBody body) {
    return switch (body) {
      case SaleCompleted sale -> isDay(sale.businessDate());
      case ShiftOpened shift -> isDay(shift.businessDate());
      case ShiftClosed shift -> isDay(shift.businessDate());
      case BasketVoided _, CashMoved _, ProductChanged _, VerdictResolved _, CreditIssued _ -> true;
      case StockMoved _, StockCounted _, DrawerOpened _, DrawerCounted _ -> true;
      case PaymentReturned _ -> true;
      case PromotionWritten _, PriceListWritten _, TaxWritten _ -> true;
      case CustomerAdded _, CustomerChanged _, CustomerTermsWritten _ -> true;
      case SuspicionReported _, TrainingSwitched _, SaleParked _, SaleRecalled _ -> true;
    };
  }

  private static boolean isDay(LocalDate date) {
    return date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR;
  }

  private static Judgement sale(
      Change change,
      SaleCompleted sale,
      FirstLook look,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!isAt(post, sale.store(), sale.register())) {
      return Judgement.quarantined(WRONG_REGISTER);
    }
    if (look.wrongSums().isPresent()) {
      return Judgement.quarantined(look.wrongSums().get());
    }
    if (!sale.currency().equals(post.currency())) {
      return Judgement.quarantined(SUMS);
    }
    if (ground.hasSale(change.entity())) {
      return Judgement.quarantined(DUPLICATE);
    }
    long receipt = receiptOf(sale, post);
    if (receipt == 0) {
      return Judgement.quarantined(SERIES);
    }
    if (ground.hasReceipt(receipt)) {
      return Judgement.quarantined(RECEIPT_USED);
    }
    if (receipt > ground.highestReceipt() + 1) {
      flags.add(RECEIPT_GAP);
    } else if (receipt <= ground.highestReceipt()) {
      flags.add(RECEIPT_LATE);
    }
    Optional<String> wrongCredit = CreditRules.check(sale, ground, flags);
    if (wrongCredit.isPresent()) {
      return Judgement.quarantined(wrongCredit.get());
    }
    addShift(flags, ground, sale.shift());
    addClock(flags, change.at(), received);
    if (!look.texts().governmentIds().isEmpty()) {
      flags.add(GOVERNMENT_ID);
    }
    PaymentRules.check(sale, ground, flags);
    CustomerRules.check(sale, post.currency(), ground, flags);
    TaxRules.check(sale, ground, flags);
    CustomerRules.checkAccount(change, sale, ground, flags);
    GoodsRules.check(change, sale, ground, flags);
    PromotionRules.check(sale, change.at(), ground, flags);
    for (SaleCompleted.Line line : sale.lines()) {
      if (line.product() != null && !ground.hasProduct(line.product())) {
        flags.add(UNKNOWN_PRODUCT);
        break;
      }
    }
    return Judgement.flagged(flags);
  }

  static boolean isAt(Post post, UUID store, UUID register) {
    return store.equals(post.store()) && register.equals(post.register());
  }

  /** The number in the device's own series, or 0 when the text is not one of it. */
  static long receiptOf(SaleCompleted sale, Post post) {
    return ReceiptNumber.parse(sale.receipt())
        .filter(number -> number.series().equals(post.series()))
        .map(ReceiptNumber::number)
        .orElse(0L);
  }

  /** A shift of another device is none; what comes after the Z report stands beside it. */
  static void addShift(List<String> flags, Ground ground, UUID shift) {
    if (!ground.hasShift(shift)) {
      flags.add(NO_SHIFT);
    } else if (ground.isClosed(shift)) {
      flags.add(SHIFT_CLOSED);
    }
  }

  static void addClock(List<String> flags, Instant at, Instant received) {
    if (at.isAfter(received.plus(CLOCK_TOLERANCE))) {
      flags.add(CLOCK_AHEAD);
    } else if (at.isBefore(received.minus(OLD_AFTER))) {
      flags.add(OLD);
    }
  }
}
