package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment made on a card terminal.
 *
 * @param amount never more than what is due: a card gives no change
 * @param reference the terminal's reference, at most 64 characters, may be empty; never a card
 *     number
 * @param lastFour the last four digits of the card, or empty
 * @param asked under which key the till asked its terminal; null when somebody typed what stands on
 *     the slip of a terminal that stands alone
 */
public record CardTender(Money amount, String reference, String lastFour, @Nullable UUID asked)
    implements Tender {
  /**
   * @throws CardNumberRefusedException if the reference holds what may be a card number
   */
  public CardTender {
    References.check(reference);
    if (!lastFour.isEmpty() && !lastFour.matches("[0-9]{4}")) {
      throw new IllegalArgumentException("the last four digits, or nothing");
    }
  }

  /** A payment on a terminal that stands alone. */
  public CardTender(Money amount, String reference, String lastFour) {
    this(amount, reference, lastFour, null);
  }

  @Override
  public TenderKind kind() {
    return TenderKind.CARD;
  }
}
