package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerChanged;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.tax.Exemption;
import dev.countersign.common.tax.TaxCalculator;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxRule;
import dev.countersign.common.tax.TaxShare;
import dev.countersign.common.tax.TaxedAmount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Decides on customers, by the commitments to what is known of them alone: the details themselves
 * stand in no change and may come before it or after it. Pure.
 */
final class CustomerRules {
  /** Nobody ever added this customer. */
  static final String UNKNOWN = "unknown-customer";

  /** What was known of this customer was erased. */
  static final String ERASED = "customer-erased";

  /** Nobody granted this customer what the till says of them. */
  static final String NOT_GRANTED = "customer-terms";

  /** A sale without tax to somebody who pays it. */
  static final String NOT_EXEMPT = "not-exempt";

  /** Other taxes were left out than the goods bear. */
  static final String EXEMPTION_DIFFERS = "exemption-differs";

  /** A customer owes more than they may, and nobody answers for it. */
  static final String OVER_LIMIT = "account-over-limit";

  private static final Pattern COMMITMENT = Pattern.compile("[0-9a-f]{64}");

  private CustomerRules() {}

  static Judgement added(
      Change change, CustomerAdded body, Ground ground, Instant received, List<String> flags) {
    if (!COMMITMENT.matcher(body.details()).matches()) {
      return Judgement.quarantined(Judge.MALFORMED);
    }
    if (ground.customer(change.entity()).isPresent()) {
      return Judgement.quarantined(Judge.DUPLICATE);
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  static Judgement changed(
      Change change, CustomerChanged body, Ground ground, Instant received, List<String> flags) {
    if (!COMMITMENT.matcher(body.details()).matches()) {
      return Judgement.quarantined(Judge.MALFORMED);
    }
    Optional<Ground.Customer> found = ground.customer(change.entity());
    if (found.isEmpty() || found.get().erased()) {
      return Judgement.quarantined(found.isEmpty() ? UNKNOWN : ERASED);
    }
    if (!found.get().details().equals(body.replaces())) {
      List<String> codes = new ArrayList<>(List.of(WrittenRules.LATER_VERSION));
      codes.addAll(flags);
      return new Judgement(Verdict.SUPERSEDED, String.join(",", codes));
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  /** What a customer was granted, by whoever may: of somebody who is there. */
  static Judgement granted(
      Change change,
      CustomerTermsWritten body,
      Ground ground,
      Instant received,
      List<String> flags) {
    Optional<Ground.Customer> found = ground.customer(change.entity());
    if (found.isEmpty() || found.get().erased()) {
      return Judgement.quarantined(found.isEmpty() ? UNKNOWN : ERASED);
    }
    WrittenRules.Writing writing = WrittenRules.Writing.of(body);
    return writing == null
        ? Judgement.quarantined(Judge.MALFORMED)
        : WrittenRules.written(change, writing, ground, received, flags);
  }

  /** Whether the sale's customer is there and was granted what the till says of them. */
  static void check(SaleCompleted sale, String currency, Ground ground, List<String> flags) {
    SaleCompleted.BoughtBy customer = sale.customer();
    if (customer == null) {
      return;
    }
    if (ground.customer(customer.id()).isEmpty()) {
      flags.add(UNKNOWN);
    }
    Optional<CustomerTerms> terms = ground.terms(customer.id(), customer.terms());
    if (customer.terms() != 0 && terms.isEmpty()) {
      flags.add(NOT_GRANTED);
    }
    if (customer.exemption().isEmpty()) {
      return;
    }
    if (terms.filter(granted -> granted.exemption().equals(customer.exemption())).isEmpty()) {
      flags.add(NOT_EXEMPT);
    } else if (!sale.lines().stream()
        .allMatch(line -> isExemptRight(line, sale.businessDate(), currency, ground))) {
      flags.add(EXEMPTION_DIFFERS);
    }
  }

  /**
   * No customer owes more than they may, unless somebody may let them. What two tills did that knew
   * nothing of each other is flagged too: the goods are gone, and what is owed is owed.
   */
  static void checkAccount(Change change, SaleCompleted sale, Ground ground, List<String> flags) {
    for (Map.Entry<UUID, Long> each : sale.onAccount().entrySet()) {
      long after = ground.owed(each.getKey()) + each.getValue();
      if (each.getValue() <= 0 || after <= ground.limit(each.getKey())) {
        continue;
      }
      switch (Warrant.of(change, Set.of(PermissionKey.ACCOUNT_EXCEED), ground)) {
        case Warrant.Given(List<String> found) ->
            found.stream().filter(flag -> !flags.contains(flag)).forEach(flags::add);
        case Warrant.Missing _ -> flags.add(OVER_LIMIT);
      }
    }
  }

  /**
   * Reckons the taxes that were left out by the rules of the sale's day: as much as they make, to
   * the smallest unit for each, because a till may round them over the whole receipt.
   */
  private static boolean isExemptRight(Line line, LocalDate day, String currency, Ground ground) {
    if (line.exempted().isEmpty()) {
      return true;
    }
    List<TaxRule> rules = new ArrayList<>();
    for (Tax tax : line.exempted()) {
      Optional<dev.countersign.common.tax.Tax> known = ground.tax(tax.rule());
      if (known.isEmpty()) {
        return false;
      }
      rules.add(known.get().rule(tax.rule(), day));
    }
    Currency money = Currency.getInstance(currency);
    long price = line.amount();
    for (int i = 0; i < rules.size(); i++) {
      price += rules.get(i).included() ? line.exempted().get(i).amount() : 0;
    }
    List<TaxShare> left;
    try {
      Money whole = Money.of(price, money);
      TaxedAmount due =
          new TaxCalculator(TaxRounding.perLine(money)).tax(rules, whole, line.quantity());
      left = Exemption.of(rules, whole, line.quantity(), due).left();
    } catch (IllegalArgumentException | ArithmeticException _) {
      return false;
    }
    for (int i = 0; i < rules.size(); i++) {
      long reckoned = left.get(i).amount().minor();
      if (Math.abs(reckoned - line.exempted().get(i).amount()) > 1) {
        return false;
      }
    }
    return true;
  }
}
