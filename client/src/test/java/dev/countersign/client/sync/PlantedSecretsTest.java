package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.DeviceFolder.Title;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.UnlockOutcome;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.server.account.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A day at a real server and a real till with secrets and names that exist nowhere else, and then a
 * search for each, in every form that somebody might have written it in, through every file of
 * both, all that was logged or printed, the audit log and the export.
 */
class PlantedSecretsTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String PERSON = "Zenobia Quillfeather-7Kx";
  private static final String PRODUCT = "Planted Quince Cordial 9Wm";
  private static final String NOTE = "For Mrs Brakespear-4Tq, leave at the door";
  private static final String PASSWORD = "violet tractor 4Hp hums sideways";
  private static final String WRONG_PASSWORD = "violet lorry 8Jd hums sideways";
  private static final String PIN = "83517264";
  private static final String WRONG_PIN = "94628375";
  private static final String INTEGRATION = "wc-secret-6Rv-of-the-webshop";

  @TempDir Path folder;
  private final Map<String, byte[]> planted = new LinkedHashMap<>();

  /** Texts that were written where nobody but the owner reads, kept to be searched as well. */
  private final Map<String, byte[]> said = new LinkedHashMap<>();

  private void plant(String name, String value) {
    planted.put(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void noSecretIsWhereItDoesNotBelong() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    Map<Object, Integer> levels = new LinkedHashMap<>();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loudenOurLoggers(levels);
      theDay();
    } finally {
      System.setOut(out);
      System.setErr(err);
      for (var each : levels.entrySet()) {
        level(each.getKey()).setInt(each.getKey(), each.getValue());
      }
    }
    said.put("what was logged and printed", printed.toByteArray());
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("/v1/people/sign-in");

    List<String> found = new ArrayList<>();
    for (var each : said.entrySet()) {
      look(each.getKey(), each.getValue(), found);
    }
    int files = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files++;
        look(folder.relativize(file).toString(), Files.readAllBytes(file), found);
      }
    }
    assertThat(files).isGreaterThan(6);
    assertThat(found)
        .containsExactlyInAnyOrder(
            // Batches go out as they were signed, and tell what was sold; an export is the owner's.
            "note in the export", "product in the export");
  }

  private void theDay() throws Exception {
    try (Shop shop = Shop.open(folder)) {
      var desk = shop.server.provisioning();
      plant("person", PERSON);
      plant("product", PRODUCT);
      plant("note", NOTE);
      Person owner = desk.addUser(shop.tenant.id(), PERSON, "owner", null);
      Path rows = folder.resolve("rows.csv");
      Files.writeString(
          rows,
          "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,"
              + "case_cost,bottle_retail,list_date\n1,"
              + PRODUCT
              + ",GIN,V,750,6,80,4006381333931,,1,6,10.00,2020-01-01\n");
      desk.importCatalogue(shop.tenant.id(), rows);
      Files.delete(rows);
      String joining = desk.joinCode(shop.tenant.id(), owner.id());
      plant("joining code", joining);
      plant("joining code without dash", joining.replace("-", ""));
      theOffice(shop, owner);
      theTill(shop, owner);
      ByteArrayOutputStream export = new ByteArrayOutputStream();
      desk.export(shop.tenant.id(), export);
      said.put("the export", unpacked(export.toByteArray()));
    }
  }

  /** The batches of an export are Base64; what they say is looked at as it is said. */
  private static byte[] unpacked(byte[] export) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(export);
    for (String word : new String(export, StandardCharsets.UTF_8).split("[\\s\"]+")) {
      if (word.length() > 100 && word.matches("[A-Za-z0-9+/]+=*")) {
        all.write(Base64.getDecoder().decode(word));
      }
    }
    return all.toByteArray();
  }

  private void theOffice(Shop shop, Person owner) throws Exception {
    plant("password", PASSWORD);
    plant("wrong password", WRONG_PASSWORD);
    plant("integration secret", INTEGRATION);
    Browser browser = new Browser(shop.server.uri());
    String code = shop.server.admission().passwordCode(shop.tenant.id(), owner.id());
    plant("set-up code", code);
    Map<String, Object> who = new LinkedHashMap<>();
    who.put("tenant", "Corner Shop");
    who.put("user", PERSON);
    who.put("code", code);
    who.put("password", PASSWORD);
    browser.ask("POST", Routes.PEOPLE_PASSWORD, who, null);
    who.remove("code");
    who.put("password", WRONG_PASSWORD);
    browser.ask("POST", Routes.PEOPLE_SIGN_IN, who, null);
    who.put("password", PASSWORD);
    String early = (String) browser.ask("POST", Routes.PEOPLE_SIGN_IN, who, null).get("token");
    plant("session token before the factor", early);
    String secret = (String) browser.ask("POST", Routes.OWN_FACTOR, null, early).get("secret");
    plant("secret of the app", secret);
    byte[] key = base32(secret);
    planted.put("bytes of the app's secret", key);
    String shown =
        new TimeBasedOneTimePasswordGenerator()
            .generateOneTimePasswordString(new SecretKeySpec(key, "HmacSHA1"), Instant.now());
    Map<?, ?> confirmed =
        browser.ask("POST", Routes.OWN_FACTOR_CONFIRM, Map.of("code", shown), early);
    String token = (String) confirmed.get("token");
    plant("session token", token);
    List<?> recovery = (List<?>) confirmed.get("recoveryCodes");
    plant("recovery code", (String) recovery.getFirst());
    who.put("code", recovery.getFirst());
    plant(
        "session token by a recovery code",
        (String) browser.ask("POST", Routes.PEOPLE_SIGN_IN, who, null).get("token"));
    browser.ask(
        "PUT", Routes.SECRET.replace("{name}", "webshop"), Map.of("value", INTEGRATION), token);
    String apiKey =
        shop.server
            .admission()
            .addKey(shop.tenant.id(), "Program", Set.of("office.open"), "", Duration.ofDays(1))
            .key();
    plant("key of a program", apiKey);
    said.put("books", Json.encode(browser.ask("GET", Routes.BOOKS, null, apiKey)));
    said.put("secrets", Json.encode(browser.ask("GET", Routes.SECRETS, null, token)));
    said.put("audit log", Json.encode(browser.ask("GET", Routes.AUDIT + "?after=0", null, token)));
  }

  private void theTill(Shop shop, Person owner) throws Exception {
    EnrolmentTicket ticket =
        shop.server.provisioning().tillTicket(shop.tenant.id(), shop.register.id(), owner.id());
    plant("secret of the enrolment code", ticket.secret());
    plant("PIN", PIN);
    plant("wrong PIN", WRONG_PIN);
    if (!(TillDevice.enrol(ticket.text()) instanceof EnrolOutcome.Enrolled(var result))) {
      throw new AssertionError("not enrolled");
    }
    try (Secret seed = result.key().seed()) {
      planted.put("seed of the device's key", seed.bytes().clone());
    }
    DeviceFolder place = new DeviceFolder(folder.resolve("till"));
    place.create();
    InstantSource clock = InstantSource.system();
    PinVault vault =
        new PinVault(
            place, new FileKeyChest(folder.resolve("chest")), clock, RANDOM, Argon2Cost.FLOOR);
    Title title = new Title("Corner Shop", "Harbour", "R1", "practice");
    try (Pin pin = Pin.typed(PIN.toCharArray());
        FolderKeys keys = vault.create(title, owner.id(), PERSON, pin)) {
      planted.put("key of the till's database", keys.database().bytes().clone());
      planted.put("inner key of the till", keys.inner().bytes().clone());
      OpenDevice open =
          OpenDevice.enrol(
              place,
              keys.database(),
              result.enrolled(),
              result.key(),
              result.epoch(),
              result.firstUser(),
              new OpenDevice.Surroundings(clock, System::nanoTime, RANDOM));
      try (TillDevice till = new TillDevice(open, keys.database(), owner.id(), clock)) {
        till.pull();
        till.openShift();
        sell(open, owner.id());
        assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
      }
    }
    result.key().close();
    try (Pin wrong = Pin.typed(WRONG_PIN.toCharArray())) {
      UnlockOutcome outcome = vault.unlock(owner.id(), wrong);
      said.put("a wrong PIN's outcome", outcome.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void sell(OpenDevice open, UUID user) {
    Basket basket =
        Basket.empty(TillDevice.USD)
            .add(
                new LineItem(null, "", PRODUCT, "", List.of()),
                Quantity.ONE,
                new LinePrice.Each(Money.of(1_000, TillDevice.USD)));
    var priced = Pricing.price(basket, TaxRounding.perLine(TillDevice.USD));
    if (Settlement.of(priced.total(), List.of(new CashTender(priced.total())), null)
        instanceof Settlement.Settled settled) {
      open.ledger()
          .complete(
              new Actor(user, null, Instant.now()),
              new SaleDraft(basket, priced, settled, TillDevice.DAY, NOTE));
    }
  }

  /** Looks for everything that was planted, in every form, in some bytes. */
  private void look(String where, byte[] bytes, List<String> found) {
    String hay = new String(bytes, StandardCharsets.ISO_8859_1);
    for (var each : planted.entrySet()) {
      if (forms(each.getValue()).stream().anyMatch(hay::contains)) {
        found.add(each.getKey() + " in " + where);
      }
    }
  }

  private static List<String> forms(byte[] secret) {
    List<String> forms = new ArrayList<>();
    forms.add(new String(secret, StandardCharsets.ISO_8859_1));
    forms.add(HexFormat.of().formatHex(secret));
    forms.add(HexFormat.of().withUpperCase().formatHex(secret));
    for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] other = new String(secret, StandardCharsets.UTF_8).getBytes(wide);
      forms.add(new String(other, StandardCharsets.ISO_8859_1));
    }
    // Base64 of it also inside of something longer: three ways to fall on the four-letter groups.
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[secret.length + shift];
      System.arraycopy(secret, 0, shifted, shift, secret.length);
      int whole = shifted.length / 3 * 3;
      byte[] groups = java.util.Arrays.copyOfRange(shifted, shift == 0 ? 0 : 3, whole);
      forms.add(Base64.getEncoder().encodeToString(groups));
      forms.add(Base64.getUrlEncoder().encodeToString(groups));
    }
    return forms;
  }

  private static byte[] base32(String text) {
    BigInteger bits = BigInteger.ONE;
    for (char letter : text.toCharArray()) {
      int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(value));
    }
    byte[] all = bits.shiftRight(text.length() * 5 % 8).toByteArray();
    return java.util.Arrays.copyOfRange(all, 1, all.length);
  }

  /** Every logger that is named after one of our classes says all it can. */
  private static void loudenOurLoggers(Map<Object, Integer> levels) throws Exception {
    List<String> names = new ArrayList<>(List.of("dev.countersign.server.requests"));
    for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      Path root = Path.of(entry);
      if (Files.isDirectory(root)) {
        try (Stream<Path> classes = Files.walk(root)) {
          classes
              .map(file -> root.relativize(file).toString().replace('/', '.'))
              .filter(name -> name.endsWith(".class") && name.startsWith("dev.countersign."))
              .forEach(name -> names.add(name.substring(0, name.length() - 6)));
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(300);
    for (String name : names) {
      Object logger = LoggerFactory.getLogger(name);
      levels.put(logger, level(logger).getInt(logger));
      level(logger).setInt(logger, 0);
    }
  }

  private static java.lang.reflect.Field level(Object logger) throws Exception {
    var field = logger.getClass().getDeclaredField("currentLogLevel");
    field.setAccessible(true);
    return field;
  }
}
