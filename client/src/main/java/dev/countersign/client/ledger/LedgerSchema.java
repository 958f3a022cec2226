package dev.countersign.client.ledger;

import dev.countersign.common.sql.Migrations;
import java.util.List;
import java.util.stream.Collectors;

// Long because every table of a till stands here.
/**
 * The tables of a device's store, as an ordered list of migrations.
 *
 * <p>Every page that a commit touches is encrypted, authenticated and synced, so completing a sale
 * touches as few as it can: the sale's view stands in the row of its change, behind it the body;
 * the counters stand in the last change; and a day's sales are found by a range of change numbers
 * that grows in strides, not by an index.
 */
public final class LedgerSchema {
  private static final String FIRST =
      """
      CREATE TABLE device (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        enrolled BLOB NOT NULL,
        seed BLOB NOT NULL,
        key_number INTEGER NOT NULL DEFAULT 1,
        next_seed BLOB,
        next_statement BLOB
      )
      ;
      CREATE TABLE grant_sheet (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        received INTEGER NOT NULL,
        envelope BLOB NOT NULL
      )
      ;
      CREATE TABLE succession (
        kind TEXT NOT NULL,
        statement BLOB NOT NULL
      )
      ;
      CREATE TABLE state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        shift BLOB,
        draft BLOB,
        draft_since INTEGER,
        paying BLOB,
        printed_through INTEGER NOT NULL DEFAULT 0,
        told_at INTEGER,
        retired INTEGER NOT NULL DEFAULT 0
      )
      ;
      CREATE TABLE parked (
        id BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        draft BLOB NOT NULL,
        since INTEGER NOT NULL,
        at INTEGER NOT NULL,
        parked_by BLOB NOT NULL
      )
      ;
      CREATE TABLE favourite (
        product BLOB PRIMARY KEY,
        at INTEGER NOT NULL
      )
      ;
      CREATE TABLE replica (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        epoch BLOB NOT NULL,
        cursor INTEGER NOT NULL DEFAULT 0,
        stopped TEXT,
        since INTEGER
      )
      ;
      CREATE TABLE change (
        number INTEGER PRIMARY KEY,
        last_receipt INTEGER NOT NULL,
        at INTEGER NOT NULL,
        type TEXT NOT NULL,
        id BLOB,
        receipt INTEGER,
        business_date TEXT,
        actor BLOB,
        lines INTEGER,
        total INTEGER,
        tax INTEGER,
        cash INTEGER,
        card INTEGER,
        print INTEGER,
        body BLOB NOT NULL
      )
      ;
      CREATE VIEW sale AS
        SELECT number, id, receipt, at, business_date, actor, lines, total, tax, cash, card, print
        FROM change WHERE receipt IS NOT NULL
      ;
      CREATE TABLE sale_day (
        business_date TEXT PRIMARY KEY,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE TABLE shift (
        id BLOB PRIMARY KEY,
        number INTEGER NOT NULL UNIQUE,
        business_date TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        opened_by BLOB NOT NULL,
        opening_float INTEGER NOT NULL,
        opened_change INTEGER NOT NULL,
        closed_at INTEGER,
        closed_by BLOB,
        counted INTEGER,
        expected INTEGER,
        report BLOB
      ) WITHOUT ROWID
      ;
      CREATE TABLE refunded (
        sale BLOB NOT NULL,
        line INTEGER NOT NULL,
        change INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        PRIMARY KEY (sale, line, change)
      ) WITHOUT ROWID
      ;
      CREATE TABLE refund_means (
        sale BLOB NOT NULL,
        means TEXT NOT NULL,
        change INTEGER NOT NULL,
        given INTEGER NOT NULL,
        PRIMARY KEY (sale, means, change)
      ) WITHOUT ROWID
      ;
      CREATE TABLE batch (
        number INTEGER PRIMARY KEY,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,
        sealed_at INTEGER NOT NULL,
        ack BLOB,
        payload BLOB NOT NULL
      )
      ;
      CREATE INDEX batch_in_flight ON batch (number) WHERE ack IS NULL
      ;
      CREATE TABLE verdict (
        number INTEGER PRIMARY KEY,
        verdict TEXT NOT NULL,
        code TEXT NOT NULL,
        log_index INTEGER NOT NULL,
        decision TEXT
      )
      ;
      CREATE TABLE reference (
        kind TEXT NOT NULL,
        id BLOB NOT NULL,
        body BLOB NOT NULL,
        at INTEGER,
        PRIMARY KEY (kind, id)
      ) WITHOUT ROWID
      ;
      CREATE INDEX reference_at ON reference (at) WHERE at IS NOT NULL
      ;
      CREATE TABLE older_sale (
        id BLOB PRIMARY KEY,
        fetched INTEGER NOT NULL,
        change BLOB NOT NULL,
        refunded BLOB NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE TABLE product (
        number INTEGER PRIMARY KEY,
        id BLOB NOT NULL,
        sku TEXT NOT NULL,
        name TEXT NOT NULL,
        category TEXT NOT NULL,
        size TEXT NOT NULL,
        price INTEGER NOT NULL,
        taxes BLOB NOT NULL,
        barcodes TEXT NOT NULL,
        handling BLOB,
        former_price INTEGER,
        price_changed INTEGER
      )
      ;
      CREATE TABLE product_edit (
        change INTEGER NOT NULL,
        product BLOB NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (product, change, field)
      ) WITHOUT ROWID
      ;
      CREATE INDEX product_edit_change ON product_edit (change)
      ;
      CREATE TABLE product_said (
        product BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        category TEXT NOT NULL,
        size TEXT NOT NULL,
        price INTEGER NOT NULL,
        handling BLOB
      ) WITHOUT ROWID
      ;
      CREATE TABLE written (
        change INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        id BLOB NOT NULL,
        body BLOB NOT NULL
      )
      ;
      CREATE TABLE customer_word (
        commitment TEXT PRIMARY KEY,
        customer BLOB NOT NULL,
        body BLOB NOT NULL
      )
      ;
      CREATE TABLE account_entry (
        change INTEGER NOT NULL,
        customer BLOB NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (change, customer)
      ) WITHOUT ROWID
      ;
      CREATE TABLE stock_level (
        product BLOB PRIMARY KEY,
        quantity INTEGER NOT NULL,
        counted_at INTEGER,
        counted_by BLOB
      ) WITHOUT ROWID
      ;
      CREATE TABLE stock_arrived (
        product BLOB PRIMARY KEY,
        quantity INTEGER NOT NULL,
        counted_at INTEGER,
        counted_by BLOB
      ) WITHOUT ROWID
      ;
      CREATE TABLE stock_mark (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        through INTEGER NOT NULL
      )
      ;
      CREATE TABLE barcode (
        code TEXT NOT NULL,
        product INTEGER NOT NULL,
        pack INTEGER NOT NULL,
        PRIMARY KEY (code, product)
      ) WITHOUT ROWID
      ;
      CREATE TABLE category (
        name TEXT PRIMARY KEY,
        products INTEGER NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE VIRTUAL TABLE product_search USING fts5 (
        name, sku, category, size,
        content = 'product', content_rowid = 'number',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2',
        detail = 'column', columnsize = 0
      )
      ;
      INSERT INTO product_search (product_search, rank) VALUES ('automerge', 8)
      ;
      CREATE TABLE office_sale (
        id BLOB PRIMARY KEY,
        register TEXT NOT NULL,
        cashier TEXT NOT NULL,
        receipt TEXT NOT NULL,
        at INTEGER NOT NULL,
        business_date TEXT NOT NULL,
        lines INTEGER NOT NULL,
        total INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        received INTEGER
      ) WITHOUT ROWID
      ;
      CREATE INDEX office_sale_day ON office_sale (business_date)
      ;
      CREATE INDEX office_sale_received ON office_sale (received)
      ;
      CREATE TABLE credit_wish (
        request BLOB PRIMARY KEY,
        code TEXT NOT NULL,
        amount INTEGER NOT NULL
      )
      ;
      CREATE TABLE credit_allotment (
        id BLOB PRIMARY KEY,
        account BLOB NOT NULL,
        opens BLOB NOT NULL,
        kind TEXT NOT NULL,
        amount INTEGER NOT NULL,
        spent INTEGER NOT NULL DEFAULT 0,
        returned INTEGER NOT NULL DEFAULT 0,
        until INTEGER NOT NULL,
        envelope BLOB NOT NULL,
        CHECK (spent >= 0 AND returned >= 0 AND spent + returned <= amount)
      )
      ;
      CREATE INDEX credit_allotment_account ON credit_allotment (account)
      ;
      CREATE TABLE credit_return (
        id BLOB PRIMARY KEY,
        account BLOB NOT NULL,
        amount INTEGER NOT NULL
      )
      ;
      CREATE TABLE credit_slip (
        account BLOB PRIMARY KEY,
        kind TEXT NOT NULL,
        code TEXT,
        amount INTEGER NOT NULL,
        sale BLOB
      )
      ;
      CREATE TABLE pin_epoch (
        user BLOB PRIMARY KEY,
        epoch INTEGER NOT NULL
      ) WITHOUT ROWID
      """;

