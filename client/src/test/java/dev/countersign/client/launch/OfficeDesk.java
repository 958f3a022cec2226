package dev.countersign.client.launch;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.json.Json;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Register;
import dev.countersign.server.account.Store;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.launch.SyncServer;
import dev.countersign.server.tenant.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * An office at a real server of a small business: two stores, people of every kind, and a manager
 * who has a password and an app.
 */
final class OfficeDesk implements AutoCloseable {
  static final String PASSWORD = "violet tractor hums 47 sideways";

  final SyncServer server;
  final Tenant tenant;
  final Store store;
  final Store second;
  final Register register;
  final Person owner;
  final Person cashier;
  final Window window;
  private final TrustingClient http;
  private String secret = "";
  private long lastStep = -1;

  OfficeDesk(Path directory) throws Exception {
    Path data = Files.createDirectories(directory.resolve("server"));
    server = SyncServer.start(ServerConfig.in(data).limitedTo(1_000_000, 1_000_000));
    http = new TrustingClient(server);
    var shop = server.provisioning();
    tenant = shop.addTenant("Central City Liquor", "USD", "practice");
    store = shop.addStore(tenant.id(), "1", "Central City", ZoneOffset.UTC);
    second = shop.addStore(tenant.id(), "2", "Harbour Street", ZoneOffset.UTC);
    register = shop.addRegister(tenant.id(), store.id(), "R2");
    owner = shop.addUser(tenant.id(), "Esi L.", "owner", null);
    cashier = shop.addUser(tenant.id(), "Ama K.", "cashier", store.id());
    shop.addUser(tenant.id(), "Kofi B.", "supervisor", store.id());
    shop.addUser(tenant.id(), "Yaa D.", "manager", second.id());
    shop.addUser(tenant.id(), "Nii A.", "accountant", null);
    window = new Window(directory.resolve("office"));
    window.clock.set(Instant.now(Clock.systemUTC()));
  }

  /** Opens the window and enrols the office for this person. */
  OfficeDesk enrolled(Person first, Look look) throws Exception {
    window.open(look, 1024, 768);
    window.awaitText("Paste the code");
    field(
        "enrol-code",
        server.provisioning().officeTicket(tenant.id(), store.id(), first.id()).text());
    window.click("Connect");
    window.awaitText("type a PIN");
    for (int i = 0; i < 2; i++) {
      window.type(Window.PIN);
      window.press(KeyCode.ENTER);
    }
    return this;
  }

  /** Gives a person a password, over the interface. */
  void givePassword(Person person) throws Exception {
    String code = server.admission().passwordCode(tenant.id(), person.id());
    http.post(
        Routes.PEOPLE_PASSWORD,
        fields("user", person.name(), "code", code, "password", PASSWORD),
        null);
  }

  /** Gives a person a password and an app; the token of who has shown both. */
  String giveFactor(Person person) throws Exception {
    givePassword(person);
    Map<?, ?> signedIn =
        http.post(Routes.PEOPLE_SIGN_IN, fields("user", person.name(), "password", PASSWORD), null);
    String token = (String) signedIn.get("token");
    takeSecret((String) http.post(Routes.OWN_FACTOR, Map.of(), token).get("secret"));
    return (String)
        http.post(Routes.OWN_FACTOR_CONFIRM, Map.of("code", code()), token).get("token");
  }

  /** Gives somebody another role in all stores. */
  void give(Person person, String role, String token) throws Exception {
    http.post(
        Routes.PERSON_ROLE.replace("{id}", person.id().toString()), Map.of("role", role), token);
  }

  /** Makes a role, and somebody who has it in all stores. */
  Person withRole(String name, Role role, String token) throws Exception {
    http.post(Routes.ROLES, Map.of("name", role.name(), "permissions", role.permissions()), token);
    return server.provisioning().addUser(tenant.id(), name, role.name(), null);
  }

  /** Says how often access is reviewed. */
  void reviewEvery(int days, String token) throws Exception {
    http.post(Routes.REVIEW_RHYTHM, Map.of("days", days), token);
  }

  /** What the app shows next; a step is good once. */
  String code() throws Exception {
    long step = Math.max(lastStep + 1, Instant.now().getEpochSecond() / 30);
    // A server takes the step after its own as well, not one later.
    while (step > Instant.now().getEpochSecond() / 30 + 1) {
      Thread.onSpinWait();
    }
    lastStep = step;
    return Codes.of(secret, Instant.ofEpochSecond(step * 30));
  }

  boolean hasFactor() {
    return !secret.isEmpty();
  }

  void takeSecret(String text) {
    secret = text.replace(" ", "");
    lastStep = -1;
  }

  private Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tenant", tenant.name());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  /** Signs in on the sheet. */
  void signIn(String name, String password, String code) {
    window.awaitText("Passkeys are for web browsers");
    field("sign-in-name", name);
    field("sign-in-password", password);
    field("sign-in-code", code);
    window.click("Sign in");
  }

