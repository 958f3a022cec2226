package dev.countersign.server.ingest;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftOpened;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides on what happens at a register beside its sales. Pure. */
final class ShiftRules {
  private ShiftRules() {}

  static Judgement opened(
      Change change,
      ShiftOpened shift,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!Judge.isAt(post, shift.store(), shift.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    if (!shift.currency().equals(post.currency()) || shift.floatMinor() < 0) {
      return Judgement.quarantined(Judge.SUMS);
    }
    if (shift.floatMinor() > Judge.LARGEST_AMOUNT) {
      return Judgement.quarantined(Judge.OUT_OF_RANGE);
    }
    if (ground.isShiftTaken(change.entity())) {
      return Judgement.quarantined(Judge.DUPLICATE);
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  /**
   * A Z report is recorded as it was printed. Everything before it on the device has been judged,
   * so its figures are those of the server, unless something of the shift does not count here.
   */
  static Judgement closed(
      Change change,
      ShiftClosed shift,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!Judge.isAt(post, shift.store(), shift.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    if (!shift.currency().equals(post.currency()) || shift.counted() < 0 || shift.sales() < 0) {
      return Judgement.quarantined(Judge.SUMS);
    }
    if (!SaleSums.believable(shift.counted())
        || !SaleSums.believable(shift.cash())
        || !SaleSums.believable(shift.total())) {
      return Judgement.quarantined(Judge.OUT_OF_RANGE);
    }
    Optional<Ground.Shift> known = ground.shift(change.entity());
    if (known.isEmpty() || !ground.hasShift(change.entity())) {
      return Judgement.quarantined(Judge.NO_SHIFT);
    }
    Ground.Shift here = known.get();
    if (here.closed()) {
      return Judgement.quarantined(Judge.DUPLICATE);
    }
    boolean agree =
        here.sales() == shift.sales()
            && here.total() == shift.total()
            && here.cash() == shift.cash();
    if (!agree) {
      flags.add(Judge.SHIFT_SUMS);
    }
    if (shift.log() != null && !ground.wasLog(shift.log())) {
      flags.add(Judge.LOG_CONTRADICTED);
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  static Judgement moved(
      Change change,
      CashMoved cash,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!Judge.isAt(post, cash.store(), cash.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    if (!cash.currency().equals(post.currency()) || cash.amount() == 0) {
      return Judgement.quarantined(Judge.SUMS);
    }
    if (!SaleSums.believable(cash.amount())) {
      return Judgement.quarantined(Judge.OUT_OF_RANGE);
    }
    if (ground.hasMovement(change.entity())) {
      return Judgement.quarantined(Judge.DUPLICATE);
    }
    Judge.addShift(flags, ground, cash.shift());
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  static Judgement voided(
      Change change,
      BasketVoided basket,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!Judge.isAt(post, basket.store(), basket.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    if (!basket.currency().equals(post.currency()) || basket.lines() < 0) {
      return Judgement.quarantined(Judge.SUMS);
    }
    Judge.addShift(flags, ground, basket.shift());
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }
}
