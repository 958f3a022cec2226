package dev.countersign.server.ingest;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.sale.ReceiptNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  static final String ROUNDING = "rounding";

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
    ChangeBody body = change.body();
    String cutOff = post.cutOff();
    if (cutOff != null) {
      return Judgement.quarantined(cutOff);
    }
    if (!Wholeness.isWhole(body) || !isTime(change.at()) || !isDay(body)) {
      return Judgement.quarantined(MALFORMED);
    }
    if (Texts.in(body).cardNumber()) {
      return Judgement.quarantined(CARD_NUMBER);
    }
    List<String> flags = new ArrayList<>(0);
    switch (Warrant.of(change, ground)) {
      case Warrant.Missing(String code) -> {
        return Judgement.quarantined(code);
      }
      case Warrant.Given(List<String> found) -> flags.addAll(found);
    }
    return switch (body) {
      case SaleCompleted sale -> sale(change, sale, post, ground, received, flags);
      case ShiftOpened shift -> shift(change, shift, post, ground, received, flags);
      case BasketVoided basket -> basket(change, basket, post, ground, received, flags);
    };
  }

  /**
   * Whether it is a time that can be stored and shown. A dead battery gives 1970, and 1969 west of
   * Greenwich, but no clock goes wrong by a million years; a time beyond the range of milliseconds
   * would stop the whole batch.
   */
  private static boolean isTime(Instant at) {
    return !at.isBefore(FIRST_INSTANT) && !at.isAfter(LAST_INSTANT);
  }

  private static boolean isDay(ChangeBody body) {
    return switch (body) {
      case SaleCompleted sale -> isDay(sale.businessDate());
      case ShiftOpened shift -> isDay(shift.businessDate());
      case BasketVoided _ -> true;
    };
  }

  private static boolean isDay(LocalDate date) {
    return date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR;
  }

  private static Judgement sale(
      Change change,
      SaleCompleted sale,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!isAt(post, sale.store(), sale.register())) {
      return Judgement.quarantined(WRONG_REGISTER);
    }
    Optional<String> wrongSums = SaleSums.check(sale, post.currency());
    if (wrongSums.isPresent()) {
      return Judgement.quarantined(wrongSums.get());
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
    if (!ground.hasShift(sale.shift())) {
      flags.add(NO_SHIFT);
    }
    addClock(flags, change.at(), received);
    if (!Texts.in(sale).governmentIds().isEmpty()) {
      flags.add(GOVERNMENT_ID);
    }
    // The smallest coin's worth at most. Not refused: the setting may have changed meanwhile.
    if (sale.rounding() != 0 && Math.abs(sale.rounding()) >= ground.cashIncrement()) {
      flags.add(ROUNDING);
    }
    for (SaleCompleted.Line line : sale.lines()) {
      if (line.product() != null && !ground.hasProduct(line.product())) {
        flags.add(UNKNOWN_PRODUCT);
        break;
      }
    }
    return Judgement.flagged(flags);
  }

  private static Judgement shift(
      Change change,
      ShiftOpened shift,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!isAt(post, shift.store(), shift.register())) {
      return Judgement.quarantined(WRONG_REGISTER);
    }
    if (!shift.currency().equals(post.currency()) || shift.floatMinor() < 0) {
      return Judgement.quarantined(SUMS);
    }
    if (shift.floatMinor() > LARGEST_AMOUNT) {
      return Judgement.quarantined(OUT_OF_RANGE);
    }
    if (ground.isShiftTaken(change.entity())) {
      return Judgement.quarantined(DUPLICATE);
    }
    addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  private static Judgement basket(
      Change change,
      BasketVoided basket,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!isAt(post, basket.store(), basket.register())) {
      return Judgement.quarantined(WRONG_REGISTER);
    }
    if (!basket.currency().equals(post.currency()) || basket.lines() < 0) {
      return Judgement.quarantined(SUMS);
    }
    if (!ground.hasShift(basket.shift())) {
      flags.add(NO_SHIFT);
    }
    addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  private static boolean isAt(Post post, UUID store, UUID register) {
    return store.equals(post.store()) && register.equals(post.register());
  }

  /** The number in the device's own series, or 0 when the text is not one of it. */
  static long receiptOf(SaleCompleted sale, Post post) {
    return ReceiptNumber.parse(sale.receipt())
        .filter(number -> number.series().equals(post.series()))
        .map(ReceiptNumber::number)
        .orElse(0L);
  }

  private static void addClock(List<String> flags, Instant at, Instant received) {
    if (at.isAfter(received.plus(CLOCK_TOLERANCE))) {
      flags.add(CLOCK_AHEAD);
    } else if (at.isBefore(received.minus(OLD_AFTER))) {
      flags.add(OLD);
    }
  }
}
