package dev.countersign.app.simulate;

import dev.countersign.app.simulate.LogReading.Entry;
import dev.countersign.app.simulate.Told.Receipt;
import dev.countersign.app.simulate.Told.Shelf;
import dev.countersign.app.simulate.Told.Worker;
import dev.countersign.client.ledger.CheckpointBook.Witnessed;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.SaleView;
import dev.countersign.client.sync.SyncState;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.credit.CreditTable;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.http.Handed;
import dev.countersign.server.ingest.ServerBooks;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

// Long because everything that must hold in a quiet world is said in one place.
/**
 * Says what is wrong with a world that has become quiet, by what people told it and not by what it
 * believes of itself.
 */
final class Oracle {
  private final World world;
  private final Map<UUID, List<Entry>> logged = new HashMap<>();
  private final LogReading log;

  Oracle(World world) throws Exception {
    this.world = world;
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    world.provisioning().export(world.tenant, export);
    this.log =
        LogReading.of(
            export.toByteArray(), LogKey.parse(world.provisioning().logKey(world.tenant)));
  }

  /** What was counted while looking. */
  record Account(
      long receipts, Map<Verdict, Long> verdicts, long queued, long evidence, long lost) {
    @Override
    public String toString() {
      return receipts
          + " receipts = "
          + verdicts
          + " + "
          + queued
          + " queued + "
          + evidence
          + " kept as evidence of a fork + "
          + lost
          + " on disks that were replaced";
    }
  }

  /**
   * Looks at everything.
   *
   * @throws FindingException at the first thing that is wrong
   */
  Account look() throws Exception {
    for (Entry entry : log.changes()) {
      logged.computeIfAbsent(entry.change().entity(), _ -> new ArrayList<>()).add(entry);
    }
    Account account = receipts();
    everySaleWasPrinted();
    nothingCameBackTwice();
    books();
    money();
    credit();
    for (Device device : world.devices()) {
      if (device.isOn()) {
        replica(device);
        witness(device);
      }
    }
    new Shelves(world, log).look(world.devices());
    new Aside(world, log).look();
    return account;
  }

  private Account receipts() throws SQLException {
    Set<UUID> forked = forked();
    long evidence = 0;
    Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    long queued = 0;
    long lost = 0;
    for (Receipt receipt : world.told.receipts()) {
      List<Entry> entries = logged.getOrDefault(receipt.sale(), List.of());
      if (!entries.isEmpty()) {
        verdicts.merge(inLog(receipt, entries), 1L, Long::sum);
      } else if (isQueued(receipt)) {
        queued++;
      } else if (forked.contains(receipt.sale())) {
        evidence++;
      } else if (receipt.lost()) {
        lost++;
      } else {
        throw new FindingException(
            "receipt " + receipt.number() + " of " + receipt.till() + " is nowhere");
      }
    }
    return new Account(world.told.receipts().size(), verdicts, queued, evidence, lost);
  }

  /** What devices that existed twice sent as their other history. */
  private Set<UUID> forked() throws SQLException {
    Set<UUID> sales = new HashSet<>();
    List<byte[]> payloads =
        world
            .server
            .up()
            .<List<byte[]>, SQLException>look(
                world.tenant,
                scope -> scope.db().list("SELECT payload FROM incident", row -> row.bytes(1)));
    for (byte[] payload : payloads) {
      LogReading.changes(payload).forEach(change -> sales.add(change.entity()));
    }
    return sales;
  }

  private Verdict inLog(Receipt receipt, List<Entry> entries) {
    List<Entry> counting = entries.stream().filter(log::counts).toList();
    if (counting.size() > 1) {
      throw new FindingException("receipt " + receipt.number() + " counts twice");
    }
    Entry entry = counting.isEmpty() ? entries.getFirst() : counting.getFirst();
    Change change = entry.change();
    if (!(change.body() instanceof SaleCompleted sale)) {
      throw new FindingException("receipt " + receipt.number() + " is no sale in the log");
    }
    long cash = -sale.change();
    long card = 0;
    long credit = 0;
    for (SaleCompleted.Paid paid : sale.tenders()) {
      switch (paid.means()) {
        case CASH -> cash += paid.amount();
        case CARD -> card += paid.amount();
        case GIFT_CARD, STORE_CREDIT -> credit += paid.amount();
        case ON_ACCOUNT -> throw new IllegalStateException("nobody owes anything here");
      }
    }
    if (sale.total() != receipt.total()
        || cash != receipt.cash()
        || card != receipt.card()
        || credit != receipt.credit()
        || sale.due() != receipt.total() + receipt.sold()
        || !sale.receipt().equals(receipt.number())) {
      throw new FindingException("receipt " + receipt.number() + " is another one in the log");
    }
    return counting.isEmpty() || entry.verdict() != Verdict.QUARANTINED
        ? entry.verdict()
        : Verdict.ACCEPTED;
  }

