package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.sale.CreditKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Gift cards and store credit. What a device reserved before, it spends as it likes; what it spends
 * beyond that is flagged and counts, because the goods are gone: the account may go below zero.
 * Pure.
 */
final class CreditRules {
  /** More was spent than the device had reserved. */
  static final String OVERSPENT = "credit-overspent";

  /** A gift card was booked as store credit, or the other way round. */
  static final String OTHER_KIND = "credit-other-kind";

  /** The sale that is named did not put this amount on the account. */
  static final String UNPAID = "credit-unpaid";

  private CreditRules() {}

  /** The reason why a sale's credit does not count, or nothing; adds what to look at. */
  static Optional<String> check(SaleCompleted sale, Ground ground, List<String> flags) {
    Map<UUID, Long> spent = new HashMap<>();
    Map<UUID, Long> moved = new HashMap<>();
    boolean otherKind = false;
    for (SaleCompleted.Credit credit : sale.credits()) {
      moved.merge(credit.account(), credit.amount(), Math::addExact);
      CreditKind kind = ground.credit(credit.account()).kind();
      otherKind |= kind != null && kind != CreditKind.GIFT_CARD;
    }
    for (SaleCompleted.Paid paid : sale.tenders()) {
      UUID account = paid.account();
      if (account != null && paid.means().isCredit()) {
        moved.merge(account, -paid.amount(), Math::addExact);
        spent.merge(account, Math.max(0, paid.amount()), Math::addExact);
        CreditKind kind = ground.credit(account).kind();
        otherKind |= kind != null && !kind.name().equals(paid.means().name());
      }
    }
    for (Map.Entry<UUID, Long> each : moved.entrySet()) {
      if (!isBelievable(ground.credit(each.getKey()).balance(), each.getValue())) {
        return Optional.of(Judge.OUT_OF_RANGE);
      }
    }
    boolean overspent =
        spent.entrySet().stream()
            .anyMatch(each -> each.getValue() > ground.credit(each.getKey()).held());
    if (overspent) {
      flags.add(OVERSPENT);
    }
    if (otherKind) {
      flags.add(OTHER_KIND);
    }
    return Optional.empty();
  }

  static Judgement issued(
      Change change,
      CreditIssued credit,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!Judge.isAt(post, credit.store(), credit.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    if (!isHash(credit.opens())) {
      return Judgement.quarantined(Judge.MALFORMED);
    }
    if (!credit.currency().equals(post.currency()) || credit.amount() <= 0) {
      return Judgement.quarantined(Judge.SUMS);
    }
    Ground.Credit account = ground.credit(change.entity());
    if (!SaleSums.believable(credit.amount())
        || !isBelievable(account.balance(), credit.amount())) {
      return Judgement.quarantined(Judge.OUT_OF_RANGE);
    }
    if (account.kind() != null || ground.isCodeTaken(credit.opens())) {
      return Judgement.quarantined(Judge.DUPLICATE);
    }
    UUID sale = credit.sale();
    if (sale != null && ground.putOn(change.entity(), sale) != credit.amount()) {
      flags.add(UNPAID);
    }
    Judge.addShift(flags, ground, credit.shift());
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  /** No account ever comes near the end of a long, whoever adds to it how often. */
  private static boolean isBelievable(long balance, long moved) {
    long after = balance + moved;
    return SaleSums.believable(moved)
        && after <= Judge.LARGEST_AMOUNT * 1000
        && after >= -Judge.LARGEST_AMOUNT * 1000;
  }

  private static boolean isHash(String text) {
    try {
      Hash.fromHex(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
