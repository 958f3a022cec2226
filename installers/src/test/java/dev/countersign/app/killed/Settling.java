package dev.countersign.app.killed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.SaleView;
import dev.countersign.client.ledger.VerdictView;
import dev.countersign.client.sync.SyncState;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.launch.ServerCommand;
import dev.countersign.server.launch.SyncServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;

/** What a business comes to when whatever happened to it is over. */
public final class Settling {
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  /** What a receipt says. */
  private record Slip(String number, long total) {}

  private final Killing business;
  private final SyncServer server;

  private Settling(Killing business, SyncServer server) {
    this.business = business;
    this.server = server;
  }

  /**
   * Everything starts once more and comes to rest; paper, tills, server, what an office sees and
   * the export are compared.
   *
   * @return how many receipts there are
   */
  public static int settle(Killing business, SyncServer server, String office) throws Exception {
    return new Settling(business, server).settled(office);
  }

  private int settled(String office) throws Exception {
    Map<String, Slip> sold = new TreeMap<>();
    List<KilledTill> tills = new ArrayList<>();
    try {
      for (String name : Killing.TILLS) {
        KilledTill till = KilledTill.open(business.place(), name);
        tills.add(till);
        till.print();
        till.loop.start();
      }
      for (KilledTill till : tills) {
        await("everything is sent", till, () -> till.device.outbox().state().waiting() == 0);
      }
      for (int i = 0; i < tills.size(); i++) {
        Map<String, Slip> own = slips(tills.get(i).device.books().salesOn(KilledTill.DAY));
        assertThat(paper(Killing.TILLS.get(i))).as("paper and till").isEqualTo(own);
        assertDense(own);
        assertThat(tills.get(i).device.books().needsManager())
            .extracting(VerdictView::code)
            .as("what the server wondered about")
            .isEmpty();
        assertThat(tills.get(i).device.damage()).isEmpty();
        sold.putAll(own);
      }
    } finally {
      tills.forEach(KilledTill::close);
    }
    assertServer(office, sold);
    return sold.size();
  }

  private void assertServer(String office, Map<String, Slip> sold) throws Exception {
    var books = server.provisioning().books(business.tenant());
    assertThat(books.total().sales()).isEqualTo(sold.size());
    assertThat(books.total().total())
        .isEqualTo(sold.values().stream().mapToLong(Slip::total).sum());
    assertThat(books.salesByVerdict()).doesNotContainKey(Verdict.QUARANTINED);
    KilledTill.enrol(business.place(), office, business.officeTicket(server));
    try (KilledTill desk = KilledTill.open(business.place(), office)) {
      desk.loop.start();
      await(
          "the office has all",
          desk,
          () -> desk.device.books().totals(KilledTill.DAY).sales() == sold.size());
      assertThat(slips(desk.device.books().salesOn(KilledTill.DAY))).isEqualTo(sold);
    }
    Path export = business.place().resolve("export.txt");
    try (var out = Files.newOutputStream(export)) {
      server.provisioning().export(business.tenant(), out);
    }
    assertThat(
            new CommandLine(new ServerCommand())
                .execute(
                    "verify",
                    export.toString(),
                    "--key",
                    server.provisioning().logKey(business.tenant())))
        .isZero();
  }

  private static Map<String, Slip> slips(List<SaleView> sales) {
    Map<String, Slip> slips = new TreeMap<>();
    for (SaleView sale : sales) {
      assertThat(slips.put(sale.id().toString(), new Slip(sale.receipt(), sale.total().minor())))
          .isNull();
    }
    return slips;
  }

  /** What came out of the printer; only a copy may come twice. */
  private Map<String, Slip> paper(String till) throws Exception {
    Map<String, Slip> slips = new TreeMap<>();
    Path paper = KilledTill.paper(business.place(), till);
    for (String line : Files.exists(paper) ? Files.readAllLines(paper) : List.<String>of()) {
      String[] words = line.strip().split(" ");
      Slip slip = new Slip(words[1], Long.parseLong(words[2]));
      Slip before = slips.put(words[0], slip);
      if (before != null) {
        assertThat(words).as("the second paper of one sale").hasSize(4);
        assertThat(before).isEqualTo(slip);
      }
    }
    return slips;
  }

  private static void assertDense(Map<String, Slip> sold) {
    List<Long> numbers =
        sold.values().stream()
            .map(slip -> Long.parseLong(slip.number().replaceAll(".*-", "")))
            .sorted()
            .toList();
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).as("receipt numbers without gap or double").isEqualTo(i + 1L);
    }
  }

  public static void await(String what, KilledTill till, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.call()) {
      assertThat(till.loop.state()).as(what).isNotInstanceOf(SyncState.Stopped.class);
      assertThat(System.nanoTime() - end).as("waited in vain: " + what).isNegative();
      LockSupport.parkNanos(10_000_000);
    }
  }
}
