package dev.countersign.client.bench;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The till's own paths, each in turns with a floor on the same machine and disk. The scratch folder
 * must be empty and is left for the caller to remove.
 */
public final class TillBench {
  private static final int WARM_UP = 300;
  private static final int LINES = 3;

  /** So many products a screen of goods shows at most. */
  private static final int SHOWN = 96;

  /** So many rows a search reads to rank them. */
  private static final int RANKED = 200;

  private TillBench() {}

  /**
   * {@code sale.complete}: a prepared basket of three lines through the ledger; the floor is one
   * synced transaction of the same pragmas that writes one row of as many bytes as the change and
   * its sale row have.
   *
   * @param n how many sales are measured
   */
  public static Figure saleComplete(Path scratch, int n) throws SQLException {
    try (BenchTill till = new BenchTill(scratch.resolve("till"), 1000);
        Secret floorKey = Secret.random(32, new SecureRandom());
        Db floor = new Db(SqlCipher.openWriter(scratch.resolve("floor.db"), floorKey))) {
      floor.execute("CREATE TABLE floor (number INTEGER PRIMARY KEY, body BLOB)");
      Ledger ledger = till.device().ledger();
      Actor opener = new Actor(BenchTill.CASHIER, null, Instant.now());
      ledger.openShift(opener, LocalDate.EPOCH, Money.of(10_000, BenchTill.USD));
      SaleDraft draft = draft(till.device().catalogue());
      byte[] same = new byte[bytesOf(ledger.complete(opener, draft))];
      new SplittableRandom(1).nextBytes(same);
      long[] path = new long[n];
      long[] floors = new long[n];
      for (int i = -WARM_UP; i < n; i++) {
        Actor actor = new Actor(BenchTill.CASHIER, null, Instant.now());
        long start = System.nanoTime();
        ledger.complete(actor, draft);
        long middle = System.nanoTime();
        floor.<Integer, SQLException>transaction(
            () -> floor.update("INSERT INTO floor (body) VALUES (?)", (Object) same));
        long end = System.nanoTime();
        if (i >= 0) {
          path[i] = middle - start;
          floors[i] = end - middle;
        }
      }
      return Figure.of("sale.complete", path, floors);
    }
  }

  /**
   * {@code sale.complete.5m}: what {@link #saleComplete} measures, in a store that holds the sales
   * of years; the floor is the same in one that holds those of days, in turns.
   *
   * @param many how many sales are stored, 5,000,000 for the figure of that name
   * @param few how many are stored where the floor is measured
   * @param n how many sales are measured in each
   */
  public static Figure saleCompleteGrown(Path scratch, long many, long few, int n)
      throws SQLException {
    try (BenchTill grown = new BenchTill(scratch.resolve("grown"), 1000);
        BenchTill young = new BenchTill(scratch.resolve("young"), 1000)) {
      SaleDraft atGrown = withHistory(grown, many);
      SaleDraft atYoung = withHistory(young, few);
      long[] path = new long[n];
      long[] floors = new long[n];
      for (int i = -WARM_UP; i < n; i++) {
        Actor actor = new Actor(BenchTill.CASHIER, null, Instant.now());
        long start = System.nanoTime();
        CompletedSale sale = grown.device().ledger().complete(actor, atGrown);
        long middle = System.nanoTime();
        young.device().ledger().complete(actor, atYoung);
        long end = System.nanoTime();
        if (sale.change() != many + WARM_UP + i + 2) {
          throw new IllegalStateException("the history is not there: change " + sale.change());
        }
        if (i >= 0) {
          path[i] = middle - start;
          floors[i] = end - middle;
        }
      }
      return Figure.of("sale.complete.5m", path, floors);
    }
  }

  /** Opens a shift in which so many sales are made, and prepares the next one. */
  private static SaleDraft withHistory(BenchTill till, long sales) throws SQLException {
    Ledger ledger = till.device().ledger();
    Actor opener = new Actor(BenchTill.CASHIER, null, Instant.now());
    ledger.openShift(opener, LocalDate.EPOCH, Money.of(10_000, BenchTill.USD));
    SaleDraft draft = draft(till.device().catalogue());
    ledger.complete(opener, draft);
    till.repeatLastSale(sales - 1);
    return draft;
  }

