package dev.countersign.client.bench;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.ClosedShift;
import dev.countersign.client.ledger.DrawerCount;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.ledger.ShiftView;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SplittableRandom;

/** The end of a till's day. The scratch folder is left for the caller to remove. */
public final class ShiftBench {
  private ShiftBench() {}

  /**
   * {@code shift.close.1000}: counting and closing a shift of so many sales of three lines, its
   * report made, signed for and stored; each in a store that holds all shifts before it. The floor
   * is one synced transaction of the same pragmas that writes as many bytes as the report has.
   *
   * @param sales of each shift, 1,000 for the figure of that name
   * @param n how many shifts are closed; the first one warms up
   */
  public static Figure close(Path scratch, int sales, int n) throws SQLException {
    try (BenchTill till = new BenchTill(scratch.resolve("till"), 1000);
        Secret floorKey = Secret.random(32, new SecureRandom());
        Db floor = new Db(SqlCipher.openWriter(scratch.resolve("floor.db"), floorKey))) {
      floor.execute("CREATE TABLE floor (number INTEGER PRIMARY KEY, body BLOB)");
      Ledger ledger = till.device().ledger();
      SaleDraft draft = TillBench.draft(till.device().catalogue());
      Actor actor = new Actor(BenchTill.CASHIER, null, Instant.now());
      Money opened = Money.of(10_000, BenchTill.USD);
      long[] path = new long[n];
      long[] floors = new long[n];
      for (int i = -1; i < n; i++) {
        ShiftView shift = ledger.openShift(actor, LocalDate.EPOCH, opened);
        for (int sale = 0; sale < sales; sale++) {
          ledger.complete(actor, draft);
        }
        long start = System.nanoTime();
        ClosedShift closed = ledger.closeShift(actor, shift.id(), DrawerCount.ofSum(opened));
        long end = System.nanoTime();
        if (closed.sales() != sales) {
          throw new IllegalStateException("a shift of " + closed.sales() + " sales");
        }
        byte[] same = new byte[Json.encode(closed.report()).length];
        new SplittableRandom(1).nextBytes(same);
        long before = System.nanoTime();
        floor.<Integer, SQLException>transaction(
            () -> floor.update("INSERT INTO floor (body) VALUES (?)", (Object) same));
        long after = System.nanoTime();
        if (i >= 0) {
          path[i] = end - start;
          floors[i] = after - before;
        }
      }
      return Figure.of("shift.close.1000", path, floors);
    }
  }
}
