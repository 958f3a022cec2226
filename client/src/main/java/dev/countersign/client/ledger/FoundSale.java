package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A sale of this till that fits what somebody remembers of it.
 *
 * @param goods the names of what was sold, in the order of the lines
 * @param lastFour the last four digits of the cards that paid for it, those that are known
 */
public record FoundSale(
    UUID id, String receipt, Instant at, Money total, List<String> goods, List<String> lastFour) {
  public FoundSale {
    goods = List.copyOf(goods);
    lastFour = List.copyOf(lastFour);
  }
}
