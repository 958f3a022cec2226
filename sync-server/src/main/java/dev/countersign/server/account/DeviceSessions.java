package dev.countersign.server.account;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.DeviceSession;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.Tenants;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signing devices in: a fresh challenge, signed with the device's key, gives a token for an hour.
 * Tokens live in memory only, as their hashes; after a restart devices sign in again.
 *
 * <p>A challenge carries its own end and a tag under a key of this process, so that asking for many
 * takes no memory; one that was used is remembered until it would have ended.
 */
public final class DeviceSessions {
  /** How long a challenge may be answered. */
  public static final Duration CHALLENGE_LIFE = Duration.ofMinutes(2);

  /** How long a token is good. */
  public static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private static final int NONCE = 16;
  private static final int BODY = Long.BYTES + NONCE;
  private static final int TAG = 32;
  private static final int TOKEN = 32;

  /** A device that is signed in. */
  public record SignedIn(UUID tenant, UUID device, DeviceKind kind, UUID store, Instant expires) {}

  /** What came of signing in. */
  public sealed interface Outcome {
    /** In, for an hour. */
    record In(DeviceSession.Token token) implements Outcome {}

    /** Something is wrong, be it the device, its key or the challenge. */
    record Refused() implements Outcome {}

    /** The device's certificate is of another environment than this server. */
    record OtherEnvironment() implements Outcome {}

    /**
     * The device is cut off.
     *
     * @param order tells it to wipe itself: an envelope in base64
     */
    record CutOff(String order) implements Outcome {}
  }

  private final Tenants tenants;
  private final ControlFile control;
  private final Devices devices;
  private final Wipes wipes;
  private final Rules rules;
  private final InstantSource clock;
  private final SecureRandom random;
  private final SecretKeySpec challengeKey;
  private final Map<Hash, Instant> usedChallenges = new ConcurrentHashMap<>();
  private final Map<Hash, SignedIn> tokens = new ConcurrentHashMap<>();

  public DeviceSessions(
      Tenants tenants,
      ControlFile control,
      Devices devices,
      Wipes wipes,
      Rules rules,
      InstantSource clock,
      SecureRandom random) {
    this.tenants = tenants;
    this.control = control;
    this.devices = devices;
    this.wipes = wipes;
    this.rules = rules;
    this.clock = clock;
    this.random = random;
    byte[] key = new byte[TAG];
    random.nextBytes(key);
    this.challengeKey = new SecretKeySpec(key, "HmacSHA256");
  }

  /** A value to sign, good once and for two minutes. */
  public DeviceSession.Challenge challenge() {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] body =
        ByteBuffer.allocate(BODY)
            .putLong(clock.instant().plus(CHALLENGE_LIFE).toEpochMilli())
            .put(nonce)
            .array();
    byte[] whole = ByteBuffer.allocate(BODY + TAG).put(body).put(tag(body)).array();
    return new DeviceSession.Challenge(
        Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
  }

  /**
   * Signs a device in. Only a device that has proved itself learns more than that it is refused.
   *
   * @param envelope as it came
   * @param request what it holds
   */
  public Outcome signIn(Envelope envelope, DeviceSession.Request request) throws SQLException {
    UUID id = request.device();
    if (!envelope.keyId().equals(id.toString())) {
      return new Outcome.Refused();
    }
    Optional<UUID> tenant = control.tenantOfDevice(id);
    Optional<Device> device = tenant.isEmpty() ? Optional.empty() : find(tenant.get(), id);
    if (device.isEmpty()
        || !envelope.verifiedBy(device.get().publicKey())
        || !takeChallenge(request.challenge())) {
      return new Outcome.Refused();
    }
    Instant now = clock.instant();
    return tenants.<Outcome, SQLException>write(
        tenant.get(),
        scope -> {
          devices.seen(scope, id, now);
          if (!request.environment().equals(scope.environment().word())
              || device.get().environment() != scope.environment()) {
            return new Outcome.OtherEnvironment();
          }
          Optional<String> order = wipes.document(scope, id);
          return order.isPresent()
              ? new Outcome.CutOff(order.get())
              : new Outcome.In(
                  issue(
                      tenant.get(),
                      device.get(),
                      now,
                      devices.wantsKey(scope, id, now.minus(rules.deviceKeyLife(scope)))));
        });
  }

  /**
   * Who holds a token. The device itself is looked at each time, so that revoking one, by whatever
   * way, ends its session with the next request.
   */
  public Optional<SignedIn> holder(String token) throws SQLException {
    Hash hash = hash(token);
    SignedIn signedIn = tokens.get(hash);
    if (signedIn == null) {
      return Optional.empty();
    }
    boolean live =
        clock.instant().isBefore(signedIn.expires())
            && find(signedIn.tenant(), signedIn.device())
                .filter(device -> !device.state().isCutOff())
                .isPresent();
    if (!live) {
      tokens.remove(hash);
      return Optional.empty();
    }
    return Optional.of(signedIn);
  }

  private Optional<Device> find(UUID tenant, UUID device) throws SQLException {
    return tenants.<Optional<Device>, SQLException>read(
        tenant, scope -> devices.find(scope, device));
  }

  private DeviceSession.Token issue(UUID tenant, Device device, Instant now, boolean newKeyWanted) {
    tokens.values().removeIf(other -> !now.isBefore(other.expires()));
    byte[] bytes = new byte[TOKEN];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant expires = now.plus(TOKEN_LIFE);
    tokens.put(
        hash(token), new SignedIn(tenant, device.id(), device.kind(), device.store(), expires));
    return new DeviceSession.Token(token, expires, newKeyWanted);
  }

  /** True once for a challenge of this process that has not ended. */
  public boolean takeChallenge(String challenge) {
    Instant now = clock.instant();
    usedChallenges.values().removeIf(end -> end.isBefore(now));
    byte[] whole;
    try {
      whole = Base64.getUrlDecoder().decode(challenge);
    } catch (IllegalArgumentException _) {
      return false;
    }
    if (whole.length != BODY + TAG) {
      return false;
    }
    byte[] body = Arrays.copyOf(whole, BODY);
    boolean ours = MessageDigest.isEqual(tag(body), Arrays.copyOfRange(whole, BODY, whole.length));
    Instant end = Instant.ofEpochMilli(ByteBuffer.wrap(body).getLong());
    return ours && now.isBefore(end) && usedChallenges.putIfAbsent(Hash.of(body), end) == null;
  }

  private byte[] tag(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(challengeKey);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
    }
  }

  private static Hash hash(String token) {
    return Hash.of(token.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
