package dev.countersign.client.sync;

import dev.countersign.client.ledger.Enrolled;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Bearer;
import dev.countersign.common.protocol.Routes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person at this office talks to the server: over the device's own session, with a token of their
 * own that is good only together with it. The token is in memory alone and gone with {@link
 * #forget}. What a newer server adds to its answers is passed over. Safe for any thread; blocking.
 */
public final class OfficeLine implements AutoCloseable {
  /** Signs as this device. */
  @FunctionalInterface
  public interface Sealer {
    Envelope seal(String payloadType, byte[] payload);
  }

  private static final String DEVICE = "Countersign-Device";
  private static final JsonMapper READER =
      Json.strict().rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final ServerConnection connection;
  private final DeviceSignIn device;
  private final String tenant;

  /** Held for as long as an exchange takes: one after the other. */
  private final ReentrantLock lane = new ReentrantLock();

  private final AtomicReference<@Nullable Held> held = new AtomicReference<>();

  /** Goes up when everything is forgotten: an answer that comes later is for nobody. */
  private final AtomicInteger era = new AtomicInteger();

  public OfficeLine(ServerConnection connection, Enrolled enrolled, Sealer sealer) {
    this.connection = connection;
    this.device =
        new DeviceSignIn(
            connection, enrolled.device(), enrolled.environment(), sealer::seal, () -> {});
    this.tenant = enrolled.tenantName();
  }

  /**
   * Who is signed in.
   *
   * @param name as they typed it
   * @param factorNeeded true while the only thing to do is to set up a second factor
   */
  public record SignedIn(UUID person, String name, boolean factorNeeded) {}

  /** What an authenticator app takes in; shown once. */
  public record AppSecret(String uri, String secret) {
    @Override
    public String toString() {
      return "AppSecret[••••]";
    }
  }

  private record Began(@Nullable String token, UUID person, boolean secondFactorNeeded) {
    private Began {
      if (token != null) {
        Bearer.written(token);
      }
    }

    @Override
    public String toString() {
      return "Began[••••]";
    }
  }

  private record Confirmed(@Nullable String token, List<String> recoveryCodes) {
    private Confirmed {
      if (token != null) {
        Bearer.written(token);
      }
    }

    @Override
    public String toString() {
      return "Confirmed[••••]";
    }
  }

  private record Held(String token, SignedIn person) {
    @Override
    public String toString() {
      return "Held[••••]";
    }
  }

  private record Current(UUID id, boolean current) {}

  private record Sessions(@Nullable List<Current> sessions) {}

  private record Nothing() {}

  /** Who is signed in, or null. */
  public @Nullable SignedIn person() {
    Held now = held.get();
    return now == null ? null : now.person();
  }

  /**
   * Signs a person in.
   *
   * @param code of an app or a recovery code, or empty
   */
  public Said<SignedIn> signIn(String name, String password, String code) {
    Map<String, Object> fields = named(name);
    fields.put("password", password);
    if (!code.isBlank()) {
      fields.put("code", code.strip());
    }
    int mine = era.get();
    return open("POST", Routes.PEOPLE_SIGN_IN, fields, Began.class)
        .map(began -> hold(mine, began, name));
  }

  /** Sets a password with the set-up code that a manager gave out. */
  public Said<Boolean> setPassword(String name, String code, String password) {
    Map<String, Object> fields = named(name);
    fields.put("code", code.strip());
    fields.put("password", password);
    return open("POST", Routes.PEOPLE_PASSWORD, fields, Nothing.class).map(_ -> true);
  }

  /** Begins to set up an app. */
  public Said<AppSecret> beginFactor() {
    return post(Routes.OWN_FACTOR, null, AppSecret.class);
  }

  /** Confirms an app with a code of it; the recovery codes, shown this once. */
  public Said<List<String>> confirmFactor(String code) {
    int mine = era.get();
    SignedIn before = person();
    return post(Routes.OWN_FACTOR_CONFIRM, Map.of("code", code.strip()), Confirmed.class)
        .map(
            confirmed -> {
              if (before != null) {
                hold(mine, new Began(confirmed.token(), before.person(), false), before.name());
              }
              return confirmed.recoveryCodes();
            });
  }

  private SignedIn hold(int mine, Began began, String name) {
    SignedIn who = new SignedIn(began.person(), name, began.secondFactorNeeded());
    String token = began.token();
    if (token != null && mine == era.get()) {
      held.set(new Held(token, who));
    }
    return who;
  }

  /** Asks for something. */
  public <T> Said<T> get(String path, Class<T> form) {
    return call("GET", path, null, form);
  }

  /** Asks for a document byte for byte. */
  public Said<byte[]> bytes(String path) {
    return call("GET", path, null, body -> body);
  }

  /** Does something; null sends nothing along. */
  public <T> Said<T> post(String path, @Nullable Object body, Class<T> form) {
    return call("POST", path, body, form);
  }

  /** Does something that gives nothing back. */
  public Said<Boolean> post(String path, @Nullable Object body) {
    return call("POST", path, body, Nothing.class).map(_ -> true);
  }

  /** Takes something away. */
  public Said<Boolean> delete(String path) {
    return call("DELETE", path, null, Nothing.class).map(_ -> true);
  }

  /** Forgets the token at once and ends the session at the server if that can be reached. */
  public void signOut() {
    Held last = held.get();
    forget();
    if (last == null) {
      return;
    }
    Said<Sessions> all =
        asking("GET", Routes.OWN_SESSIONS, null, last.token(), reading(Sessions.class));
    if (all instanceof Said.Got<Sessions>(Sessions sessions) && sessions.sessions() != null) {
      sessions.sessions().stream()
          .filter(Current::current)
          .map(own -> Routes.OWN_SESSION.replace("{id}", own.id().toString()))
          .forEach(own -> asking("DELETE", own, null, last.token(), reading(Nothing.class)));
    }
  }

  /** Forgets the token at once. */
  public void forget() {
    era.incrementAndGet();
    held.set(null);
  }

  private <T> Said<T> call(String method, String path, @Nullable Object body, Class<T> form) {
    return call(method, path, body, reading(form));
  }

  private <T> Said<T> call(
      String method, String path, @Nullable Object body, Function<byte[], @Nullable T> form) {
    Held now = held.get();
    if (now == null) {
      return new Said.SignInNeeded<>();
    }
    Said<T> said = asking(method, path, body, now.token(), form);
    if (said instanceof Said.SignInNeeded) {
      held.compareAndSet(now, null);
    }
    return said;
  }

  private <T> Said<T> open(String method, String path, Object body, Class<T> form) {
    return asking(method, path, body, null, reading(form));
  }

  /** Over the device's session; a 401 may mean that this has run out, so it is renewed once. */
  private <T> Said<T> asking(
      String method,
      String path,
      @Nullable Object body,
      @Nullable String token,
      Function<byte[], @Nullable T> form) {
    byte[] sent = body == null ? null : Json.encode(body);
    lane.lock();
    try {
      Reply reply =
          device.asking(
              deviceToken -> {
                Map<String, String> headers = new HashMap<>();
                headers.put(DEVICE, deviceToken);
                if (token != null) {
                  headers.put("Authorization", "Bearer " + token);
                }
                return connection.exchangeJson(method, path, sent, headers);
              });
      return read(reply, form);
    } finally {
      lane.unlock();
    }
  }

  private static <T> Function<byte[], @Nullable T> reading(Class<T> form) {
    return body -> READER.readValue(body, form);
  }

  private static <T> Said<T> read(Reply reply, Function<byte[], @Nullable T> form) {
    return switch (reply) {
      case Reply.Answered(byte[] body) -> {
        try {
          T value = form.apply(body);
          yield value == null
              ? new Said.Offline<>(Obstacle.NOT_COUNTERSIGN)
              : new Said.Got<>(value);
        } catch (JacksonException _) {
          yield new Said.Offline<>(Obstacle.NOT_COUNTERSIGN);
        }
      }
      case Reply.Refused(int status, var problem) ->
          refused(status, problem.code(), problem.message());
      case Reply.Busy busy when busy.detail().startsWith("429") ->
          new Said.Later<>(busy.retryAfter());
      case Reply.NoAnswer silence -> new Said.Offline<>(Obstacle.of(silence));
    };
  }

  private static <T> Said<T> refused(int status, String code, String message) {
    return switch (code) {
      case "unauthenticated" -> new Said.SignInNeeded<>();
      case "second-factor-needed" -> new Said.FactorNeeded<>();
      case "not-permitted" -> new Said.NotPermitted<>();
      case "not-found" -> new Said.NotThere<>();
      default -> new Said.Refused<>(code.isEmpty() ? Integer.toString(status) : code, message);
    };
  }

  private Map<String, Object> named(String name) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tenant", tenant);
    fields.put("user", name.strip());
    return fields;
  }

  @Override
  public void close() {
    forget();
    connection.close();
  }
}
