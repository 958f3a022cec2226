package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRule;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The products of this device's store, as the server last said. Safe for any thread. */
public final class Catalogue {
  /** Longest text that is looked up or searched for; a scanner gone wild sends more. */
  static final int LONGEST_TEXT = 200;

  /** How many matches are ranked among each other; the typist narrows what is beyond. */
  private static final int RANKED = 200;

  static final String BY_CODE =
      "SELECT p.id, p.sku, p.name, p.category, p.size, p.price, p.taxes, p.barcodes, p.handling,"
          + " b.pack FROM barcode b JOIN product p ON p.number = b.product WHERE b.code = ?";

  static final String PRODUCT =
      "SELECT p.id, p.sku, p.name, p.category, p.size, p.price, p.taxes, p.barcodes, p.handling"
          + " FROM product p";

  private final TillStore store;
  private final Currency currency;
  private volatile @Nullable Map<UUID, Tax> taxes;
  private volatile Map<UUID, Tax> lastTaxes = Map.of();

  Catalogue(TillStore store, Currency currency) {
    this.store = store;
    this.currency = currency;
  }

  /**
   * The products a scanned or typed code stands on: by barcode in the normal form of a GTIN, else
   * by barcode as printed, else by the shop's own number. Several products on one code are several
   * hits, for a person to choose; none is an unknown code.
   */
  public List<CatalogueHit> byCode(String scanned) {
    String code = scanned.strip();
    if (code.isEmpty() || code.length() > LONGEST_TEXT) {
      return List.of();
    }
    String normal = Gtin.parse(code).map(Gtin::digits14).orElse(code);
    return store.read(
        db -> {
          List<CatalogueHit> hits = db.list(BY_CODE, this::hit, normal);
          if (hits.isEmpty() && !normal.equals(code)) {
            hits = db.list(BY_CODE, this::hit, code);
          }
          return hits.isEmpty() ? bySku(db, code) : hits;
        });
  }

  /**
   * Search as you type: every word typed must begin a word of name, number, category or size;
   * accents do not matter. A product whose code or number is exactly what was typed comes first,
   * then names that begin with it.
   */
  public List<Product> search(String typed, int limit) {
    List<String> words = SearchText.words(typed);
    if (words.isEmpty() || limit < 1) {
      return List.of();
    }
    Map<UUID, Product> found = new LinkedHashMap<>();
    byCode(typed).forEach(hit -> found.put(hit.product().id(), hit.product()));
    List<Product> matches =
        store.read(
            db ->
                db.atOneMoment(
                    () -> SearchIndex.find(db, words, Math.max(limit, RANKED), this::product)));
    SearchText.ranked(matches, words).forEach(p -> found.putIfAbsent(p.id(), p));
    return found.values().stream().limit(limit).toList();
  }

  /**
   * Whether the words of every product are in the index. While they are not, a search finds the
   * same and takes longer.
   */
  public boolean isIndexed() {
    return store.read(SearchIndex::isWhole);
  }

  /** The categories that have products, the largest first. */
  public List<String> categories() {
    return store.read(
        db ->
            db.list(
                "SELECT name FROM category WHERE name <> '' AND products > 0"
                    + " ORDER BY products DESC, name",
                row -> row.text(1)));
  }

  /** A page of a category, by name. */
  public List<Product> inCategory(String category, int limit, int offset) {
    return store.read(
        db ->
            db.list(
                PRODUCT + " WHERE p.category = ? ORDER BY p.name LIMIT ? OFFSET ?",
                this::product,
                category,
                limit,
                offset));
  }

  /** The product with exactly this number of the shop's own. */
  public Optional<Product> bySku(String sku) {
    return store.read(db -> bySku(db, sku)).stream().map(CatalogueHit::product).findFirst();
  }

  /** A page of all products, by name. */
  public List<Product> page(int limit, int offset) {
    return store.read(
        db ->
            db.list(
                PRODUCT + " ORDER BY p.name, p.number LIMIT ? OFFSET ?",
                this::product,
                limit,
                offset));
  }

  public Optional<Product> byId(UUID id) {
    return store.read(db -> db.first(PRODUCT + " WHERE p.id = ?", this::product, id));
  }

  /** How many products there are. */
  public long size() {
    return store
        .read(db -> db.first("SELECT coalesce(sum(products), 0) FROM category", r -> r.integer(1)))
        .orElse(0L);
  }

  /**
   * A product's tax rules on a business day, in the order they apply; a tax that is not known (yet)
   * is left out.
   */
  public List<TaxRule> taxes(Product product, LocalDate day) {
    Map<UUID, Tax> known = taxes();
    List<TaxRule> rules = new ArrayList<>();
    for (UUID id : product.taxIds()) {
      Tax tax = known.get(id);
      if (tax != null) {
        rules.add(tax.rule(id, day));
      }
    }
    return rules;
  }

