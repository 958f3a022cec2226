package dev.countersign.common.protocol;

import dev.countersign.common.sale.CreditKind;
import java.time.Instant;
import java.util.UUID;

/**
 * The server keeps so much of an account for one device: it may spend that much without asking
 * again, with a network or without. Signed with the server key.
 *
 * @param request by which the device asked for it
 * @param amount minor units of {@code currency}, above 0
 * @param until after this the device gives back what is left; the server ends nothing by the clock
 */
public record CreditAllotment(
    UUID id,
    UUID request,
    UUID tenant,
    UUID device,
    UUID account,
    CreditKind kind,
    String currency,
    long amount,
    Instant made,
    Instant until) {
  /** The DSSE payload type of an allotment. */
  public static final String PAYLOAD_TYPE = "application/vnd.countersign.credit-allotment.v1+json";

  /** JSON may leave out what the types promise. */
  public boolean hasAll() {
    return id != null
        && request != null
        && tenant != null
        && device != null
        && account != null
        && kind != null
        && currency != null
        && made != null
        && until != null;
  }
}
