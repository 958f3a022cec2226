package dev.countersign.server.ingest;

import static dev.countersign.common.permission.PermissionKey.SHIFT_DIFFERENCE;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.DrawerCounted;
import dev.countersign.common.change.DrawerOpened;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures.Tendered;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.Role;
import dev.countersign.server.ingest.Ground.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Decides on what happens at a register beside its sales. Pure. */
final class ShiftRules {
  /** More kinds of notes and coins than any drawer has, and more than anybody counts one. */
  private static final int MOST = 100;

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
    boolean believable =
        SaleSums.believable(shift.counted())
            && SaleSums.believable(shift.cash())
            && SaleSums.believable(shift.total())
            && areBelievable(shift.pieces(), shift.others());
    if (!believable) {
      return Judgement.quarantined(Judge.OUT_OF_RANGE);
    }
    if (!addUp(shift.pieces(), shift.counted()) || !areOfOneEach(shift.others())) {
      return Judgement.quarantined(Judge.SUMS);
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
        here.figures().sales() == shift.sales()
            && here.figures().total() == shift.total()
            && here.cash() == shift.cash()
            && here.figures().equals(shift.figures());
    if (!agree) {
      flags.add(Judge.SHIFT_SUMS);
    }
    addDifference(flags, change, shift, here, ground);
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
    if (!SaleSums.believable(basket.totalMinor())) {
      return Judgement.quarantined(Judge.OUT_OF_RANGE);
    }
    Judge.addShift(flags, ground, basket.shift());
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  static Judgement opened(
      Change change,
      DrawerOpened drawer,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!Judge.isAt(post, drawer.store(), drawer.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    if (ground.hasMovement(change.entity())) {
      return Judgement.quarantined(Judge.DUPLICATE);
    }
    Judge.addShift(flags, ground, drawer.shift());
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  static Judgement counted(
      Change change,
      DrawerCounted count,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!Judge.isAt(post, count.store(), count.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    if (!count.currency().equals(post.currency()) || count.counted() < 0) {
      return Judgement.quarantined(Judge.SUMS);
    }
    int before =
        ground.shift(count.shift()).map(shift -> shift.figures().counts().size()).orElse(0);
    boolean believable =
        SaleSums.believable(count.counted())
            && areBelievable(count.pieces(), count.others())
            && before < MOST;
    if (!believable) {
      return Judgement.quarantined(Judge.OUT_OF_RANGE);
    }
    if (!addUp(count.pieces(), count.counted()) || !areOfOneEach(count.others())) {
      return Judgement.quarantined(Judge.SUMS);
    }
    if (before > 0 && !count.again()) {
      flags.add(Judge.COUNTED_AGAIN);
    }
    Judge.addShift(flags, ground, count.shift());
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  /** The till's own limit may be anything; the difference is measured by what is here. */
  private static void addDifference(
      List<String> flags, Change change, ShiftClosed shift, Ground.Shift here, Ground ground) {
    long limit = ground.differenceLimit().orElse(Long.MAX_VALUE);
    boolean off =
        shift.isOff(limit)
            || Math.abs(shift.counted() - here.cash()) > limit
            || shift.others().stream()
                .anyMatch(
                    each -> Math.abs(each.amount() - here.figures().by(each.means())) > limit);
    if (off && !isAnsweredFor(change, ground)) {
      flags.add(Judge.DIFFERENCE);
    }
  }

  private static boolean isAnsweredFor(Change change, Ground ground) {
    UUID second = change.approver();
    Role approver = second == null ? null : ground.person(second).map(Person::role).orElse(null);
    return ground
        .person(change.actor())
        .map(Person::role)
        .filter(role -> role.decide(SHIFT_DIFFERENCE, approver) == Decision.ALLOWED)
        .isPresent();
  }

  private static boolean areBelievable(List<DrawerCounted.Pieces> pieces, List<Tendered> others) {
    return pieces.size() <= MOST
        && others.size() <= MOST
        && others.stream().allMatch(each -> SaleSums.believable(each.amount()))
        && pieces.stream()
            .allMatch(
                each ->
                    each.value() > 0
                        && each.count() >= 0
                        && each.value() <= Judge.LARGEST_AMOUNT
                        && each.count() <= Judge.LARGEST_AMOUNT / each.value());
  }

  private static boolean addUp(List<DrawerCounted.Pieces> pieces, long counted) {
    return pieces.isEmpty()
        || pieces.stream().mapToLong(each -> each.value() * each.count()).sum() == counted;
  }

  private static boolean areOfOneEach(List<Tendered> others) {
    return others.stream().map(Tendered::means).distinct().count() == others.size()
        && others.stream().noneMatch(each -> each.means() == Means.CASH);
  }
}
