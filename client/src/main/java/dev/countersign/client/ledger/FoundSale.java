package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A sale that fits what somebody remembers of it.
 *
 * @param elsewhere whether another till of the store sold it
 * @param goods the names of what was sold, in the order of the lines
 * @param lastFour the last four digits of the cards that paid for it, those that are known
 */
public record FoundSale(
    UUID id,
    String receipt,
    boolean elsewhere,
    Instant at,
    Money total,
    List<String> goods,
    List<String> lastFour) {
  public FoundSale {
    goods = List.copyOf(goods);
    lastFour = List.copyOf(lastFour);
  }
}
