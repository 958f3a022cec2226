package dev.countersign.app.demo;

import dev.countersign.app.demo.SalesFile.Invoice;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.money.Money;
import dev.countersign.server.catalogue.ImportReport;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.ExportVerifier;
import dev.countersign.server.ingest.ServerBooks;
import dev.countersign.server.launch.Provisioning;
import dev.countersign.server.launch.SyncServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;

/**
 * Replays real sales: makes a tenant of a catalogue and a sales file, enrols one till per store,
 * rings every invoice up while the server is down, brings the server back, sends everything, reads
 * the server's books, exports the log and verifies the export.
 */
public final class Replay {
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param folder an empty folder for the server, the tills and the export
   * @param progress told what is happening, a line at a time
   */
  public Replay(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * What came of it; the fields of the line that {@code demo --replay --json} prints.
   *
   * @param sales rung up on the tills
   * @param refundedLines that came back of a receipt
   * @param returnedLines that came back without one
   * @param total what they came to by the tills' own books, a decimal string
   * @param stores store number → total by the till's own books
   * @param acceptedByServer sales that count on the server: accepted or flagged
   * @param serverTotal by the server's books
   * @param auditEntries in the verified export
   * @param verified the export was verified with the log's key alone, and its sales come to the
   *     server's total
   * @param refusedRows of catalogue and sales file
   */
  public record Result(
      long sales,
      long lines,
      long refundedLines,
      long returnedLines,
      String total,
      String currency,
      Map<String, String> stores,
      long acceptedByServer,
      String serverTotal,
      long auditEntries,
      boolean verified,
      double seconds,
      long refusedRows) {
    /** Everything went in, and every figure agrees. */
    public boolean everythingAgrees() {
      return verified && refusedRows == 0 && sales == acceptedByServer && total.equals(serverTotal);
    }
  }

  private record Tally(
      long sales, long lines, long total, long refused, long refunded, long returned) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    Tally plus(Tally other) {
      return new Tally(
          Math.addExact(sales, other.sales),
          Math.addExact(lines, other.lines),
          Math.addExact(total, other.total),
          Math.addExact(refused, other.refused),
          Math.addExact(refunded, other.refunded),
          Math.addExact(returned, other.returned));
    }
  }

  private record Shop(String number, List<Invoice> invoices, DemoTill till) {}

  /**
   * Runs the whole replay.
   *
   * @param only store numbers to replay; empty replays every store
   * @throws IOException when a file cannot be read at all, or the machine fails
   */
  public Result run(Path catalogue, Path salesFile, Set<String> only)
      throws IOException, SQLException, KeyChestException {
    long start = System.nanoTime();
    SalesFile sales = SalesFile.read(salesFile, only);
    sales.refused().forEach(row -> progress.accept("refused " + row));
    // All stores of a state behind one address: the limit for one shop would only slow the replay.
    ServerConfig config =
        ServerConfig.in(folder.resolve("server"))
            .listeningOn("127.0.0.1", 0)
            .limitedTo(1_000_000, 100_000)
            .batchesLimitedTo(1_000_000, 100_000);
    UUID tenant;
    long refused = sales.refused().size();
    List<Shop> shops = new ArrayList<>();
    try (SyncServer server = SyncServer.start(config)) {
      config = config.listeningOn("127.0.0.1", server.uri().getPort());
      Provisioning provisioning = server.provisioning();
      tenant = provisioning.addTenant("Replay", sales.currency().getCurrencyCode(), "demo").id();
      ImportReport imported =
          provisioning.importCatalogue(tenant, catalogue, null, telling(catalogue));
      refused += imported.refusedCount();
      progress.accept(
          imported.accepted() + " products; enrolling " + sales.stores().size() + " tills");
      for (Map.Entry<String, List<Invoice>> store : sales.stores().entrySet()) {
        DemoTill till = enrol(provisioning, tenant, store.getKey());
        shops.add(new Shop(store.getKey(), store.getValue(), till));
      }
    }
    try {
      progress.accept("the server is down; ringing up offline");
      Map<String, Tally> tallies = new LinkedHashMap<>();
      for (Shop shop : shops) {
        tallies.put(shop.number(), ringUp(shop, sales.currency()));
      }
      progress.accept("the server is back; sending");
      try (SyncServer server = SyncServer.start(config)) {
        for (Shop shop : shops) {
          try (OpenDevice device = shop.till().open()) {
            DemoTill.sendEverything(device);
          }
        }
        return readBack(server.provisioning(), tenant, sales.currency(), tallies, refused, start);
      }
    } finally {
      shops.forEach(shop -> shop.till().close());
    }
  }

