package dev.countersign.client.ledger;

import dev.countersign.client.flow.Selling;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.ledger.OpenDevice.Surroundings;
import dev.countersign.common.catalogue.BarcodeRule;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Enrolment.FirstUser;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxRule;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An enrolled device in a folder: real files, a cheap PIN. */
public final class TillFixture implements AutoCloseable {
  public static final Currency USD = Currency.getInstance("USD");
  public static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  public static final LocalDate DAY = LocalDate.of(2026, 3, 4);
  public static final Argon2Cost CHEAP = new Argon2Cost(256, 1, 1);
  public static final UUID CASHIER = UUID.fromString("019c0000-0000-7000-8000-000000000001");
  public static final UUID SUPERVISOR = UUID.fromString("019c0000-0000-7000-8000-000000000002");
  public static final UUID TAX = UUID.fromString("019c0000-0000-7000-8000-000000000003");
  public static final UUID RUM = UUID.fromString("019c0000-0000-7000-8000-000000000004");
  public static final UUID GIN = UUID.fromString("019c0000-0000-7000-8000-000000000005");
  public static final UUID EPOCH = UUID.fromString("019c0000-0000-7000-8000-000000000006");
  public static final TaxRule VAT =
      new TaxRule(TAX, "VAT", TaxRule.Kind.PERCENT, new BigDecimal("20"), true, false, true);
  static final ProductItem RUM_ITEM = product("1001", "Añejo Rum", "Rum", 1999, "00080480280024");
  static final ProductItem GIN_ITEM = product("1002", "Dry Gin", "Gin", 1550, "00088004017309");

  public final DeviceFolder folder;
  public final PinVault vault;
  public final FolderKeys keys;

  /** The last item that the server told. */
  private long told = 20;

  private final Surroundings around;
  private OpenDevice device;

  private TillFixture(
      DeviceFolder folder,
      PinVault vault,
      FolderKeys keys,
      Surroundings around,
      OpenDevice device) {
    this.folder = folder;
    this.vault = vault;
    this.keys = keys;
    this.around = around;
    this.device = device;
  }

  public static TillFixture in(Path directory) throws Exception {
    return in(directory, DeviceKind.TILL);
  }

  public static TillFixture in(Path directory, DeviceKind kind) throws Exception {
    return in(directory, kind, CHEAP);
  }

  public static TillFixture in(Path directory, DeviceKind kind, Argon2Cost cost) throws Exception {
    return in(directory, kind, cost, "practice");
  }

  /** A till at which money really changes hands, so that its drawer opens. */
  public static TillFixture real(Path directory) throws Exception {
    return in(directory, DeviceKind.TILL, CHEAP, "production");
  }

  private static TillFixture in(
      Path directory, DeviceKind kind, Argon2Cost cost, String environment) throws Exception {
    DeviceFolder folder = new DeviceFolder(directory.resolve("device"));
    SecureRandom random = new SecureRandom();
    Surroundings around = new Surroundings(() -> NOON, System::nanoTime, random);
    PinVault vault = vault(directory, folder, cost);
    FirstUser cashier = new FirstUser(CASHIER, "Cashier One", "cashier");
    try (Pin pin = Pin.typed("2580".toCharArray());
        SigningKey deviceKey = SigningKey.generate(random);
        SigningKey serverKey = SigningKey.generate(random)) {
      FolderKeys keys =
          vault.create(
              new DeviceFolder.Title("Tenant", "Store", "Register 1", environment),
              CASHIER,
              "Cashier One",
              pin);
      OpenDevice device =
          OpenDevice.enrol(
              folder,
              keys.database(),
              enrolled(kind, serverKey, environment),
              deviceKey,
              EPOCH,
              cashier,
              around);
      device.replica().replaceAll(new FeedPage(EPOCH, 10, false, List.of()), feed().iterator());
      device.replica().arrange(() -> false);
      return new TillFixture(folder, vault, keys, around, device);
    }
  }

  public static PinVault vault(Path directory, DeviceFolder folder) {
    return vault(directory, folder, CHEAP);
  }

  private static PinVault vault(Path directory, DeviceFolder folder, Argon2Cost cost) {
    return new PinVault(
        folder, new FileKeyChest(directory.resolve("chest")), () -> NOON, new SecureRandom(), cost);
  }

  private static Enrolled enrolled(DeviceKind kind, SigningKey serverKey, String environment) {
    return new Enrolled(
        UUID.randomUUID(),
        UUID.randomUUID(),
        kind,
        UUID.randomUUID(),
        kind == DeviceKind.TILL ? UUID.randomUUID() : null,
        kind == DeviceKind.TILL ? "R1" : "",
        environment,
        "Device one",
        "Tenant",
        "Store",
        "Register 1",
        USD,
        "https://localhost:8443",
        null,
        serverKey.verifyKey(),
        new LogKey("fixture.example/log", serverKey.verifyKey()).text());
  }

