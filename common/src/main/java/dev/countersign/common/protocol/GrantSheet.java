package dev.countersign.common.protocol;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the people of a store may do on one device, with the time for which the server stands by it
 * unasked. Signed with the server key; a change names the sheet under which it was done.
 *
 * @param id of this sheet
 * @param environment that of the device's certificate
 * @param issued when the server gave it
 * @param sellUntil how long selling goes under it; afterwards a till sells on and says so
 * @param overrideUntil how long open items, other prices and returns go on one person's word
 * @param officeUntil how long changes in the back office go under it
 */
public record GrantSheet(
    UUID id,
    UUID tenant,
    UUID device,
    UUID store,
    String environment,
    Instant issued,
    Instant sellUntil,
    Instant overrideUntil,
    Instant officeUntil,
    List<Holder> people) {
  /** The DSSE payload type of a sheet. */
  public static final String PAYLOAD_TYPE = "application/vnd.countersign.grants.v1+json";

  /** How far two clocks may differ before it is worth a word. */
  public static final Duration TOLERANCE = Duration.ofMinutes(2);

  public GrantSheet {
    people = people == null ? List.of() : List.copyOf(people);
  }

  /**
   * A person's rights.
   *
   * @param permissions permission key → decision name
   */
  public record Holder(UUID person, String name, String role, Map<String, String> permissions) {
    public Holder {
      permissions =
          permissions == null
              ? Map.of()
              : Collections.unmodifiableSortedMap(new TreeMap<>(permissions));
    }

    /** The role; a key or decision that this program does not know opens nothing. */
    public Role asRole() {
      return Role.of(role, permissions);
    }
  }

  /** What a person may do, or empty when the sheet does not name them. */
  public Optional<Role> roleOf(UUID person) {
    return people.stream()
        .filter(each -> each.person().equals(person))
        .findFirst()
        .map(Holder::asRole);
  }

  /** Until when an act goes under this sheet. */
  public Instant until(PermissionKey key) {
    if (key.isOverride()) {
      return overrideUntil;
    }
    return key.isPrivileged() ? officeUntil : sellUntil;
  }

  /** When to ask for a new one: a quarter of the shortest lease after this one was given. */
  public Instant renewAfter() {
    Instant first = Collections.min(List.of(sellUntil, overrideUntil, officeUntil));
    return issued.plus(Duration.between(issued, first).dividedBy(4));
  }

  /** JSON may leave out what the types promise. */
  public boolean hasAll() {
    return id != null
        && tenant != null
        && device != null
        && store != null
        && environment != null
        && issued != null
        && sellUntil != null
        && overrideUntil != null
        && officeUntil != null
        && people.stream()
            .allMatch(each -> each.person() != null && each.name() != null && each.role() != null);
  }
}
