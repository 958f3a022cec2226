package dev.countersign.server.people;

import dev.countersign.server.account.Assignment;
import dev.countersign.server.account.Confirmations;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.NotTheirsException;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which devices have heard that somebody left. At the server everything ends with the act itself; a
 * till that is offline holds the person's PIN until its next contact. A device that was taken out
 * of use is shown and does not hold the matter up: nothing it sends counts any more.
 */
public final class Leaving {
  private final People people;
  private final Devices devices;
  private final Standing standing;
  private final Confirmations confirmations = new Confirmations();

  Leaving(People people, Devices devices, Standing standing) {
    this.people = people;
    this.devices = devices;
    this.standing = standing;
  }

  /**
   * One device of the person's stores.
   *
   * @param state {@code active}, {@code frozen} or {@code revoked}
   * @param confirmedAt null while it has not said that the person's PIN is gone
   */
  public record Heard(
      UUID id,
      String name,
      UUID store,
      Device.State state,
      Instant lastSeen,
      @Nullable Instant confirmedAt) {
    boolean isOpen() {
      return confirmedAt == null && state != Device.State.REVOKED;
    }
  }

  /**
   * How it stands.
   *
   * @param complete true when no device in use holds anything of the person
   * @param completeAt when the last of them confirmed; the leaving itself where there was none
   */
  public record View(
      Instant leftAt, boolean complete, @Nullable Instant completeAt, List<Heard> devices) {}

  /**
   * How it stands with somebody who left.
   *
   * @throws NotTheirsException when there is nobody in sight who did
   */
  public View of(TenantScope scope, Acting acting, UUID id) throws SQLException {
    return of(scope, standing.seen(scope, acting, id));
  }

  View of(TenantScope scope, Person person) throws SQLException {
    Instant left = person.leftAt();
    if (person.active() || left == null) {
      throw new NotTheirsException();
    }
    List<Assignment> places = people.assignments(scope, person.id());
    Map<UUID, Instant> confirmed = confirmations.of(scope, person.id());
    List<Heard> heard = new ArrayList<>();
    for (Device device : devices.list(scope)) {
      boolean concerned =
          !device.enrolledAt().isAfter(left)
              && places.stream()
                  .anyMatch(place -> place.store() == null || place.store().equals(device.store()));
      if (concerned) {
        heard.add(
            new Heard(
                device.id(),
                device.name(),
                device.store(),
                device.state(),
                device.lastSeen(),
                confirmed.get(device.id())));
      }
    }
    boolean complete = heard.stream().noneMatch(Heard::isOpen);
    Instant last =
        heard.stream()
            .map(Heard::confirmedAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(left);
    return new View(left, complete, complete ? last : null, heard);
  }
}
