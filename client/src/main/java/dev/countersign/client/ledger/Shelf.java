package dev.countersign.client.ledger;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.ProductChanged.Edit;
import dev.countersign.common.change.ProductChanged.Field;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The products in the store: what the server said, with what was edited here and not judged yet on
 * top of it, field by field. All of it within the transaction of whoever calls.
 */
final class Shelf {
  private final InstantSource clock;

  Shelf(InstantSource clock) {
    this.clock = clock;
  }

  private record OldProduct(long number, String sku, String name, String category, String size) {}

  /** What of a product can be edited. */
  private record Shown(
      String name, String category, String size, long price, List<UUID> taxes, Handling handling) {
    static Shown of(Row row) throws SQLException {
      return new Shown(
          row.text(1),
          row.text(2),
          row.text(3),
          row.integer(4),
          ProductColumns.taxes(row.bytes(5)),
          ProductColumns.minded(row.bytesOrNull(6)));
    }

    Shown with(Field field, String value) {
      return switch (field) {
        case NAME -> new Shown(value, category, size, price, taxes, handling);
        case CATEGORY -> new Shown(name, value, size, price, taxes, handling);
        case SIZE -> new Shown(name, category, value, price, taxes, handling);
        case PRICE -> new Shown(name, category, size, Long.parseLong(value), taxes, handling);
        case TAXES -> new Shown(name, category, size, price, Field.taxes(value), handling);
        case LEAST_AGE, RESTRICTED, WEIGHED, CONTAINER, DEPOSITS, OPEN_PRICE ->
            new Shown(name, category, size, price, taxes, field.in(handling, value));
      };
    }

    String get(Field field) {
      return switch (field) {
        case NAME -> name;
        case CATEGORY -> category;
        case SIZE -> size;
        case PRICE -> Long.toString(price);
        case TAXES -> Field.ofTaxes(taxes);
        case LEAST_AGE, RESTRICTED, WEIGHED, CONTAINER, DEPOSITS, OPEN_PRICE ->
            field.of(handling).orElseThrow();
      };
    }
  }

  /** The server says what a product is now, or that it is gone. */
  void hear(Db db, UUID id, @Nullable ProductItem said) throws SQLException {
    Optional<Long> former = price(db, id);
    remove(db, id);
    if (said == null) {
      return;
    }
    long number = insert(db, id, said);
    index(
        db,
        number,
        said.sku(),
        new Shown(said.name(), said.category(), said.size(), 0, said.taxes(), said.handled()));
    if (former.isPresent()) {
      keepFormerPrice(db, id, former.get());
    }
    if (isEdited(db, id)) {
      db.update("DELETE FROM product_said WHERE product = ?", id);
      editsOnTop(db, id);
    }
  }

  /** After a snapshot: what waits here stands on top of it again. */
  void editsOnTop(Db db) throws SQLException {
    db.update("DELETE FROM product_said");
    for (UUID product : db.list("SELECT DISTINCT product FROM product_edit", row -> row.uuid(1))) {
      editsOnTop(db, product);
    }
  }

  /** What a product's field holds on this device; empty when there is no such product. */
  static Optional<String> field(Db db, UUID product, Field field) throws SQLException {
    return shown(db, product).map(shown -> shown.get(field));
  }

  /** Edits of a change that was recorded here. */
  void edit(Db db, long change, UUID product, ProductChanged body) throws SQLException {
    for (Edit edit : body.fields()) {
      db.update(
          "INSERT INTO product_edit (change, product, field, value) VALUES (?, ?, ?, ?)",
          change,
          product,
          edit.field().name(),
          edit.to());
    }
    editsOnTop(db, product);
  }

  /**
   * The server has judged changes: what won is its word from now on, what lost is gone from here
   * and waits with the server for a person.
   */
  void judged(Db db, long first, long last, List<Judged> verdicts) throws SQLException {
    Set<UUID> products =
        new LinkedHashSet<>(
            db.list(
                "SELECT product FROM product_edit WHERE change BETWEEN ? AND ?",
                row -> row.uuid(1),
                first,
                last));
    for (UUID product : products) {
      for (Judged judged : verdicts) {
        for (Edit edit : edits(db, product, judged.number(), judged.number())) {
          if (won(judged, edit.field())) {
            say(db, product, edit);
          }
        }
      }
      db.update(
          "DELETE FROM product_edit WHERE product = ? AND change BETWEEN ? AND ?",
          product,
          first,
          last);
      editsOnTop(db, product);
    }
  }

  private static boolean won(Judged judged, Field field) {
    return switch (judged.verdict()) {
      case ACCEPTED, FLAGGED -> true;
      case QUARANTINED -> false;
      case SUPERSEDED -> !List.of(judged.code().split(",")).contains(field.lostCode());
    };
  }

  private static boolean isEdited(Db db, UUID product) throws SQLException {
    return db.first("SELECT 1 FROM product_edit WHERE product = ?", row -> true, product)
        .isPresent();
  }

  private static List<Edit> edits(Db db, UUID product, long first, long last) throws SQLException {
    return db.list(
        "SELECT field, value FROM product_edit WHERE product = ? AND change BETWEEN ? AND ?"
            + " ORDER BY change",
        row -> new Edit(Field.valueOf(row.text(1)), "", row.text(2)),
        product,
        first,
        last);
  }

