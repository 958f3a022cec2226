package dev.countersign.server.account;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.DeviceCertificate;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.protocol.Limits;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes single-use codes and turns a code into a device. Whatever is wrong with a request that is
 * well-formed, the answer is the same, so that nobody learns which codes exist, were used or ended.
 */
public final class Enrolling {
  private static final String REFUSED = "enrolment.refused";

  /** Tells a new device which epoch the tenant's feed is in. */
  @FunctionalInterface
  public interface Epoch {
    UUID of(TenantScope scope) throws SQLException;
  }

  /** What came of a request. */
  public sealed interface Outcome permits Enrolled, Refused {}

  /** There is a new device. */
  public record Enrolled(UUID device, Enrolment.Answer answer) implements Outcome {}

  /** Nothing happened that the asker may learn more about. */
  public record Refused() implements Outcome {}

  /**
   * What a new code is for.
   *
   * @param register null for an office
   */
  public record Purpose(DeviceKind kind, UUID store, @Nullable UUID register, UUID firstUser) {}

  private final Tenants tenants;
  private final ControlFile control;
  private final Places places;
  private final People people;
  private final Devices devices;
  private final Grants grants;
  private final Journal journal;
  private final Epoch epoch;
  private final UuidV7 ids;
  private final InstantSource clock;
  private final SecureRandom random;
  private final EnrolmentCodes codes = new EnrolmentCodes();
  private final byte[] nobodysKey;

  public Enrolling(
      Tenants tenants,
      ControlFile control,
      Places places,
      People people,
      Devices devices,
      Grants grants,
      Journal journal,
      Epoch epoch,
      UuidV7 ids,
      InstantSource clock,
      SecureRandom random) {
    this.tenants = tenants;
    this.control = control;
    this.places = places;
    this.people = people;
    this.devices = devices;
    this.grants = grants;
    this.journal = journal;
    this.epoch = epoch;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
    this.nobodysKey = new byte[32];
    random.nextBytes(nobodysKey);
  }

  /**
   * Makes a code that lives ten minutes.
   *
   * @param server the address that stands in the ticket
   * @param pin of the server's certificate
   * @throws RefusedException when store, register and person do not belong together
   */
  public EnrolmentTicket makeCode(UUID tenant, Purpose purpose, String server, String pin)
      throws SQLException {
    Environment environment =
        tenants.<Environment, SQLException>read(tenant, TenantScope::environment);
    EnrolmentTicket ticket = EnrolmentTicket.make(server, pin, environment, random);
    Instant now = clock.instant();
    Instant expires = now.plus(Duration.ofMinutes(Limits.CODE_MINUTES));
    byte[] key = Enrolment.codeKey(ticket.code(), ticket.secret());
    control.indexCode(ticket.code(), tenant, expires, now);
    return tenants.write(
        tenant,
        scope -> {
          requireFitting(scope, purpose);
          codes.forgetEnded(scope, now);
          codes.add(
              scope,
              new EnrolmentCodes.Code(
                  ticket.code(),
                  key,
                  purpose.kind(),
                  purpose.store(),
                  purpose.register(),
                  purpose.firstUser(),
                  expires,
                  0,
                  null));
          journal.note(scope, "device.code.made", purpose.store().toString());
          return ticket;
        });
  }

  /**
   * Enrols the device whose key signed the envelope.
   *
   * @param request what the envelope holds
   * @param key the key that the request names
   */
  public Outcome enrol(Envelope envelope, Enrolment.Request request, VerifyKey key, String address)
      throws SQLException {
    Optional<UUID> tenant = control.tenantOfCode(request.code());
    boolean possessed = envelope.verifiedBy(key);
    if (tenant.isEmpty()) {
      // The same work as for a code that exists.
      hasMac(nobodysKey, request);
      return new Refused();
    }
    Tenant found = tenants.find(tenant.get()).orElseThrow();
    return tenants.write(
        found.id(), scope -> decide(scope, found, request, key, possessed, address));
  }

