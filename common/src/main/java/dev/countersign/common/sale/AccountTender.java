package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import java.util.Objects;
import java.util.UUID;

/**
 * What a customer owes from now on; or, when negative, does not owe any more.
 *
 * @param amount never more than what is due
 */
public record AccountTender(Money amount, UUID customer) implements Tender {
  public AccountTender {
    Objects.requireNonNull(customer, "customer");
  }

  @Override
  public TenderKind kind() {
    return TenderKind.ON_ACCOUNT;
  }
}