  private DemoTill enrol(Provisioning provisioning, UUID tenant, String number)
      throws IOException, SQLException, KeyChestException {
    UUID store = provisioning.addStore(tenant, number, "Store " + number, ZoneOffset.UTC).id();
    UUID register = provisioning.addRegister(tenant, store, "1").id();
    UUID user = provisioning.addUser(tenant, "Replay of " + number, "supervisor", store).id();
    return DemoTill.enrol(
        folder.resolve("till-" + number),
        folder.resolve("chest-" + number),
        provisioning.tillTicket(tenant, register, user),
        "Till " + number,
        "280519");
  }

  private Tally ringUp(Shop shop, Currency currency) {
    Tally tally = Tally.NONE;
    try (OpenDevice device = shop.till().open()) {
      RingUp ringUp = new RingUp(device.ledger(), device.catalogue(), shop.till().user(), currency);
      ringUp.openShift(shop.invoices().getFirst().date());
      for (Invoice invoice : shop.invoices()) {
        tally = tally.plus(sell(ringUp, shop, invoice));
      }
      return tally.plus(new Tally(0, 0, 0, 0, ringUp.refunded(), ringUp.returned()));
    }
  }

  /** An invoice that the ledger does not take, such as one of too many lines, costs only itself. */
  private Tally sell(RingUp ringUp, Shop shop, Invoice invoice) {
    try {
      CompletedSale sale = ringUp.sell(invoice);
      return new Tally(1, sale.body().lines().size(), sale.body().total(), 0, 0, 0);
    } catch (ActRefusedException | IllegalArgumentException | ArithmeticException e) {
      progress.accept(
          "refused invoice "
              + invoice.number()
              + " of store "
              + shop.number()
              + ": "
              + e.getMessage());
      return new Tally(0, 0, 0, invoice.lines().size(), 0, 0);
    }
  }

  private Result readBack(
      Provisioning provisioning,
      UUID tenant,
      Currency currency,
      Map<String, Tally> tallies,
      long refused,
      long start)
      throws IOException, SQLException {
    ServerBooks.Total books = provisioning.books(tenant).total();
    Path export = folder.resolve("export.txt");
    LogKey logKey = LogKey.parse(provisioning.logKey(tenant));
    try (OutputStream out = Files.newOutputStream(export)) {
      provisioning.export(tenant, out);
    }
    ExportReport report;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(export), 1 << 18)) {
      report = new ExportVerifier(logKey, ForkJoinPool.commonPool()).verify(in);
    }
    long entries = 0;
    boolean verified = false;
    switch (report) {
      case ExportReport.Sound sound -> {
        entries = sound.entries();
        verified = sound.sales() == books.sales() && sound.total() == books.total();
      }
      case ExportReport.Contradicted(var _, long count, var first) ->
          progress.accept(count + " say that the log was another, the first: " + first.getFirst());
      case ExportReport.Broken(long line, String reason) ->
          progress.accept("the export is not sound, line " + line + ": " + reason);
    }
    Tally all = tallies.values().stream().reduce(Tally.NONE, Tally::plus);
    Map<String, String> stores = new LinkedHashMap<>();
    tallies.forEach((number, tally) -> stores.put(number, decimal(tally.total(), currency)));
    return new Result(
        all.sales(),
        all.lines(),
        all.refunded(),
        all.returned(),
        decimal(all.total(), currency),
        currency.getCurrencyCode(),
        stores,
        books.sales(),
        decimal(books.total(), currency),
        entries,
        verified,
        Math.round((System.nanoTime() - start) / 1e7) / 100.0,
        refused + all.refused());
  }

  private static String decimal(long minor, Currency currency) {
    return Money.of(minor, currency).toDecimalString();
  }

  private ImportReport.Listener telling(Path catalogue) {
    return new ImportReport.Listener() {
      @Override
      public void warned(ImportReport.Remark remark) {
        // A barcode that fails its check digit costs the barcode, not the product.
      }

      @Override
      public void refused(ImportReport.Remark remark) {
        progress.accept(
            "refused " + catalogue.getFileName() + ":" + remark.line() + ": " + remark.reason());
      }
    };
  }
}