  private boolean isQueued(Receipt receipt) {
    for (Device device : world.devices()) {
      if (device.isOn() && device.name().equals(receipt.till())) {
        for (SaleView sale : device.open().books().salesOn(receipt.day())) {
          if (sale.id().equals(receipt.sale())) {
            if (sale.standing() != SaleView.Standing.WAITING) {
              throw new FindingException(
                  device.name()
                      + " says that receipt "
                      + receipt.number()
                      + " is "
                      + sale.standing()
                      + ", and the log does not have it");
            }
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Of no line came back more than was sold, as far as refunds count. */
  private void nothingCameBackTwice() {
    Map<SaleCompleted.Sold, Long> left = new HashMap<>();
    for (Entry entry : log.changes()) {
      if (log.counts(entry) && entry.change().body() instanceof SaleCompleted sale) {
        for (SaleCompleted.Line line : sale.lines()) {
          SaleCompleted.Sold sold = line.refunds();
          left.merge(
              sold == null ? new SaleCompleted.Sold(entry.change().entity(), line.no()) : sold,
              line.quantity().millionths(),
              Long::sum);
        }
      }
    }
    left.forEach(
        (sold, rest) -> {
          boolean isReturn =
              logged.getOrDefault(sold.sale(), List.of()).stream()
                  .anyMatch(entry -> isReturn(entry.change(), sold.line()));
          if (rest < 0 && !isReturn) {
            throw new FindingException("more of a line came back than was sold");
          }
        });
  }

  /** A line that takes goods back without a receipt of theirs. */
  private static boolean isReturn(Change change, int line) {
    return change.body() instanceof SaleCompleted sale
        && sale.lines().stream()
            .anyMatch(each -> each.no() == line && each.quantity().isNegative());
  }

  private void everySaleWasPrinted() {
    for (List<Entry> entries : logged.values()) {
      Change change = entries.getFirst().change();
      if (change.body() instanceof SaleCompleted sale && !world.told.isPrinted(change.entity())) {
        throw new FindingException(
            "the log has receipt " + sale.receipt() + ", which is on no paper");
      }
    }
  }

  /** What the server adds up against what was rung up. */
  private void books() throws SQLException {
    var books = world.provisioning().books(world.tenant);
    Map<Boolean, Long> sales = new TreeMap<>();
    Map<UUID, Long> totals = new HashMap<>();
    for (Receipt receipt : world.told.receipts()) {
      for (Entry entry : logged.getOrDefault(receipt.sale(), List.of())) {
        sales.merge(log.counts(entry), 1L, Long::sum);
        if (log.counts(entry)) {
          totals.merge(world.shops().get(receipt.store()).id(), receipt.total(), Long::sum);
        }
      }
    }
    Map<Boolean, Long> counted = new TreeMap<>();
    books
        .salesByVerdict()
        .forEach(
            (verdict, count) -> counted.merge(verdict != Verdict.QUARANTINED, count, Long::sum));
    agree("sales that count and that do not", sales, counted);
    Map<UUID, Long> summed = new HashMap<>();
    for (ServerBooks.StoreTotal store : books.stores()) {
      summed.put(store.store(), store.total().total());
    }
    agree("takings of the stores", totals, summed);
  }

  /** What came in by each means, against the papers. */
  private void money() throws SQLException {
    Map<String, Long> told = new TreeMap<>();
    for (Receipt receipt : world.told.receipts()) {
      for (Entry entry : logged.getOrDefault(receipt.sale(), List.of())) {
        if (log.counts(entry)) {
          told.merge("cash", receipt.cash(), Long::sum);
          told.merge("card", receipt.card(), Long::sum);
          told.merge("credit", receipt.credit(), Long::sum);
        }
      }
    }
    Map<String, Long> found = new TreeMap<>();
    world
        .server
        .up()
        .<Boolean, SQLException>look(
            world.tenant,
            scope -> {
              scope
                  .db()
                  .<SQLException>each(
                      "SELECT means, total FROM takings_means",
                      row ->
                          found.merge(
                              switch (SaleCompleted.Means.valueOf(row.text(1))) {
                                case CASH -> "cash";
                                case CARD -> "card";
                                case MOBILE_MONEY, VOUCHER -> "paper";
                                case GIFT_CARD, STORE_CREDIT -> "credit";
                                case ON_ACCOUNT -> "account";
                              },
                              row.integer(2),
                              Long::sum));
              return true;
            });
    told.values().removeIf(sum -> sum == 0);
    found.values().removeIf(sum -> sum == 0);
    agree("money by tender", told, found);
  }

  /** What is on every account is what was put on it less what was spent, and nobody holds more. */
  private void credit() throws SQLException {
    Map<UUID, Long> facts = new TreeMap<>();
    for (Entry entry : log.changes()) {
      if (!log.counts(entry)) {
        continue;
      }
      switch (entry.change().body()) {
        case SaleCompleted sale -> {
          sale.credits().forEach(each -> facts.merge(each.account(), each.amount(), Long::sum));
          for (SaleCompleted.Paid paid : sale.tenders()) {
            if (paid.account() != null) {
              facts.merge(paid.account(), -paid.amount(), Long::sum);
            }
          }
        }
        case CreditIssued given when given.sale() == null ->
            facts.merge(entry.change().entity(), given.amount(), Long::sum);
        default -> {
          // Moves nothing on an account.
        }
      }
    }
    Map<UUID, Long> found = new TreeMap<>();
    world
        .server
        .up()
        .<Boolean, SQLException>look(
            world.tenant,
            scope -> {
              CreditTable table = new CreditTable();
              for (UUID account :
                  scope
                      .db()
                      .list("SELECT DISTINCT account FROM credit_movement", row -> row.uuid(1))) {
                found.put(account, table.balance(scope.db(), account));
              }
              return true;
            });
    agree("what is on the accounts of gift cards and credit", facts, found);
  }

  static void agree(String what, Object told, Object found) {
    if (!told.equals(found)) {
      throw new FindingException(what + ": " + told + " were told, the program says " + found);
    }
  }

  private void replica(Device device) throws SQLException {
    OpenDevice open = device.open();
    String name = device.name();
    if (device.state() instanceof SyncState.Waiting waiting) {
      throw new FindingException(
          name + " still waits to send " + waiting.count() + ", " + waiting.reason());
    }
    FeedTable feed = new FeedTable();
    agree(
        "the epoch of " + name,
        world.server.up().look(world.tenant, feed::epoch),
        open.replica().epoch());
    agree(
        "how far " + name + " has read",
        world.server.up().look(world.tenant, feed::head),
        open.replica().cursor());
    Set<String> shelves = new TreeSet<>();
    for (Shelf shelf : world.told.catalogue()) {
      shelves.add(shelf.sku() + " " + shelf.name() + " " + shelf.price());
    }
    Set<String> found = new TreeSet<>();
    for (Product product : open.catalogue().page(shelves.size() + 1, 0)) {
      found.add(product.sku() + " " + product.name() + " " + product.price().minor());
    }
    agree("the catalogue of " + name, shelves, found);
    Set<String> workers = new TreeSet<>();
    for (Worker worker : world.told.workersOf(device.title().store())) {
      workers.add(worker.name() + ", " + worker.role());
    }
    Set<String> users = new TreeSet<>();
    open.users().list().forEach(user -> users.add(user.name() + ", " + user.role().name()));
    agree("the people of " + name, workers, users);
    if (device.title().office()) {
      office(device, open);
    }
  }

  /** Every sale that counts in its store, as the log says. */
  private void office(Device device, OpenDevice open) {
    Set<String> told = new TreeSet<>();
    Set<java.time.LocalDate> days = new TreeSet<>();
    for (Receipt receipt : world.told.receipts()) {
      if (receipt.store() == device.title().store()) {
        days.add(receipt.day());
        for (Entry entry : logged.getOrDefault(receipt.sale(), List.of())) {
          if (log.counts(entry)) {
            told.add(receipt.number() + " " + receipt.total());
          }
        }
      }
    }
    Set<String> shown = new TreeSet<>();
    for (java.time.LocalDate day : days) {
      for (SaleView sale : open.books().salesOn(day)) {
        shown.add(sale.receipt() + " " + sale.total().minor());
      }
    }
    agree("the sales in " + device.name(), told, shown);
  }

  /** The log that a device saw is the beginning of the one that there is. */
  private void witness(Device device) throws Exception {
    OpenDevice open = device.open();
    Witnessed last = open.checkpoints().last().orElse(null);
    if (last == null) {
      return;
    }
    agree(
        "the epoch of what " + device.name() + " witnessed", open.replica().epoch(), last.epoch());
    LogKey key = LogKey.parse(world.provisioning().logKey(world.tenant));
    if (!(Checkpoint.parse(last.seen(), key.name(), key.key())
        instanceof CheckpointReading.Verified seen)) {
      throw new FindingException(device.name() + " keeps a checkpoint that is not the log's");
    }
    String path = "/v1/log/" + world.tenant + "/checkpoint";
    Handed.Back now =
        world.server.ask(new Handed("GET", path, null, Map.of(), new byte[0], "10.9.9.9"));
    Checkpoint newest =
        switch (Checkpoint.parse(
            new String(now.body(), java.nio.charset.StandardCharsets.UTF_8),
            key.name(),
            key.key())) {
          case CheckpointReading.Verified verified -> verified.checkpoint().checkpoint();
          default -> throw new FindingException("the log shows no checkpoint of its own");
        };
    Checkpoint from = seen.checkpoint().checkpoint();
    if (from.equals(newest)) {
      return;
    }
    Handed.Back proof =
        world.server.ask(
            new Handed(
                "GET",
                "/v1/log/" + world.tenant + "/consistency",
                "from=" + from.size() + "&to=" + newest.size(),
                Map.of(),
                new byte[0],
                "10.9.9.9"));
    if (proof.status() != 200
        || !ConsistencyProof.decode(proof.body())
            .verify(from.size(), from.root(), newest.size(), newest.root())) {
      throw new FindingException("the log that " + device.name() + " saw is not this log's past");
    }
  }
}