  private static final String WITNESS =
      """
      CREATE TABLE witness (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        epoch BLOB NOT NULL,
        seen TEXT NOT NULL,
        proven TEXT NOT NULL
      )
      ;
      CREATE TABLE contradiction (
        at INTEGER NOT NULL,
        kept TEXT NOT NULL,
        found TEXT NOT NULL,
        reason TEXT NOT NULL,
        UNIQUE (kept, found)
      )
      """;

  private static final String COUNTER =
      """
      CREATE TABLE hardware (
        part TEXT PRIMARY KEY,
        body BLOB NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE TABLE slip_owed (
        id BLOB PRIMARY KEY,
        at INTEGER NOT NULL,
        name TEXT NOT NULL,
        printing INTEGER NOT NULL,
        body BLOB NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE TABLE mail_owed (
        id BLOB PRIMARY KEY,
        sale BLOB NOT NULL,
        address TEXT NOT NULL,
        next_at INTEGER NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0,
        said TEXT
      ) WITHOUT ROWID
      """;

  /** What is known to be on gift cards and credit slips. */
  private static final String BALANCES =
      """
      CREATE TABLE credit_told (
        account BLOB PRIMARY KEY,
        ending TEXT NOT NULL,
        balance INTEGER NOT NULL,
        at INTEGER NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE TABLE credit_moved (
        change INTEGER NOT NULL,
        account BLOB NOT NULL,
        PRIMARY KEY (change, account)
      ) WITHOUT ROWID
      ;
      CREATE TABLE credit_left (
        sale BLOB NOT NULL,
        kind TEXT NOT NULL,
        ending TEXT NOT NULL,
        amount INTEGER NOT NULL
      )
      ;
      CREATE INDEX credit_left_sale ON credit_left (sale)
      """;

