package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import java.util.Objects;
import java.util.UUID;

/**
 * A payment from a gift card or from store credit, or, when negative, into it.
 *
 * @param amount never more than what is due: credit gives no change
 * @param account whose balance it comes from or goes to; never the code that opens it
 */
public record CreditTender(Money amount, CreditKind credit, UUID account) implements Tender {
  public CreditTender {
    Objects.requireNonNull(credit, "credit");
    Objects.requireNonNull(account, "account");
  }

  @Override
  public TenderKind kind() {
    return switch (credit) {
      case GIFT_CARD -> TenderKind.GIFT_CARD;
      case STORE_CREDIT -> TenderKind.STORE_CREDIT;
    };
  }
}
