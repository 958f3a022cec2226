package dev.countersign.server.stock;

/** The tables of stock in a tenant's data. All of it can be made again from the batches. */
public final class StockSchema {
  /**
   * Migration script. {@code stock_read} is how far each device's batches are in the others, {@code
   * stock_movement} what every change moved of every product (millionths, negative when it left),
   * {@code stock_level} their sum since the count that stands in its row, if there is one. Times
   * are the devices', but not later than the server had the batch.
   */
  public static final String TABLES =
      """
      CREATE TABLE stock_read (
        device BLOB PRIMARY KEY,
        batch INTEGER NOT NULL,
        change_number INTEGER NOT NULL
      ) WITHOUT ROWID
      ;
      CREATE TABLE stock_movement (
        device BLOB NOT NULL,
        batch INTEGER NOT NULL,
        change_number INTEGER NOT NULL,
        product BLOB NOT NULL,
        store BLOB NOT NULL,
        at INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        PRIMARY KEY (device, batch, change_number, product)
      ) WITHOUT ROWID
      ;
      CREATE INDEX stock_movement_time ON stock_movement (store, product, at)
      ;
      CREATE TABLE stock_level (
        store BLOB NOT NULL,
        product BLOB NOT NULL,
        quantity INTEGER NOT NULL,
        counted_at INTEGER,
        counted_by BLOB,
        counted_batch INTEGER,
        counted_change INTEGER,
        PRIMARY KEY (store, product)
      ) WITHOUT ROWID
      """;

  private StockSchema() {}
}
