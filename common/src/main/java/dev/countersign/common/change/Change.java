package dev.countersign.common.change;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One recorded fact.
 *
 * @param id UUIDv7, made on the device; the same fact always carries the same id
 * @param number dense per device, from 1
 * @param entity what the fact is about: the sale, the shift
 * @param actor the user whose PIN was in force
 * @param approver the second person who approved it in place, or null
 * @param authority the sheet of rights under which it was done; null before the first one
 * @param at the device's wall clock; never a reason to refuse
 */
public record Change(
    UUID id,
    long number,
    UUID entity,
    UUID actor,
    @Nullable UUID approver,
    @Nullable UUID authority,
    Instant at,
    ChangeBody body) {

  /** One that was made before this device had a sheet of rights. */
  public Change(
      UUID id,
      long number,
      UUID entity,
      UUID actor,
      @Nullable UUID approver,
      Instant at,
      ChangeBody body) {
    this(id, number, entity, actor, approver, null, at, body);
  }

  public ChangeType type() {
    return ChangeType.of(body);
  }
}
