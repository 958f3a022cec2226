package dev.countersign.client.ledger;

import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The index of the products' words. A till sells before it is there: it grows behind a snapshot in
 * steps, each a transaction, and what it does not hold yet is looked through. Which products it
 * holds is written beside it, in the same transaction as the index itself; a product that changes
 * or goes meanwhile is changed or taken where it stands, in the index or not.
 */
final class SearchIndex {
  /** Texts that are looked through at once, without a call for each. */
  private static final int LOOKED_THROUGH_AT_ONCE = 1_000;

  private static final String PLAIN =
      "length(name) + length(sku) + length(category) + length(size)"
          + " = length(CAST(name AS BLOB)) + length(CAST(sku AS BLOB))"
          + " + length(CAST(category AS BLOB)) + length(CAST(size AS BLOB))";

  private SearchIndex() {}

  /** The products that are not in the index: those behind a number, up to another. */
  private record Due(long after, long through) {
    static final Due NOTHING = new Due(0, 0);

    boolean has(long number) {
      return number > after && number <= through;
    }
  }

  /** The words of a product. */
  private record Words(long number, String name, String sku, String category, String size) {
    static Words of(Row row) throws SQLException {
      return new Words(row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5));
    }
  }

  /** Takes everything out; the products that come then are due. */
  static void clear(Db db) throws SQLException {
    db.update("INSERT INTO product_search (product_search) VALUES ('delete-all')");
    db.update("DELETE FROM search_due");
  }

  /** Leaves the products up to this number for later, of an index that is empty. */
  static void leave(Db db, long through) throws SQLException {
    if (through > 0) {
      db.update("INSERT INTO search_due (one, after, through) VALUES (1, 0, ?)", through);
    }
  }

  /** Whether every product is in it. */
  static boolean isWhole(Db db) throws SQLException {
    return due(db).equals(Due.NOTHING);
  }

  /** Takes the next products in; nothing where all are. */
  static void step(Db db, int products) throws SQLException {
    Due due = due(db);
    long through = Math.min(due.after() + products, due.through());
    take(db, due.after(), through);
    if (through == due.through()) {
      db.update("DELETE FROM search_due");
    } else {
      db.update("UPDATE search_due SET after = ?", through);
    }
  }

  /** Takes all products into an index that is empty. */
  static void takeAll(Db db) throws SQLException {
    take(
        db,
        0,
        db.first("SELECT coalesce(max(number), 0) FROM product", row -> row.integer(1)).orElse(0L));
  }

  /** In the order of their numbers: out of it, the index writes down what it has so far. */
  private static void take(Db db, long after, long through) throws SQLException {
    List<Words> folded =
        db.list(
            "SELECT number, name, sku, category, size FROM product"
                + " WHERE number > ? AND number <= ? AND NOT "
                + PLAIN,
            Words::of,
            after,
            through);
    long taken = after;
    for (Words words : folded) {
      takePlain(db, taken, words.number() - 1);
      put(db, words);
      taken = words.number();
    }
    takePlain(db, taken, through);
  }

  private static void takePlain(Db db, long after, long through) throws SQLException {
    if (through > after) {
      db.update(
          "INSERT INTO product_search (rowid, name, sku, category, size)"
              + " SELECT number, name, sku, category, size FROM product"
              + " WHERE number > ? AND number <= ?",
          after,
          through);
    }
  }

  /** A product has these words now. */
  static void add(Db db, long number, String name, String sku, String category, String size)
      throws SQLException {
    if (!due(db).has(number)) {
      put(db, new Words(number, name, sku, category, size));
    }
  }

  /** A product has these words no more. An index must be told them (fts5.html section 4.4.3). */
  static void remove(Db db, long number, String name, String sku, String category, String size)
      throws SQLException {
    if (!due(db).has(number)) {
      db.update(
          "INSERT INTO product_search (product_search, rowid, name, sku, category, size)"
              + " VALUES ('delete', ?, ?, ?, ?, ?)",
          number,
          SearchText.indexed(name),
          SearchText.indexed(sku),
          SearchText.indexed(category),
          SearchText.indexed(size));
    }
  }

  private static void put(Db db, Words words) throws SQLException {
    db.update(
        "INSERT INTO product_search (rowid, name, sku, category, size) VALUES (?, ?, ?, ?, ?)",
        words.number(),
        SearchText.indexed(words.name()),
        SearchText.indexed(words.sku()),
        SearchText.indexed(words.category()),
        SearchText.indexed(words.size()));
  }

  /**
   * The first products, by number, in which each of these words begins a word. Within one moment of
   * the store, so that a step that comes in between changes nothing.
   *
   * @param product reads one, of {@link Catalogue#PRODUCT}
   */
  static <T> List<T> find(Db db, List<String> words, int most, Db.Reader<T> product)
      throws SQLException {
    Due due = due(db);
    if (due.equals(Due.NOTHING)) {
      return indexed(db, words, 0, Long.MAX_VALUE, most, product);
    }
    List<T> found = new ArrayList<>(indexed(db, words, 0, due.after(), most, product));
    for (long after = due.after(); after < due.through() && found.size() < most; ) {
      long through = Math.min(after + LOOKED_THROUGH_AT_ONCE, due.through());
      for (long number : lookThrough(db, words, after, through)) {
        if (found.size() < most) {
          db.first(Catalogue.PRODUCT + " WHERE p.number = ?", product, number)
              .ifPresent(found::add);
        }
      }
      after = through;
    }
    found.addAll(indexed(db, words, due.through(), Long.MAX_VALUE, most - found.size(), product));
    return found;
  }

  private static <T> List<T> indexed(
      Db db, List<String> words, long after, long through, int most, Db.Reader<T> product)
      throws SQLException {
    return most <= 0 || through <= after
        ? List.of()
        : db.list(
            "SELECT p.id, p.sku, p.name, p.category, p.size, p.price, p.taxes, p.barcodes,"
                + " p.handling FROM product_search s JOIN product p ON p.number = s.rowid"
                + " WHERE product_search MATCH ? AND s.rowid > ? AND s.rowid <= ? LIMIT ?",
            product,
            SearchText.query(words),
            after,
            through,
            most);
  }

  private static List<Long> lookThrough(Db db, List<String> words, long after, long through)
      throws SQLException {
    String texts =
        db.first(
                "SELECT coalesce(group_concat(line, char(10)), '') FROM (SELECT number || char(9)"
                    + " || replace(name || ' ' || sku || ' ' || category || ' ' || size,"
                    + " char(10), ' ') AS line FROM product WHERE number > ? AND number <= ?)",
                row -> row.text(1),
                after,
                through)
            .orElse("");
    return new Lines(SearchText.fold(texts)).withAll(words);
  }

  /** Folded texts, each a line that begins with its product's number and a tab. */
  private record Lines(String text) {
    /** The numbers of the lines in which each of these words begins a word. */
    List<Long> withAll(List<String> words) {
      List<Long> numbers = new ArrayList<>();
      String first = words.getFirst();
      int from = 0;
      for (int at = text.indexOf(first, from); at >= 0; at = text.indexOf(first, from)) {
        int start = text.lastIndexOf('\n', at) + 1;
        int end = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
        int tab = text.indexOf('\t', start);
        if (words.stream().allMatch(word -> begins(word, tab + 1, end))) {
          numbers.add(Long.parseLong(text, start, tab, 10));
        }
        from = end;
      }
      return numbers;
    }

    private boolean begins(String word, int from, int end) {
      for (int at = text.indexOf(word, from, end); at >= 0; at = text.indexOf(word, at + 1, end)) {
        if (SearchText.separates(text.codePointBefore(at))) {
          return true;
        }
      }
      return false;
    }
  }

  private static Due due(Db db) throws SQLException {
    return db.first(
            "SELECT after, through FROM search_due", row -> new Due(row.integer(1), row.integer(2)))
        .orElse(Due.NOTHING);
  }
}
