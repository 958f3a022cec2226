package dev.countersign.client.sync;

import dev.countersign.client.ledger.Enrolled;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.protocol.Enrolment;
import java.util.UUID;

/**
 * Everything that an enrolment gave and that the device's store is made of. Whoever holds it closes
 * the signing key once the store has it.
 *
 * @param enrolled what the server vouches for, and the keys it answers with
 * @param key the device's new signing key
 * @param epoch the server's epoch at that moment
 * @param firstUser who chooses the first PIN here
 * @param sheet what the people here may do from the first minute on, as the server signed it
 * @param fingerprint twelve digits that the server's side shows too
 */
public record EnrolmentResult(
    Enrolled enrolled,
    SigningKey key,
    UUID epoch,
    Enrolment.FirstUser firstUser,
    byte[] sheet,
    String fingerprint) {

  /** Names, never keys. */
  @Override
  public String toString() {
    return "EnrolmentResult[" + enrolled.device() + " of " + enrolled.tenantName() + ", key ••••]";
  }
}