  /** What was paid out in a shift for empties that nobody answered for. */
  private static final String EMPTIES =
      "ALTER TABLE shift ADD COLUMN empties INTEGER NOT NULL DEFAULT 0";

  /**
   * By which change the other tills hear of a parked sale (null for one that stays here), whether
   * the server was told its name, and which baskets were taken up here by which change.
   */
  private static final String PARKED =
      """
      ALTER TABLE parked ADD COLUMN change INTEGER
      ;
      ALTER TABLE parked ADD COLUMN told INTEGER NOT NULL DEFAULT 0
      ;
      CREATE TABLE recalled (
        id BLOB PRIMARY KEY,
        change INTEGER NOT NULL
      ) WITHOUT ROWID
      """;

  /**
   * Which products are not in the search index yet: those behind a number, up to another. No row
   * where all are. An index that was made when other words than today's were put into it is made
   * anew behind the selling; it was so only for texts with letters beyond ASCII.
   */
  private static final String SEARCH_BEHIND =
      """
      CREATE TABLE search_due (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        after INTEGER NOT NULL,
        through INTEGER NOT NULL
      )
      ;
      INSERT INTO search_due (one, after, through)
        SELECT 1, 0, max(number) FROM product
        WHERE EXISTS (
          SELECT 1 FROM product
          WHERE length(name || sku || category || size)
            <> length(CAST(name || sku || category || size AS BLOB)))
        HAVING max(number) IS NOT NULL
      ;
      INSERT INTO product_search (product_search) SELECT 'delete-all' FROM search_due
      """;

