package dev.countersign.server.ingest;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.SaleHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;

/**
 * What is to be minded of goods, judged again by the catalogue of now. The goods are gone with the
 * customer: what was not minded is looked at by a person, and never refused. Pure.
 */
final class GoodsRules {
  /** Goods with a least age, and nobody found the buyer old enough for them. */
  static final String AGE = "age-not-checked";

  /** Restricted goods outside the store's hours, whoever answered for it. */
  static final String HOURS = "out-of-hours";

  /** Goods past their day, by the word of somebody who took no part in the sale. */
  static final String SOLD_PAST = "sold-past-by-other";

  /** From the goods to the payment: they are rung up before they are paid. */
  private static final Duration AT_THE_COUNTER = Duration.ofMinutes(30);

  private GoodsRules() {}

  /** Whether it takes the store's settings to judge these goods. */
  static boolean asksTheStore(Handling handling) {
    return !handling.restricted().isEmpty();
  }

  static void check(Change change, SaleCompleted sale, Ground ground, List<String> flags) {
    Instant at = change.at();
    int years = 0;
    boolean outside = false;
    for (SaleCompleted.Line line : sale.lines()) {
      UUID product = line.product();
      if (product != null && line.quantity().isPositive()) {
        Handling handling = ground.handling(product);
        years = Math.max(years, handling.leastAge());
        outside |= !isInHours(handling.restricted(), at, ground);
      }
    }
    AgeCheck said = sale.age();
    if (years > 0 && (said == null || said.years() < years)) {
      flags.add(AGE);
    }
    if (outside) {
      flags.add(HOURS);
    }
    if (sale.lines().stream()
        .map(line -> line.beside().soldPast())
        .anyMatch(person -> person != null && !tookPart(person, change, sale))) {
      flags.add(SOLD_PAST);
    }
  }

  /** Whether it was they who sold, who approved, or who answered for an act of the sale. */
  private static boolean tookPart(UUID person, Change change, SaleCompleted sale) {
    return person.equals(change.actor())
        || person.equals(change.approver())
        || sale.agreed().stream().anyMatch(word -> person.equals(word.person()));
  }

  private static boolean isInHours(String goods, Instant at, Ground ground) {
    return goods.isEmpty()
        || isInHours(goods, LocalDateTime.ofInstant(at, ground.zone()), ground)
        || isInHours(
            goods, LocalDateTime.ofInstant(at.minus(AT_THE_COUNTER), ground.zone()), ground);
  }

  private static boolean isInHours(String goods, LocalDateTime moment, Ground ground) {
    return SaleHours.allow(ground.goods().hours(), goods, moment);
  }
}
