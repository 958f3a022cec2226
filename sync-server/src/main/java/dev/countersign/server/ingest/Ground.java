package dev.countersign.server.ingest;

import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.GrantSheet;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What the server knows when it judges a change, the changes before it included. */
public interface Ground {
  /** Somebody who works in the device's store, with the role that counts there. */
  record Person(String name, Role role) {}

  /** The person; empty for whoever does not work in the device's store, or has left. */
  Optional<Person> person(UUID user);

  /** The sheet of rights of this id, when it was given to this device. */
  Optional<GrantSheet> grant(UUID sheet);

  /** When a person left; empty for whoever is here, and for whoever never was. */
  Optional<Instant> left(UUID user);

  /** Whether a sale that counts has this id. */
  boolean hasSale(UUID sale);

  /** Whether this device opened this shift. */
  boolean hasShift(UUID shift);

  /** Whether any device of the tenant opened a shift with this id. */
  boolean isShiftTaken(UUID shift);

  /** Whether the catalogue has or had this product. */
  boolean hasProduct(UUID product);

  /** The highest receipt number of the device's series so far, 0 before the first. */
  long highestReceipt();

  /** Whether a sale that counts has this number in the device's series. */
  boolean hasReceipt(long number);

  /** The smallest cash amount of the store in minor units, 0 when cash is not rounded there. */
  long cashIncrement();
}
