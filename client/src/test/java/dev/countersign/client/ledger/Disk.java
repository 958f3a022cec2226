package dev.countersign.client.ledger;

/** Makes the disk of an open device full, and empty again. */
public final class Disk {
  private static final long MOST = 4_294_967_294L;

  private Disk() {}

  /** The store may not grow by a page any more. */
  public static void fill(OpenDevice device) {
    limit(device, 1);
  }

  public static void free(OpenDevice device) {
    limit(device, MOST);
  }

  /** No row can be added to this table, as on a disk that was filled between two transactions. */
  public static void fill(OpenDevice device, String table) {
    execute(
        device,
        "CREATE TRIGGER full_disk BEFORE INSERT ON "
            + table
            + " BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  }

  /** The opposite. */
  public static void freeTable(OpenDevice device) {
    execute(device, "DROP TRIGGER full_disk");
  }

  private static void execute(OpenDevice device, String sql) {
    device
        .store()
        .write(
            db -> {
              db.execute(sql);
              return true;
            });
  }

  private static void limit(OpenDevice device, long pages) {
    device.store().write(db -> db.first("PRAGMA max_page_count = " + pages, row -> row.integer(1)));
  }
}