  private static Optional<Shown> shown(Db db, UUID product) throws SQLException {
    return db.first(
        "SELECT name, category, size, price, taxes, handling FROM product WHERE id = ?",
        Shown::of,
        product);
  }

  private static Optional<Shown> said(Db db, UUID product) throws SQLException {
    return db.first(
        "SELECT name, category, size, price, taxes, handling FROM product_said WHERE product = ?",
        Shown::of,
        product);
  }

  private static void say(Db db, UUID product, Edit won) throws SQLException {
    Optional<Shown> said = said(db, product);
    if (said.isPresent()) {
      put(db, product, said.get().with(won.field(), won.to()));
    }
  }

  private static void put(Db db, UUID product, Shown said) throws SQLException {
    db.update("DELETE FROM product_said WHERE product = ?", product);
    db.update(
        "INSERT INTO product_said (product, name, category, size, price, taxes, handling)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        product,
        said.name(),
        said.category(),
        said.size(),
        said.price(),
        ProductColumns.taxes(said.taxes()),
        ProductColumns.handling(said.handling()));
  }

  /** Shows the server's word with every edit that waits; without any, that word alone. */
  private void editsOnTop(Db db, UUID product) throws SQLException {
    Optional<Shown> now = shown(db, product);
    if (now.isEmpty()) {
      return;
    }
    Optional<Shown> said = said(db, product);
    Shown wanted = said.orElse(now.get());
    List<Edit> waiting = edits(db, product, 0, Long.MAX_VALUE);
    if (waiting.isEmpty()) {
      db.update("DELETE FROM product_said WHERE product = ?", product);
    } else if (said.isEmpty()) {
      put(db, product, wanted);
    }
    for (Edit edit : waiting) {
      wanted = wanted.with(edit.field(), edit.to());
    }
    if (!wanted.equals(now.get())) {
      show(db, product, wanted);
    }
  }

  private void show(Db db, UUID id, Shown wanted) throws SQLException {
    Optional<OldProduct> found = old(db, id);
    if (found.isEmpty()) {
      return;
    }
    OldProduct old = found.get();
    long former = price(db, id).orElse(0L);
    takeFromIndex(db, old);
    db.update(
        "UPDATE product SET name = ?, category = ?, size = ?, price = ?, taxes = ?, handling = ?"
            + " WHERE number = ?",
        wanted.name(),
        wanted.category(),
        wanted.size(),
        wanted.price(),
        ProductColumns.taxes(wanted.taxes()),
        ProductColumns.handling(wanted.handling()),
        old.number());
    index(db, old.number(), old.sku(), wanted);
    keepFormerPrice(db, id, former);
  }

  private static void index(Db db, long number, String sku, Shown shown) throws SQLException {
    SearchIndex.add(db, number, shown.name(), sku, shown.category(), shown.size());
    db.update(
        "INSERT INTO category (name, products) VALUES (?, 1)"
            + " ON CONFLICT (name) DO UPDATE SET products = products + 1",
        shown.category());
  }

  private static Optional<OldProduct> old(Db db, UUID id) throws SQLException {
    return db.first(
        "SELECT number, sku, name, category, size FROM product WHERE id = ?",
        row -> new OldProduct(row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5)),
        id);
  }

  private static void takeFromIndex(Db db, OldProduct old) throws SQLException {
    SearchIndex.remove(db, old.number(), old.name(), old.sku(), old.category(), old.size());
    db.update("UPDATE category SET products = products - 1 WHERE name = ?", old.category());
    db.update("DELETE FROM category WHERE name = ? AND products <= 0", old.category());
  }

  static Optional<Long> price(Db db, UUID product) throws SQLException {
    return db.first("SELECT price FROM product WHERE id = ?", row -> row.integer(1), product);
  }

  /** See {@link Catalogue#prices}. */
  void keepFormerPrice(Db db, UUID product, long former) throws SQLException {
    db.update(
        "UPDATE product SET former_price = ?, price_changed = ? WHERE id = ? AND price <> ?",
        former,
        clock.instant(),
        product,
        former);
  }

  /** Everything but the search index and the category's count. */
  private static long insert(Db db, UUID id, ProductItem product) throws SQLException {
    long number =
        db.first("SELECT coalesce(max(number), 0) + 1 FROM product", row -> row.integer(1))
            .orElse(1L);
    db.update(
        "INSERT INTO product (number, id, sku, name, category, size, price, taxes, barcodes,"
            + " handling) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        number,
        id,
        product.sku(),
        product.name(),
        product.category(),
        product.size(),
        product.price(),
        ProductColumns.taxes(product.taxes()),
        ProductColumns.barcodes(product.barcodes()),
        ProductColumns.handling(product.handling()));
    for (FeedBody.Barcode barcode : product.barcodes()) {
      db.update(
          "INSERT OR IGNORE INTO barcode (code, product, pack) VALUES (?, ?, ?)",
          barcode.code(),
          number,
          barcode.pack().millionths());
    }
    return number;
  }

  private static void remove(Db db, UUID id) throws SQLException {
    Optional<OldProduct> found = old(db, id);
    if (found.isPresent()) {
      takeFromIndex(db, found.get());
      db.update("DELETE FROM barcode WHERE product = ?", found.get().number());
      db.update("DELETE FROM product WHERE number = ?", found.get().number());
    }
  }
}
