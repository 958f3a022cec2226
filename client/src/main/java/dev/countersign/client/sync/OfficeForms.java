package dev.countersign.client.sync;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The server's answers about people, roles, devices and sessions, as far as the office reads them.
 */
public final class OfficeForms {
  private OfficeForms() {}

  /** A role in a store, or for null in all. */
  public record Place(@Nullable UUID store, String role) {}

  /**
   * A person.
   *
   * @param secondFactor null when the server does not say
   */
  public record Person(
      UUID id,
      String name,
      boolean active,
      @Nullable List<Place> roles,
      @Nullable Boolean secondFactor,
      @Nullable Boolean oldPassword,
      @Nullable Instant lastSignIn) {
    public List<Place> places() {
      return roles == null ? List.of() : roles;
    }
  }

  /** Everybody. */
  public record People(@Nullable List<Person> people) {
    public List<Person> all() {
      return people == null ? List.of() : people;
    }
  }

  /** A register of a store. */
  public record Register(UUID id, String name) {}

  /** A store. */
  public record Store(UUID id, String number, String name, @Nullable List<Register> registers) {}

  /** Every store that may be seen. */
  public record Stores(@Nullable List<Store> stores) {
    public List<Store> all() {
      return stores == null ? List.of() : stores;
    }
  }

  /** The names of the roles that there are. */
  public record RoleNames(@Nullable List<String> names) {
    public List<String> all() {
      return names == null ? List.of() : names;
    }
  }

  /**
   * A device of somebody who left.
   *
   * @param confirmed true once it has said that it knows
   */
  public record LeavingDevice(
      UUID id, String name, boolean confirmed, @Nullable Instant lastSeen) {}

  /** All of them. */
  public record Leaving(@Nullable List<LeavingDevice> devices) {
    public List<LeavingDevice> all() {
      return devices == null ? List.of() : devices;
    }
  }

  /** Somebody new. */
  public record Added(UUID id) {}

  /** A single-use code. */
  public record Code(String code) {
    @Override
    public String toString() {
      return "Code[••••]";
    }
  }

  /**
   * A role.
   *
   * @param permissions key → decision; what is not named is denied
   */
  public record ShownRole(
      String name, boolean builtIn, @Nullable Map<String, String> permissions, int bearers) {}

  /** All of them. */
  public record Roles(@Nullable List<ShownRole> roles) {
    public List<ShownRole> all() {
      return roles == null ? List.of() : roles;
    }
  }

  /** A device. */
  public record Device(
      UUID id,
      String kind,
      UUID store,
      String name,
      @Nullable String series,
      String state,
      @Nullable String environment,
      @Nullable String fingerprint,
      @Nullable Instant enrolledAt,
      @Nullable Instant lastSeen) {}

  /** All of them. */
  public record Devices(@Nullable List<Device> devices) {
    public List<Device> all() {
      return devices == null ? List.of() : devices;
    }
  }

  /** A sign-in. */
  public record Session(
      UUID id,
      Instant begun,
      Instant used,
      Instant expires,
      String address,
      @Nullable UUID device,
      boolean strong,
      boolean current) {}

  /** All of them. */
  public record Sessions(@Nullable List<Session> sessions) {
    public List<Session> all() {
      return sessions == null ? List.of() : sessions;
    }
  }
}
