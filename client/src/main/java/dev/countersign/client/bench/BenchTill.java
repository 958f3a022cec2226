package dev.countersign.client.bench;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.OpenDevice.Surroundings;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Enrolment.FirstUser;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A till with a generated catalogue, as it stands in a shop: real file, real encryption. */
final class BenchTill implements AutoCloseable {
  static final Currency USD = Currency.getInstance("USD");
  static final UUID CASHIER = new UUID(0x7000, 0x8000_0000_0000_0001L);
  static final String CASHIER_NAME = "Bench cashier";
  private static final UUID TAX = new UUID(0x7000, 0x8000_0000_0000_0002L);
  private static final UUID EPOCH = new UUID(0x7000, 0x8000_0000_0000_0003L);

  private static final int AT_ONCE = 20_000;

  private static final String REPEATED =
      "WITH RECURSIVE more (n) AS (SELECT ? UNION ALL SELECT n + 1 FROM more WHERE n < ?)"
          + " INSERT INTO change (number, last_receipt, at, type, id, receipt, business_date,"
          + " actor, lines, total, tax, cash, card, print, body)"
          + " SELECT number + n, last_receipt + n, at, type, randomblob(16), receipt + n,"
          + " business_date, actor, lines, total, tax, cash, card, 1, body"
          + " FROM more CROSS JOIN (SELECT * FROM change WHERE number = ?)";

  private static final List<String> WORDS =
      List.of(
          "Amber", "Barrel", "Cedar", "Dry", "Estate", "Fino", "Golden", "Harvest", "Iron",
          "Juniper", "Kiln", "Lime", "Malt", "North", "Oak", "Peach", "Quince", "Reserve", "Smoke",
          "Tawny", "Umber", "Velvet", "White", "Yard");

  private final Secret key;
  private final Path file;
  private final OpenDevice device;

  /**
   * @param products how many products stand in the catalogue
   */
  BenchTill(Path scratch, long products) {
    this(new DeviceFolder(scratch), Secret.random(32, new SecureRandom()), products);
  }

  /**
   * @param key of the store; closed with this
   */
  BenchTill(DeviceFolder folder, Secret key, long products) {
    SecureRandom random = new SecureRandom();
    this.key = key;
    this.file = folder.storeFile();
    try (SigningKey deviceKey = SigningKey.generate(random);
        SigningKey serverKey = SigningKey.generate(random)) {
      Enrolled enrolled =
          new Enrolled(
              UUID.randomUUID(),
              UUID.randomUUID(),
              DeviceKind.TILL,
              UUID.randomUUID(),
              UUID.randomUUID(),
              "B1",
              "practice",
              "Bench till",
              "Bench",
              "Store 1",
              "Register 1",
              USD,
              "https://localhost",
              null,
              serverKey.verifyKey(),
              new LogKey("bench.example/log", serverKey.verifyKey()).text());
      FirstUser cashier = new FirstUser(CASHIER, CASHIER_NAME, "cashier");
      this.device =
          OpenDevice.enrol(
              folder, key, enrolled, deviceKey, EPOCH, cashier, Surroundings.ofThisMachine());
    }
    device
        .replica()
        .replaceAll(new FeedPage(EPOCH, products + 2, false, List.of()), feed(products));
    device.replica().arrange(() -> false);
  }

  OpenDevice device() {
    return device;
  }

  Secret key() {
    return key;
  }

  Path file() {
    return file;
  }

  /**
   * Stores its last change, a sale, so many times more, as rows of their own: five million through
   * the ledger, each synced, would take half an hour. Nothing else may write meanwhile.
   */
  void repeatLastSale(long times) throws SQLException {
    try (Db db = new Db(SqlCipher.openWriter(file, key))) {
      long sale = db.first("SELECT max(number) FROM change", row -> row.integer(1)).orElseThrow();
      for (long done = 0; done < times; done += AT_ONCE) {
        long first = done + 1;
        long last = Math.min(times, done + AT_ONCE);
        db.<Integer, SQLException>transaction(() -> db.update(REPEATED, first, last, sale));
      }
      db.<Integer, SQLException>transaction(
          () ->
              db.update("UPDATE sale_day SET last = max(last, (SELECT max(number) FROM change))"));
    }
  }

  static UUID product(long number) {
    return new UUID(0x0190_0000_0000_7000L + (number << 16), 0x8000_0000_0000_0000L | number);
  }

  /** The product's barcode in normal form. */
  static String barcode(long number) {
    String body = "00" + (50_000_000_000L + number);
    return body + Gtin.checkDigit(body);
  }

  static String name(long number) {
    return word(number)
        + " "
        + word(number / WORDS.size())
        + " "
        + word(number * 7 + 3)
        + " "
        + number % 997;
  }

  private static Iterator<FeedItem> feed(long products) {
    TaxItem tax = new TaxItem("VAT", "PERCENT", new BigDecimal("20"), true, false, true);
    UserItem cashier = UserItem.of(CASHIER, CASHIER_NAME, Role.CASHIER);
    Stream<FeedItem> first = Stream.of(FeedItem.of(1, TAX, tax), FeedItem.of(2, CASHIER, cashier));
    Stream<FeedItem> rest =
        LongStream.range(0, products)
            .mapToObj(number -> FeedItem.of(number + 3, product(number), item(number)));
    return Stream.concat(first, rest).iterator();
  }

  private static ProductItem item(long number) {
    return new ProductItem(
        "S" + number,
        name(number),
        "Category " + number % 40,
        number % 3 == 0 ? "750 ml" : "1 l",
        199 + number % 5000,
        List.of(TAX),
        List.of(new Barcode(barcode(number), Quantity.ONE)));
  }

  private static String word(long number) {
    return WORDS.get((int) (number % WORDS.size()));
  }

  @Override
  public void close() {
    device.close();
    key.close();
  }
}
