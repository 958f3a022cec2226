package dev.countersign.client.flow;

import dev.countersign.common.change.PaymentReturned.How;
import dev.countersign.common.sale.AccountTender;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.VoucherTender;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was taken for a sale that is not completed goes back, each payment the way it came, and it
 * is recorded which way. Blocking.
 */
public final class HandingBack {
  private final Charging charging;
  private final Redeeming redeeming;

  /**
   * @param charging takes back what the terminal of this till charged
   * @param redeeming gives back what was reserved of gift cards and credit
   */
  public HandingBack(Charging charging, Redeeming redeeming) {
    this.charging = charging;
    this.redeeming = redeeming;
  }

  /** How a payment goes back. */
  public static How way(Tender tender) {
    return switch (tender) {
      case CashTender _, VoucherTender _ -> How.HANDED_BACK;
      case CardTender card -> card.asked() == null ? How.SENT_BACK : How.REVERSED;
      case MobileTender _ -> How.SENT_BACK;
      case CreditTender _, AccountTender _ -> How.RELEASED;
    };
  }

  /** What came of it. */
  public sealed interface Given {
    /** Everything that was to go back is gone. */
    record Back() implements Given {}

    /** The terminal did not take a card's payment back, or has not said so; the rest stands too. */
    record Held(Charging.Charged because) implements Given {}
  }

  /** Gives the last payment back; none changes nothing. */
  public Given last(Paying paying, UUID cashier, @Nullable UUID approver) {
    List<Tender> taken = paying.tenders();
    return taken.isEmpty()
        ? new Given.Back()
        : giveBack(paying, taken.getLast(), cashier, approver);
  }

  /** Gives everything back, the last one first, until one does not go; tip and cards go as well. */
  public Given all(Paying paying, UUID cashier, @Nullable UUID approver) {
    while (!paying.tenders().isEmpty()) {
      Given given = last(paying, cashier, approver);
      if (!(given instanceof Given.Back)) {
        return given;
      }
    }
    paying.forgetExtras();
    return new Given.Back();
  }

  private Given giveBack(Paying paying, Tender tender, UUID cashier, @Nullable UUID approver) {
    if (tender instanceof CardTender card && card.asked() != null) {
      Charging.Charged came = charging.takeBack(paying, card, cashier, approver);
      return came instanceof Charging.Charged.TakenBack ? new Given.Back() : new Given.Held(came);
    }
    paying.gaveBack(paying.actor(cashier, approver), tender, way(tender));
    if (tender instanceof CreditTender credit) {
      redeeming.release(credit, paying);
    }
    return new Given.Back();
  }
}