  /** What the server said of a product's taxes, where others were chosen here since. */
  private static final String SAID_TAXES =
      """
      ALTER TABLE product_said ADD COLUMN taxes BLOB NOT NULL DEFAULT x''
      ;
      UPDATE product_said SET taxes = product.taxes FROM product
        WHERE product.id = product_said.product
      """;

  /**
   * Of other tills' sales thousands are kept, not only those that were fetched one by one: {@code
   * number} follows the order in which the server told them, {@code received} is when it took a
   * sale that was gathered, and null where somebody asked for it.
   */
  private static final String GATHERED =
      """
      CREATE TABLE older_sale_numbered (
        number INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        receipt TEXT NOT NULL,
        fetched INTEGER NOT NULL,
        received INTEGER,
        change BLOB NOT NULL,
        refunded BLOB NOT NULL
      )
      ;
      INSERT INTO older_sale_numbered (id, receipt, fetched, change, refunded)
        SELECT id,
          CASE WHEN json_valid(CAST(change AS TEXT))
            THEN coalesce(json_extract(CAST(change AS TEXT), '$.body.receipt'), '') ELSE '' END,
          fetched, change, refunded
        FROM older_sale
      ;
      DROP TABLE older_sale
      ;
      ALTER TABLE older_sale_numbered RENAME TO older_sale
      ;
      CREATE INDEX older_sale_receipt ON older_sale (receipt)
      ;
      CREATE INDEX older_sale_fetched ON older_sale (fetched) WHERE received IS NULL
      ;
      CREATE INDEX older_sale_received ON older_sale (received) WHERE received IS NOT NULL
      ;
      CREATE TABLE gathering (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        epoch BLOB NOT NULL,
        through INTEGER NOT NULL
      )
      """;

  /** An index that a snapshot puts away and makes anew. */
  record Index(String name, String sql) {
    private static Index of(String name, String on) {
      return new Index(name, "CREATE INDEX IF NOT EXISTS " + name + " ON " + on);
    }
  }

  /**
   * By which a sale finds its prices. A snapshot makes it anew behind its rows: sorting once costs
   * a fraction of keeping it in order row by row.
   */
  static final Index SHELF_INDEX =
      new Index("product_id", "CREATE UNIQUE INDEX product_id ON product (id)");

  /** Whoever scans or searches asks by it first: of what comes later it comes first. */
  static final Index SKU_INDEX = Index.of("product_sku", "product (sku)");

  /**
   * Without which a number of the shop's own is found, a product changes and a category opens, only
   * slower. They are made behind a snapshot, when the till sells already.
   */
  static final List<Index> LATER_INDEXES =
      List.of(
          SKU_INDEX,
          Index.of("barcode_product", "barcode (product)"),
          Index.of("product_category", "product (category, name)"));

  /** What a store of this version has been through. */
  public static final Migrations MIGRATIONS =
      new Migrations(
          List.of(
              FIRST,
              WITNESS,
              COUNTER,
              SHELF_INDEX.sql()
                  + LATER_INDEXES.stream()
                      .map(index -> "\n;\n" + index.sql())
                      .collect(Collectors.joining()),
              BALANCES,
              SEARCH_BEHIND,
              EMPTIES,
              PARKED,
              SAID_TAXES,
              GATHERED));

  private LedgerSchema() {}
}
