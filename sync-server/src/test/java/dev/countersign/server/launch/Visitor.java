package dev.countersign.server.launch;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Person;
import dev.countersign.server.launch.RawClient.Reply;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Somebody at the door of a running server, over TLS, with an app for codes in the pocket. */
final class Visitor {
  static final String PASSWORD = "violet tractor hums 47 sideways";
  private static final MediaType JSON = MediaType.get("application/json");

  final RunningServer shop;
  final RawClient client;

  Visitor(RunningServer shop) throws Exception {
    this(shop, RawClient.of(shop.server));
  }

  Visitor(RunningServer shop, RawClient client) {
    this.shop = shop;
    this.client = client;
  }

  /** A person who is signed in; the secret of their app, or empty. */
  record Signed(Person person, String token, String secret, List<String> recovery) {}

  record Token(@Nullable String token, UUID person, boolean secondFactorNeeded) {}

  record Confirmed(@Nullable String token, List<String> recoveryCodes) {}

  record AppSecret(String uri, String secret) {}

  Reply call(String method, String path, @Nullable Object body, @Nullable String token)
      throws Exception {
    RequestBody sent =
        method.equals("GET")
            ? null
            : RequestBody.create(body == null ? new byte[0] : Json.encode(body), JSON);
    Request.Builder request = new Request.Builder().url(client.url(path)).method(method, sent);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request);
  }

  static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  Reply setPassword(String user, String code, String password) throws Exception {
    return call(
        "POST",
        Routes.PEOPLE_PASSWORD,
        fields("tenant", "Corner Shop", "user", user, "code", code, "password", password),
        null);
  }

  Reply signIn(String tenant, String user, String password, @Nullable String code)
      throws Exception {
    var body = fields("tenant", tenant, "user", user, "password", password);
    if (code != null) {
      body.put("code", code);
    }
    return call("POST", Routes.PEOPLE_SIGN_IN, body, null);
  }

  Reply signIn(String user, @Nullable String code) throws Exception {
    return signIn("Corner Shop", user, PASSWORD, code);
  }

  String passwordCode(Person person) throws Exception {
    return shop.server.admission().passwordCode(shop.tenant.id(), person.id());
  }

  /** Adds a person with a password, and a second factor where the role asks for one. */
  Signed person(String name, String role, @Nullable UUID store) throws Exception {
    return signed(shop.desk().addUser(shop.tenant.id(), name, role, store));
  }

  /** Signs somebody in for the first time. */
  Signed signed(Person person) throws Exception {
    setPassword(person.name(), passwordCode(person), PASSWORD).as(Map.class);
    Token token = signIn(person.name(), null).as(Token.class);
    return token.secondFactorNeeded()
        ? withFactor(person, token.token())
        : new Signed(person, token.token(), "", List.of());
  }

  /** The same person, signed in once more: whatever changed their rights ended their sessions. */
  Signed again(Signed before) throws Exception {
    shop.pass(Duration.ofSeconds(60));
    String code = before.secret().isEmpty() ? null : code(before.secret());
    String token = signIn(before.person().name(), code).as(Token.class).token();
    return new Signed(before.person(), token, before.secret(), before.recovery());
  }

  Signed withFactor(Person person, String token) throws Exception {
    String secret = call("POST", Routes.OWN_FACTOR, null, token).as(AppSecret.class).secret();
    Confirmed confirmed =
        call("POST", Routes.OWN_FACTOR_CONFIRM, fields("code", code(secret)), token)
            .as(Confirmed.class);
    return new Signed(person, confirmed.token(), secret, confirmed.recoveryCodes());
  }

  String code(String secret) throws Exception {
    return code(secret, 0);
  }

  /** What the app shows, so many steps from now. */
  String code(String secret, int steps) throws Exception {
    BigInteger bits = BigInteger.ZERO;
    for (char letter : secret.toCharArray()) {
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(letters().indexOf(letter)));
    }
    byte[] raw = bits.toByteArray();
    byte[] key = new byte[20];
    byte[] digits = raw.length > 20 ? Arrays.copyOfRange(raw, raw.length - 20, raw.length) : raw;
    System.arraycopy(digits, 0, key, 20 - digits.length, digits.length);
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(
            new SecretKeySpec(key, "HmacSHA1"),
            shop.now.get().plus(Duration.ofSeconds(30L * steps)),
            Locale.ROOT);
  }

  private static String letters() {
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  }
}