  private Outcome decide(
      TenantScope scope,
      Tenant tenant,
      Enrolment.Request request,
      VerifyKey key,
      boolean possessed,
      String address)
      throws SQLException {
    Optional<EnrolmentCodes.Code> stored = codes.find(scope, request.code());
    boolean open = stored.isPresent() && stored.get().isOpen(clock.instant());
    boolean rightMac = hasMac(stored.map(EnrolmentCodes.Code::key).orElse(nobodysKey), request);
    if (stored.isEmpty() || !open) {
      return new Refused();
    }
    EnrolmentCodes.Code code = stored.get();
    if (!rightMac || !possessed || devices.hasKey(scope, key)) {
      codes.countTry(scope, code.code());
      journal.noteRefused(scope, REFUSED, address, code.store().toString());
      return new Refused();
    }
    return enrol(scope, tenant, code, request, key, address);
  }

  private Outcome enrol(
      TenantScope scope,
      Tenant tenant,
      EnrolmentCodes.Code code,
      Enrolment.Request request,
      VerifyKey key,
      String address)
      throws SQLException {
    Store store = places.store(scope, code.store());
    UUID registerId = code.register();
    Register register = registerId == null ? null : places.register(scope, registerId);
    String series =
        register == null ? store.number() + "-OFFICE" : places.nextSeries(scope, store, register);
    Instant now = clock.instant();
    UUID id = ids.next();
    Device device =
        new Device(
            id,
            code.kind(),
            store.id(),
            registerId,
            series,
            request.name(),
            key,
            tenant.environment(),
            Device.State.ACTIVE,
            now,
            now,
            now);
    control.indexDevice(id, tenant.id());
    devices.add(scope, device);
    codes.use(scope, code.code(), id);
    journal.noteEnrolled(scope, id, address, key);
    Enrolment.Answer answer =
        answer(scope, tenant, device, store, register, code, request.publicKey());
    return new Enrolled(id, answer);
  }

  private Enrolment.Answer answer(
      TenantScope scope,
      Tenant tenant,
      Device device,
      Store store,
      @Nullable Register register,
      EnrolmentCodes.Code code,
      String publicKey)
      throws SQLException {
    byte[] signed = certificate(scope, device).encode();
    String certificateText = Base64.getEncoder().encodeToString(signed);
    String serverKey = scope.serverKey().verifyKey().toBase64();
    String logKey = new LogKey(scope.logOrigin(), scope.logKey().verifyKey()).text();
    Person first = people.person(scope, code.firstUser());
    // Whoever lost their place since the code was made chooses a PIN for a role that may nothing.
    Role role = people.rightIn(scope, first.id(), store.id()).orElse(Role.NONE);
    return new Enrolment.Answer(
            certificateText,
            serverKey,
            logKey,
            epoch.of(scope),
            tenant.name(),
            store.name(),
            register == null ? "Office" : register.name(),
            tenant.currency(),
            new Enrolment.FirstUser(first.id(), first.name(), role.name()),
            Base64.getEncoder().encodeToString(grants.issue(scope, device).encode()),
            "")
        .authenticated(code.key(), publicKey);
  }

  /** What the server vouches for about a device, signed now. */
  public static Envelope certificate(TenantScope scope, Device device) {
    var certificate =
        new DeviceCertificate(
            scope.tenantId(),
            device.id(),
            device.kind(),
            device.store(),
            device.register(),
            device.series(),
            device.publicKey().toBase64(),
            device.enrolledAt(),
            device.environment().word());
    return Envelope.seal(
        DeviceCertificate.PAYLOAD_TYPE, Json.encode(certificate), "server", scope.serverKey());
  }

  private void requireFitting(TenantScope scope, Purpose purpose) throws SQLException {
    Store store = places.store(scope, purpose.store());
    UUID register = purpose.register();
    if ((purpose.kind() == DeviceKind.TILL) != (register != null)) {
      throw new RefusedException("A till has a register, an office has none.");
    }
    if (register != null && !places.register(scope, register).store().equals(store.id())) {
      throw new RefusedException("That register is in another store.");
    }
    Person first = people.person(scope, purpose.firstUser());
    if (people.rightIn(scope, first.id(), store.id()).isEmpty()) {
      throw new RefusedException(first.name() + " does not work in store " + store.number() + ".");
    }
  }

  private static boolean hasMac(byte[] key, Enrolment.Request request) {
    return Enrolment.sameMac(
        request.mac(),
        Enrolment.requestMac(key, request.code(), request.publicKey(), request.name()));
  }
}