  /** All tax rules that are known, as they hold on a business day, by name. */
  public List<TaxRule> taxRules(LocalDate day) {
    return taxes().entrySet().stream()
        .map(each -> each.getValue().rule(each.getKey(), day))
        .sorted(Comparator.comparing(TaxRule::name).thenComparing(TaxRule::id))
        .toList();
  }

  /** Every tax as the server last said and as it was written here since. */
  public Map<UUID, Tax> taxes() {
    Map<UUID, Tax> current = taxes;
    return current == null ? refreshTaxes() : current;
  }

  /** The same where it is in memory; nothing is read and nothing waits. */
  public Optional<Map<UUID, Tax>> taxesAtHand() {
    return Optional.ofNullable(taxes);
  }

  /** As they were read last; the server may have said something else since. Nothing is read. */
  public Map<UUID, Tax> taxesReadLast() {
    return lastTaxes;
  }

  /**
   * A basket at the rates of a business day; this very one where they are its own.
   *
   * @param taxes as {@link #taxes()} says; what is not among them stays as it is
   */
  public static Basket on(Basket basket, Map<UUID, Tax> taxes, LocalDate day) {
    return basket.taxed(
        rule -> {
          Tax tax = taxes.get(rule.id());
          return tax == null ? rule : rule.at(tax.on(day));
        });
  }

  /** How many products bear each tax; a tax that none bears is left out. */
  public Map<UUID, Long> productsByTax() {
    Map<UUID, Long> counts = new HashMap<>();
    store.read(
        db -> {
          db.each(
              "SELECT taxes, count(*) FROM product GROUP BY taxes",
              row -> {
                long products = row.integer(2);
                ProductColumns.taxes(row.bytes(1))
                    .forEach(tax -> counts.merge(tax, products, Long::sum));
              });
          return counts;
        });
    return counts;
  }

  /** The taxes that most goods bear, as far as the first of them tell. */
  public List<UUID> usualTaxes() {
    return store
        .read(
            db ->
                db.first(
                    "SELECT taxes FROM (SELECT taxes FROM product LIMIT 1000)"
                        + " GROUP BY taxes ORDER BY count(*) DESC, taxes LIMIT 1",
                    row -> ProductColumns.taxes(row.bytes(1))))
        .orElse(List.of());
  }

  /**
   * The prices that count as listed, of those of the products that are in the catalogue: the one of
   * now first, then the one before, when it changed under the running basket. A price that changes
   * while somebody is being served must not stop the sale.
   *
   * @param db the writer, inside the sale's transaction: it alone keeps its pages in memory from
   *     one commit to the next, a reader would decrypt them anew for every sale
   */
  Map<UUID, List<Money>> prices(Db db, List<UUID> products) throws SQLException {
    Map<UUID, List<Money>> prices = new HashMap<>();
    for (UUID product : products) {
      if (!prices.containsKey(product)) {
        db.first(
                "SELECT price, CASE WHEN price_changed >= (SELECT draft_since FROM state)"
                    + " THEN former_price END FROM product WHERE id = ?",
                this::listed,
                product)
            .ifPresent(listed -> prices.put(product, listed));
      }
    }
    return prices;
  }

  private List<Money> listed(Row row) throws SQLException {
    Money now = Money.of(row.integer(1), currency);
    Long former = row.integerOrNull(2);
    return former == null ? List.of(now) : List.of(now, Money.of(former, currency));
  }

  synchronized void forget() {
    taxes = null;
  }

  private List<CatalogueHit> bySku(Db db, String code) throws SQLException {
    return db.list(
        PRODUCT + " WHERE p.sku = ?", row -> new CatalogueHit(product(row), Quantity.ONE), code);
  }

  private CatalogueHit hit(Row row) throws SQLException {
    return new CatalogueHit(product(row), new Quantity(row.integer(10)));
  }

  private Product product(Row row) throws SQLException {
    return new Product(
        row.uuid(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        Money.of(row.integer(6), currency),
        ProductColumns.taxes(row.bytes(7)),
        ProductColumns.barcodes(row.text(8)),
        true,
        ProductColumns.minded(row.bytesOrNull(9)));
  }

  /** Under one lock with {@link #forget}, so that nothing read before a commit is kept after it. */
  private synchronized Map<UUID, Tax> refreshTaxes() {
    Map<UUID, Tax> fresh = new HashMap<>();
    store
        .read(db -> Written.read(db, "tax", TaxItem.class))
        .forEach((id, item) -> fresh.put(id, item.tax()));
    Map<UUID, Tax> known = Map.copyOf(fresh);
    taxes = known;
    lastTaxes = known;
    return known;
  }
}
