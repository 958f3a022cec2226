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

  private static void limit(OpenDevice device, long pages) {
    device.store().write(db -> db.first("PRAGMA max_page_count = " + pages, row -> row.integer(1)));
  }
}