  void field(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) look(id)).setText(text);
          return id;
        });
  }

  String fieldText(String id) {
    return window.onScreen(() -> ((TextField) look(id)).getText());
  }

  /** Chooses what is shown so. */
  void choose(String id, String shown) {
    window.onScreen(() -> choose((ComboBox<?>) look(id), shown));
  }

  private static <T> String choose(ComboBox<T> box, String shown) {
    for (T each : box.getItems()) {
      if (box.getConverter().toString(each).equals(shown)) {
        box.getSelectionModel().select(each);
        return shown;
      }
    }
    throw new AssertionError("no choice " + shown);
  }

  /** Opens the row of the table in view whose cells hold this. */
  void openRow(String text, String button) {
    window.await(() -> row(text) >= 0);
    window.onScreen(
        () -> {
          table().getSelectionModel().select(row(text));
          return text;
        });
    window.click(button);
  }

  int row(String text) {
    return window.onScreen(
        () -> {
          TableView<?> table = table();
          for (int i = 0; i < table.getItems().size(); i++) {
            int row = i;
            boolean found =
                table.getColumns().stream()
                    .map(column -> String.valueOf(column.getCellData(row)))
                    .anyMatch(cell -> cell.contains(text));
            if (found) {
              return i;
            }
          }
          return -1;
        });
  }

  int rows() {
    return window.onScreen(() -> table().getItems().size());
  }

  private TableView<?> table() {
    for (Node node : window.scene().getRoot().lookupAll("*")) {
      if (node instanceof TableView<?> table && Window.shown(table)) {
        return table;
      }
    }
    return new TableView<>();
  }

  private Node look(String id) {
    return Objects.requireNonNull(window.scene().lookup("#" + id), id);
  }

  @Override
  public void close() throws Exception {
    window.close();
    server.close();
  }

  /** Speaks to the test's own server and no other. */
  private static final class TrustingClient {
    private final OkHttpClient client;
    private final String base;

    TrustingClient(SyncServer server) throws Exception {
      base = server.uri().toString();
      var trust = new Pinned(server.pin());
      var context = javax.net.ssl.SSLContext.getInstance("TLS");
      context.init(null, new javax.net.ssl.TrustManager[] {trust}, null);
      client =
          new OkHttpClient.Builder()
              .sslSocketFactory(context.getSocketFactory(), trust)
              .callTimeout(Duration.ofSeconds(30))
              .build();
    }

    Map<?, ?> post(String path, Object body, String token) throws Exception {
      var request =
          new Request.Builder()
              .url(base + path)
              .post(RequestBody.create(Json.encode(body), MediaType.get("application/json")));
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      try (Response response = client.newCall(request.build()).execute()) {
        byte[] answer = response.body().bytes();
        if (response.code() != 200) {
          throw new AssertionError(response.code() + " " + new String(answer));
        }
        return Json.decode(answer, Map.class);
      }
    }
  }

  /** Believes one key, as a device does. */
  private record Pinned(String pin) implements javax.net.ssl.X509TrustManager {
    @Override
    public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type)
        throws java.security.cert.CertificateException {
      throw new java.security.cert.CertificateException("no client here");
    }

    @Override
    public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type)
        throws java.security.cert.CertificateException {
      byte[] key = chain[0].getPublicKey().getEncoded();
      if (!dev.countersign.common.crypto.Hash.of(key)
          .toHex()
          .equals(pin.toLowerCase(Locale.ROOT))) {
        throw new java.security.cert.CertificateException("another key");
      }
    }

    @Override
    public java.security.cert.X509Certificate[] getAcceptedIssuers() {
      return new java.security.cert.X509Certificate[0];
    }
  }

  /** An authenticator app (RFC 6238). */
  private static final class Codes {
    private static final List<Character> LETTERS =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".chars().mapToObj(c -> (char) c).toList();

    static String of(String secret, Instant at) throws Exception {
      byte[] key = new byte[secret.length() * 5 / 8];
      int bits = 0;
      int buffer = 0;
      int next = 0;
      for (char letter : secret.toCharArray()) {
        buffer = buffer << 5 | LETTERS.indexOf(letter);
        bits += 5;
        if (bits >= 8) {
          key[next++] = (byte) (buffer >> (bits - 8));
          bits -= 8;
        }
      }
      var mac = javax.crypto.Mac.getInstance("HmacSHA1");
      mac.init(new javax.crypto.spec.SecretKeySpec(key, "HmacSHA1"));
      byte[] hash =
          mac.doFinal(java.nio.ByteBuffer.allocate(8).putLong(at.getEpochSecond() / 30).array());
      int offset = hash[hash.length - 1] & 0xf;
      int binary = java.nio.ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
      return String.format(Locale.ROOT, "%06d", binary % 1_000_000);
    }
  }
}