  /**
   * {@code barcode.lookup.1m}: random barcodes through the catalogue; the floor is the bare
   * prepared SELECT of the same row on a connection of the same settings.
   *
   * @param products how many stand in the catalogue, 1,000,000 for the figure of that name
   * @param n how many lookups are measured
   */
  public static Figure barcodeLookup(Path scratch, long products, int n) throws SQLException {
    try (BenchTill till = new BenchTill(scratch.resolve("till"), products);
        var connection = SqlCipher.openReader(till.file(), till.key());
        PreparedStatement bare =
            connection.prepareStatement(
                "SELECT p.id, p.sku, p.name, p.category, p.size, p.price, p.taxes, p.barcodes,"
                    + " b.pack FROM barcode b JOIN product p ON p.number = b.product"
                    + " WHERE b.code = ?")) {
      Catalogue catalogue = till.device().catalogue();
      SplittableRandom random = new SplittableRandom(7);
      long[] path = new long[n];
      long[] floors = new long[n];
      for (int i = -WARM_UP * 10; i < n; i++) {
        // Two codes, so that neither finds the pages warm that the other has just read.
        String first = BenchTill.barcode(random.nextLong(products));
        String second = BenchTill.barcode(random.nextLong(products));
        long start = System.nanoTime();
        int hits = catalogue.byCode(first).size();
        long middle = System.nanoTime();
        int rows = bareLookup(bare, second);
        long end = System.nanoTime();
        if (hits != 1 || rows != 1) {
          throw new IllegalStateException("a generated barcode was not found");
        }
        if (i >= 0) {
          path[i] = middle - start;
          floors[i] = end - middle;
        }
      }
      return Figure.of("barcode.lookup.1m", path, floors);
    }
  }

  /**
   * {@code search.1m}: names typed letter by letter, a search with each, as at the till's screen;
   * the floor is the bare full-text query for the same rows on a connection of the same settings.
   *
   * @param products how many stand in the catalogue, 1,000,000 for the figure of that name
   * @param n how many searches are measured
   */
  public static Figure search(Path scratch, long products, int n) throws SQLException {
    try (BenchTill till = new BenchTill(scratch.resolve("till"), products);
        var connection = SqlCipher.openReader(till.file(), till.key());
        PreparedStatement bare =
            connection.prepareStatement(
                "SELECT p.id, p.sku, p.name, p.category, p.size, p.price, p.taxes, p.barcodes, 0"
                    + " FROM product_search s JOIN product p ON p.number = s.rowid"
                    + " WHERE product_search MATCH ? LIMIT "
                    + RANKED)) {
      Catalogue catalogue = till.device().catalogue();
      List<String> typed = typed(products, n + WARM_UP);
      long[] path = new long[n];
      long[] floors = new long[n];
      for (int i = -WARM_UP; i < n; i++) {
        String text = typed.get(i + WARM_UP);
        String query = "\"" + text.toLowerCase(Locale.ROOT).replace(" ", "\"* \"") + "\"*";
        long start = System.nanoTime();
        int found = catalogue.search(text, SHOWN).size();
        long middle = System.nanoTime();
        int rows = bareLookup(bare, query);
        long end = System.nanoTime();
        if (found == 0 || rows == 0) {
          throw new IllegalStateException("nothing was found for " + text);
        }
        if (i >= 0) {
          path[i] = middle - start;
          floors[i] = end - middle;
        }
      }
      return Figure.of("search.1m", path, floors);
    }
  }

  /** What stands in the search field after each letter. */
  private static List<String> typed(long products, int n) {
    SplittableRandom random = new SplittableRandom(5);
    List<String> typed = new ArrayList<>(n);
    while (typed.size() < n) {
      String name = BenchTill.name(random.nextLong(products));
      for (int end = 1; end <= name.length() && typed.size() < n; end++) {
        if (name.charAt(end - 1) != ' ') {
          typed.add(name.substring(0, end));
        }
      }
    }
    return typed;
  }

  private static int bareLookup(PreparedStatement bare, String code) throws SQLException {
    bare.setString(1, code);
    int rows = 0;
    try (ResultSet result = bare.executeQuery()) {
      while (result.next()) {
        result.getBytes(1);
        for (int column = 2; column <= 5; column++) {
          result.getString(column);
        }
        result.getLong(6);
        result.getBytes(7);
        result.getString(8);
        result.getLong(9);
        rows++;
      }
    }
    return rows;
  }

  static SaleDraft draft(Catalogue catalogue) {
    Basket basket = Basket.empty(BenchTill.USD);
    for (int i = 0; i < LINES; i++) {
      Product product = catalogue.byId(BenchTill.product(i * 37L)).orElseThrow();
      basket =
          basket.add(
              new LineItem(
                  product.id(),
                  product.barcodes().getFirst().gtin14(),
                  product.name(),
                  product.size(),
                  catalogue.taxes(product, LocalDate.EPOCH)),
              Quantity.of(i + 1),
              new LinePrice.Each(product.price()));
    }
    PricedBasket priced = Pricing.price(basket, TaxRounding.perLine(BenchTill.USD));
    if (Settlement.of(priced.total(), List.of(new CashTender(priced.total())), null)
        instanceof Settlement.Settled settled) {
      return new SaleDraft(basket, priced, settled, LocalDate.EPOCH, null);
    }
    throw new IllegalStateException("exact cash settles every sale");
  }

  /** The change's bytes and about those of the sale's row. */
  private static int bytesOf(CompletedSale sale) {
    Change change =
        new Change(
            sale.id(), sale.change(), sale.id(), sale.cashier(), null, sale.at(), sale.body());
    return ChangeCodec.encode(change).length + 96;
  }
}
