package dev.countersign.server.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.StockMoved.Reason;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.ingest.IngestOutcome;
import dev.countersign.server.ingest.TestShop;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A shop whose devices move goods, with the levels that come of it. */
final class StockGround implements AutoCloseable {
  final TestShop shop;
  final FeedTable feed = new FeedTable();
  final Stock stock = new Stock(feed);

  StockGround(Path folder, Stored stored) throws SQLException {
    shop = new TestShop(folder, stored);
    known(shop.product);
  }

  /** One more product that the catalogue has. */
  UUID product() throws SQLException {
    UUID product = UUID.randomUUID();
    shop.catalogue.add(product);
    known(product);
    return product;
  }

  private void known(UUID product) throws SQLException {
    shop.write(
        scope ->
            feed.put(
                scope,
                product,
                null,
                new ProductItem("1", "Gin", "", "", 500, List.of(), List.of())));
  }

  SellingTill till() throws SQLException {
    return shop.enrol();
  }

  /** A sale of so much, by the cashier; goods that come back have a manager's word. */
  Change sale(SellingTill till, Instant at, UUID product, long pieces) {
    UUID second = pieces < 0 ? shop.manager : null;
    return at(
        till.change(till.id(), sale(till, product, pieces)),
        at,
        till.registered().cashier(),
        second);
  }

  /** What such a sale says. */
  static SaleCompleted sale(SellingTill till, UUID product, long pieces) {
    return sale(till, product, pieces, 500 * pieces);
  }

  static SaleCompleted sale(SellingTill till, UUID product, long pieces, long amount) {
    SaleCompleted usual = till.saleBody(null, 1);
    return new SaleCompleted(
        usual.store(),
        usual.register(),
        usual.shift(),
        usual.receipt(),
        usual.businessDate(),
        usual.currency(),
        List.of(
            new Line(
                1, product, "", "Gin", Quantity.of(pieces), null, null, amount, List.of(), null)),
        List.of(new Paid(Means.CASH, amount, "", "")),
        amount,
        0,
        0,
        0,
        List.of(),
        null);
  }

  Change moved(SellingTill device, Instant at, UUID product, long pieces) {
    Reason reason = pieces > 0 ? Reason.RECEIVED : Reason.WASTED;
    return byManager(
        device,
        at,
        new StockMoved(
            shop.store,
            reason,
            List.of(new StockMoved.Line(product, Quantity.of(pieces))),
            "as told"));
  }

  Change counted(SellingTill device, Instant at, UUID product, long pieces) {
    return byManager(
        device,
        at,
        new StockCounted(shop.store, List.of(new StockCounted.Line(product, Quantity.of(pieces)))));
  }

  Change decision(SellingTill device, SellingTill of, long batch, Change about, Resolution how) {
    return byManager(
        device,
        shop.now,
        new VerdictResolved(of.registered().device(), batch, about.number(), how, ""));
  }

  Change byManager(SellingTill device, Instant at, ChangeBody body) {
    return at(device.change(device.id(), body), at, shop.manager, null);
  }

  static Change at(Change change, Instant at, UUID actor, @Nullable UUID approver) {
    return new Change(
        change.id(), change.number(), change.entity(), actor, approver, at, change.body());
  }

  List<Judged> send(SellingTill till, Change... changes) throws SQLException {
    return send(till, List.of(changes));
  }

  List<Judged> send(SellingTill till, List<Change> changes) throws SQLException {
    return ((IngestOutcome.Stored) shop.accept(till.seal(changes))).acknowledgement().verdicts();
  }

  /** Reads all that there is. */
  void readOn() throws SQLException {
    boolean more = true;
    while (more) {
      more = shop.write(stock::readOn);
    }
    assertThat(shop.write(stock::isBehind)).isFalse();
  }

  long level(UUID product) throws SQLException {
    readOn();
    Quantity level = shop.write(scope -> stock.level(scope, shop.store, product));
    assertThat(level.isWhole()).isTrue();
    return level.millionths() / 1_000_000;
  }

  @Override
  public void close() throws SQLException {
    shop.close();
  }
}
