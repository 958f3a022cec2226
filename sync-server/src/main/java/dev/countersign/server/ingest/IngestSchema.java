package dev.countersign.server.ingest;

/**
 * The tables of batches and books in a tenant's file. Beside these, ingest reads {@code store(id,
 * name)}, {@code register(id, name)}, what {@code account.People} says of people, and reads and
 * advances {@code device(id, kind, store, register, series, public_key, state, last_seen,
 * last_batch, last_hash, last_change, highest_receipt)}; ids are 16 bytes, {@code public_key} 32
 * raw bytes, {@code last_hash} 32 bytes (zeros before the first batch), {@code last_batch}, {@code
 * last_change} and {@code highest_receipt} 0 before the first.
 */
public final class IngestSchema {
  /**
   * Migration script. {@code batch.payload} and {@code batch.ack} are as {@link StoredBatch} packs
   * them. {@code sale} holds what counts (accepted, flagged, and accepted by a person later),
   * {@code stock_counted} when each product was last counted, {@code written_version} every version
   * of each promotion and price list, {@code customer} the newest commitment to what is known of
   * each customer, {@code customer_account} what they owe and {@code customer_detail} what it
   * commits to, which can be erased, {@code question} every change that was not plainly accepted,
   * with what a person decided on it, {@code takings} the sums of {@code sale} per store and day,
   * kept in the same transaction, so that no report scans the sales; {@code takings_means} what
   * came in by each means, less change, and how much of it were tips. {@code sale.seq} is the
   * sale's number in the feed, which reads the sales here, and {@code sale.received} when it began
   * to count: the table by arrival appends with fewer pages than one by id. {@code receipt_run}
   * says which receipts of a device are taken and by which sales: those from {@code first} to
   * {@code last} by as many sales that follow that of {@code seq}. Runs of a device do not overlap.
   */
  public static final String TABLES =
      """
      CREATE TABLE batch (
        device BLOB NOT NULL,
        number INTEGER NOT NULL,
        payload BLOB NOT NULL,
        signature BLOB NOT NULL,
        hash BLOB NOT NULL,
        received INTEGER NOT NULL,
        ack BLOB NOT NULL,
        PRIMARY KEY (device, number)
      )
      ;
      CREATE TRIGGER batch_is_not_replaced BEFORE INSERT ON batch
      WHEN EXISTS (SELECT 1 FROM batch WHERE device = NEW.device AND number = NEW.number)
      BEGIN SELECT RAISE(ABORT, 'a batch is never changed'); END
      ;
      CREATE TRIGGER batch_is_not_changed BEFORE UPDATE ON batch
      BEGIN SELECT RAISE(ABORT, 'a batch is never changed'); END
      ;
      CREATE TRIGGER batch_is_not_deleted BEFORE DELETE ON batch
      BEGIN SELECT RAISE(ABORT, 'a batch is never changed'); END
      ;
      CREATE TABLE sale (
        seq INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        device BLOB NOT NULL,
        receipt TEXT NOT NULL,
        store BLOB NOT NULL,
        register BLOB NOT NULL,
        shift BLOB NOT NULL,
        at INTEGER NOT NULL,
        business_date TEXT NOT NULL,
        actor BLOB NOT NULL,
        lines INTEGER NOT NULL,
        total INTEGER NOT NULL,
        currency TEXT NOT NULL,
        verdict TEXT NOT NULL,
        code TEXT NOT NULL,
        batch INTEGER NOT NULL,
        change_number INTEGER NOT NULL,
        received INTEGER NOT NULL
      )
      ;
      CREATE TABLE receipt_run (
        device BLOB NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (device, first)
      ) WITHOUT ROWID
      ;
      CREATE TABLE shift (
        id BLOB PRIMARY KEY,
        device BLOB NOT NULL,
        store BLOB NOT NULL,
        register BLOB NOT NULL,
        number INTEGER NOT NULL,
        business_date TEXT NOT NULL,
        currency TEXT NOT NULL,
        float INTEGER NOT NULL,
        at INTEGER NOT NULL,
        actor BLOB NOT NULL,
        verdict TEXT NOT NULL,
        sales INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        cash INTEGER NOT NULL,
        figures TEXT,
        closed_at INTEGER,
        closed_by BLOB,
        counted INTEGER,
        expected INTEGER,
        closing_verdict TEXT
      ) WITHOUT ROWID
      ;
      CREATE TABLE shift_adjustment (
        shift BLOB NOT NULL,
        device BLOB NOT NULL,
        change_number INTEGER NOT NULL,
        entity BLOB NOT NULL,
        total INTEGER NOT NULL,
        cash INTEGER NOT NULL,
        received INTEGER NOT NULL,
        PRIMARY KEY (shift, device, change_number)
      ) WITHOUT ROWID
      ;
      CREATE TABLE cash_movement (
        id BLOB PRIMARY KEY,
        device BLOB NOT NULL,
        shift BLOB NOT NULL,
        at INTEGER NOT NULL,
        actor BLOB NOT NULL,
        amount INTEGER NOT NULL,
        reason TEXT NOT NULL,
        verdict TEXT NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE TABLE drawer_opening (
        id BLOB PRIMARY KEY,
        device BLOB NOT NULL,
        shift BLOB NOT NULL,
        at INTEGER NOT NULL,
        actor BLOB NOT NULL,
        reason TEXT NOT NULL,
        verdict TEXT NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE TABLE refund (
        sale BLOB NOT NULL,
        line INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        given INTEGER NOT NULL,
        refunds INTEGER NOT NULL,
        PRIMARY KEY (sale, line)
      ) WITHOUT ROWID
      ;
      CREATE TABLE refund_means (
        sale BLOB NOT NULL,
        means TEXT NOT NULL,
        given INTEGER NOT NULL,
        PRIMARY KEY (sale, means)
      ) WITHOUT ROWID
      ;
      CREATE TABLE stock_entry (
        id BLOB PRIMARY KEY,
        device BLOB NOT NULL,
        change_number INTEGER NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE TABLE stock_counted (
        store BLOB NOT NULL,
        product BLOB NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (store, product)
      ) WITHOUT ROWID
      ;
      CREATE TABLE customer (
        id BLOB PRIMARY KEY,
        details TEXT NOT NULL,
        erased INTEGER NOT NULL DEFAULT 0
      ) WITHOUT ROWID
      ;
      CREATE TABLE customer_account (
        customer BLOB PRIMARY KEY,
        owed INTEGER NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE TABLE customer_detail (
        customer BLOB NOT NULL,
        commitment TEXT NOT NULL,
        body BLOB NOT NULL,
        received INTEGER NOT NULL,
        PRIMARY KEY (customer, commitment)
      ) WITHOUT ROWID
      ;
      CREATE TABLE written_version (
        kind TEXT NOT NULL,
        id BLOB NOT NULL,
        version INTEGER NOT NULL,
        device BLOB NOT NULL,
        change_number INTEGER NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (kind, id, version)
      ) WITHOUT ROWID
      ;
      CREATE TABLE question (
        device BLOB NOT NULL,
        batch INTEGER NOT NULL,
        change_number INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        code TEXT NOT NULL,
        type TEXT NOT NULL,
        entity BLOB,
        actor BLOB,
        at INTEGER,
        total INTEGER,
        received INTEGER NOT NULL,
        decision TEXT,
        decided_by BLOB,
        decided_at INTEGER,
        note TEXT,
        PRIMARY KEY (device, batch, change_number)
      ) WITHOUT ROWID
      ;
      CREATE INDEX question_open ON question (verdict, type, decision)
      ;
      CREATE TABLE takings (
        store BLOB NOT NULL,
        business_date TEXT NOT NULL,
        verdict TEXT NOT NULL,
        sales INTEGER NOT NULL,
        total INTEGER NOT NULL,
        PRIMARY KEY (store, business_date, verdict)
      ) WITHOUT ROWID
      ;
      CREATE TABLE takings_means (
        store BLOB NOT NULL,
        business_date TEXT NOT NULL,
        means TEXT NOT NULL,
        total INTEGER NOT NULL,
        tips INTEGER NOT NULL,
        PRIMARY KEY (store, business_date, means)
      ) WITHOUT ROWID
      ;
      CREATE TABLE incident (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        device BLOB NOT NULL,
        batch INTEGER NOT NULL,
        received INTEGER NOT NULL,
        payload BLOB NOT NULL,
        signature BLOB NOT NULL
      )
      ;
      CREATE TRIGGER incident_is_not_replaced BEFORE INSERT ON incident
      WHEN EXISTS (SELECT 1 FROM incident WHERE id = NEW.id)
      BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END
      ;
      CREATE TRIGGER incident_is_not_changed BEFORE UPDATE ON incident
      BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END
      ;
      CREATE TRIGGER incident_is_not_deleted BEFORE DELETE ON incident
      BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END
      """;

  /** What was paid out in a shift for empties that nobody answered for. */
  public static final String EMPTIES =
      "ALTER TABLE shift ADD COLUMN empties INTEGER NOT NULL DEFAULT 0";

  /**
   * The baskets that were put aside: {@code device} and {@code change_number} say by which change,
   * and are empty while only their taking up was heard of; {@code recalled_by} and {@code
   * recalled_number} say by which change they were taken up first.
   */
  public static final String PARKED =
      """
      CREATE TABLE parked (
        id BLOB PRIMARY KEY,
        store BLOB NOT NULL,
        device BLOB,
        change_number INTEGER,
        recalled_by BLOB,
        recalled_number INTEGER
      ) WITHOUT ROWID\
      """;

  private IngestSchema() {}
}
