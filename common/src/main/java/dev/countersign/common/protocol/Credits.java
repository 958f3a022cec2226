package dev.countersign.common.protocol;

import dev.countersign.common.sale.CreditKind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a till and the server say to each other about gift cards and store credit. */
public final class Credits {
  private Credits() {}

  /**
   * A till asks what is on an account, and to have some of it for itself.
   *
   * @param request made once; the same again is answered with the same allotment
   * @param code as it stands on the card
   * @param amount minor units of the tenant's currency; 0 only looks
   */
  public record Ask(UUID request, String code, long amount) {
    @Override
    public String toString() {
      return "Ask[" + request + ", ••••, " + amount + "]";
    }
  }

  /**
   * A till asks what is on an account onto which money of a sale goes back.
   *
   * @param sale that was paid from it or put money on it
   */
  public record Look(UUID sale, UUID account) {}

  /**
   * What there is.
   *
   * @param balance what is on the account, in minor units
   * @param free what of it nobody holds
   * @param allotment an envelope in base64 that holds a {@link CreditAllotment}; null when only
   *     looked at, and when less is free than was asked for
   */
  public record Answer(
      UUID account, CreditKind kind, long balance, long free, @Nullable String allotment) {}

  /**
   * A till gives back what it will not spend. It has taken the amount from its own before it sends
   * this, so however often it sends it, nothing is lost.
   *
   * @param id made once; the same again changes nothing
   * @param amount above 0
   */
  public record Return(UUID id, UUID account, long amount) {}

  /**
   * A manager takes what a device holds of an account away from it: it was never heard of again.
   */
  public record Free(UUID device) {}

  /** It is done. */
  public record Done(String status) {}
}