  static List<FeedItem> feed() {
    return List.of(
        FeedItem.of(1, TAX, new TaxItem("VAT", "PERCENT", new BigDecimal("20"), true, false, true)),
        user(2, CASHIER, "Cashier One", Role.CASHIER),
        user(3, SUPERVISOR, "Supervisor Two", Role.SUPERVISOR),
        FeedItem.of(4, RUM, RUM_ITEM),
        FeedItem.of(5, GIN, GIN_ITEM));
  }

  static FeedItem user(long seq, UUID id, String name, Role role) {
    return FeedItem.of(seq, id, UserItem.of(id, name, role));
  }

  static ProductItem product(
      String sku, String name, String category, long price, String... codes) {
    List<Barcode> barcodes = new ArrayList<>();
    for (String code : codes) {
      barcodes.add(new FeedBody.Barcode(code, Quantity.ONE));
    }
    return new ProductItem(sku, name, category, "750 ml", price, List.of(TAX), barcodes);
  }

  public OpenDevice device() {
    return device;
  }

  public Ledger ledger() {
    return device.ledger();
  }

  public void reopen() {
    device.close();
    device = OpenDevice.open(folder, keys.database(), around);
  }

  /** The server says that rum costs 21.99 now. */
  public void dearerRum() throws Exception {
    ProductItem dearer = product("1001", "Añejo Rum", "Rum", 2199, "00080480280024");
    device.replica().apply(new FeedPage(EPOCH, 11, false, List.of(FeedItem.of(11, RUM, dearer))));
  }

  /** The server says something of this. */
  public void hear(UUID id, FeedBody body) throws Exception {
    told++;
    FeedItem item = FeedItem.of(told, id, body);
    device.replica().apply(new FeedPage(EPOCH, told, false, List.of(item)));
  }

  /** The server has judged all that is to be sent in one batch, at this time by its clock. */
  public void acknowledge(Instant now, Verdict verdict, String code) throws Exception {
    SealedBatch batch = device.outbox().nextToSend().orElseThrow();
    List<Judged> judged = new ArrayList<>();
    for (long number = batch.first(); number <= batch.last(); number++) {
      judged.add(new Judged(number, verdict, code, number));
    }
    Acknowledgement answer =
        new Acknowledgement(
            ledger().enrolled().tenant(),
            batch.device(),
            batch.number(),
            batch.hash().toHex(),
            now,
            judged,
            "checkpoint");
    device.outbox().acknowledged(batch.number(), new byte[] {(byte) batch.number()}, answer);
  }

  /** At noon, in a shop whose labels follow these rules. */
  public Selling selling(BarcodeRule... rules) {
    return selling(Clock.fixed(NOON, ZoneOffset.UTC), rules);
  }

  /** By another clock. */
  public Selling selling(Clock clock, BarcodeRule... rules) {
    return new Selling(
        ledger(),
        device.catalogue(),
        () -> new BarcodeRules(List.of(rules)),
        USD,
        TaxRounding.perLine(USD),
        clock);
  }

  public static Actor cashier() {
    return new Actor(CASHIER, null, NOON);
  }

  public static Actor approved() {
    return new Actor(CASHIER, SUPERVISOR, NOON);
  }

  public ShiftView openShift() {
    return ledger().openShift(cashier(), DAY, Money.of(10_000, USD));
  }

  public static LineItem rum() {
    return new LineItem(RUM, "080480280024", "Añejo Rum", "750 ml", List.of(VAT));
  }

  public static LineItem gin() {
    return new LineItem(GIN, "088004017309", "Dry Gin", "750 ml", List.of(VAT));
  }

  public static LinePrice each(long minor) {
    return new LinePrice.Each(Money.of(minor, USD));
  }

  /** Two rums and a gin at their listed prices. */
  public static Basket basket() {
    return Basket.empty(USD)
        .add(rum(), Quantity.of(2), each(1999))
        .add(gin(), Quantity.ONE, each(1550));
  }

  public static SaleDraft draft() {
    return draft(basket());
  }

  /** Settled with exact cash. */
  public static SaleDraft draft(Basket basket) {
    Money total = Pricing.price(basket, TaxRounding.perLine(USD)).total();
    return draft(basket, List.of(new CashTender(total)), null);
  }

  public static SaleDraft draft(Basket basket, List<Tender> tenders, @Nullable String original) {
    PricedBasket priced = Pricing.price(basket, TaxRounding.perLine(USD));
    if (Settlement.of(priced.total(), tenders, null) instanceof Settlement.Settled settled) {
      return new SaleDraft(basket, priced, settled, DAY, original);
    }
    throw new IllegalArgumentException("the tenders do not settle it");
  }

  /** The payments that went back, in their order. */
  public List<PaymentReturned> returned() throws Exception {
    List<PaymentReturned> found = new ArrayList<>();
    for (byte[] body :
        device
            .store()
            .read(
                db ->
                    db.list(
                        "SELECT body FROM change WHERE type = 'payment.returned' ORDER BY number",
                        row -> row.bytes(1)))) {
      found.add((PaymentReturned) ChangeCodec.decode(body, 0, body.length).body());
    }
    return found;
  }

  @Override
  public void close() {
    device.close();
    keys.close();
  }
}
