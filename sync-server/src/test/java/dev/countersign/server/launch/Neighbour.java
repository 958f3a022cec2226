package dev.countersign.server.launch;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.change.DrawerCounted;
import dev.countersign.common.change.DrawerOpened;
import dev.countersign.common.change.PromotionWritten;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftTally;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.TaxWritten;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Terms;
import dev.countersign.common.promotion.Validity;
import dev.countersign.common.protocol.Credits;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.CustomerWord;
import dev.countersign.common.protocol.ParkedName;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Succession;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sale.ParkedBasket;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Migrations;
import dev.countersign.common.sql.Row;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRule;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Register;
import dev.countersign.server.account.Rules;
import dev.countersign.server.account.Store;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.signin.ApiKeys;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.TableShape;
import dev.countersign.server.tenant.Tenant;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

// Long because it has something in every table.
/**
 * Another business on the same server, with something in every corner and its mark on all of it.
 */
final class Neighbour {
  /** Stands in every name that is the neighbour's. */
  static final String MARK = "Zqxmark";

  /** What its integration secret is called. */
  static final String SECRET = "zqxmark-hook";

  final RunningServer house;
  final Tenant tenant;
  final Store store;
  final Register register;
  final Person person;
  final Enrolled till;
  final SellingTill selling;

  /** Opens its gift card. */
  final CreditCode code = CreditCode.make(new SecureRandom());

  private final List<TableShape> shapes = shapes();

  Neighbour(RunningServer house, Path files) throws Exception {
    this.house = house;
    Provisioning desk = house.desk();
    tenant = desk.addTenant(MARK + " Shop", "USD", "practice");
    store = desk.addStore(tenant.id(), "Z9", MARK + " Street", ZoneId.of("UTC"));
    register = desk.addRegister(tenant.id(), store.id(), "Z7");
    person = desk.addUser(tenant.id(), MARK + " Kim", "owner", null);
    desk.addUser(tenant.id(), MARK + " Lee", "cashier", store.id());
    desk.joinCode(tenant.id(), person.id());
    Path csv = files.resolve("neighbour.csv");
    Files.writeString(
        csv,
        "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,bottle_retail,list_date\n"
            + "77001,"
            + MARK
            + " Gin,GIN,V,750,6,80,,,1,6,9.00,2020-01-01\n");
    desk.importCatalogue(tenant.id(), csv);
    RawClient client = RawClient.of(house.server);
    till = client.enrol(desk.tillTicket(tenant.id(), register.id(), person.id()), MARK + " Till");
    client.enrol(desk.officeTicket(tenant.id(), store.id(), person.id()), MARK + " Office");
    var stolen =
        client.enrol(desk.officeTicket(tenant.id(), store.id(), person.id()), MARK + " Stolen");
    renewKey(client, stolen);
    house.server.deviceCare().wipe(tenant.id(), stolen.id());
    house.server.recheck().step(tenant.id(), house.now.get());
    desk.tillTicket(tenant.id(), register.id(), person.id());
    house.server.deviceCare().setRule(tenant.id(), Rules.Name.SELL, Duration.ofHours(12));
    house.server.keyCare().list();
    client.get(Routes.GRANTS, client.token(till));
    selling = selling(house, this);
    sell(client);
    creditCard(client);
    customer(client);
    parked(client);
    CosigningTill.cosign(house, tenant.id(), client, till);
    // What is read on later is no doing of those who are looked at.
    client.snapshot(client.token(till));
    signIn(new Visitor(house));
    house
        .server
        .admission()
        .addKey(tenant.id(), MARK + " key", Set.of("office.open"), "", ApiKeys.LIFE);
  }

  private static SellingTill selling(RunningServer house, Neighbour it) {
    return new SellingTill(
        new SellingTill.Registered(
            it.tenant.id(),
            it.till.id(),
            it.store.id(),
            it.register.id(),
            it.till.certificate().series(),
            "USD",
            it.person.id()),
        it.till.key(),
        house.now::get,
        new SecureRandom());
  }

  private void renewKey(RawClient client, Enrolled device) throws Exception {
    try (SigningKey next = SigningKey.generate(new SecureRandom())) {
      Succession said =
          new Succession(
              Succession.Kind.DEVICE,
              device.id().toString(),
              2,
              device.key().verifyKey().toBase64(),
              next.verifyKey().toBase64(),
              2,
              house.now.get(),
              null);
      byte[] statement = Succession.seal(said, device.key(), next).encode();
      var reply = client.post(Routes.DEVICE_KEY, statement);
      if (reply.status() != 200) {
        throw new AssertionError(reply.text());
      }
    }
  }

  /** A day with one of everything that a till does, and a look over it. */
  private void sell(RawClient client) throws Exception {
    Change opening = selling.opening();
    Change sale = selling.sale(selling.id(), 500);
    Change basket =
        selling.change(selling.id(), Filler.body(BasketVoided.class, _ -> selling.id()));
    Change cash =
        selling.change(
            selling.id(),
            new CashMoved(store.id(), register.id(), selling.shift(), "USD", -5, MARK));
    Change refund = selling.change(selling.id(), refund(sale));
    Change drawer =
        selling.change(
            selling.id(), new DrawerOpened(store.id(), register.id(), selling.shift(), MARK));
    Change count =
        selling.change(
            selling.id(),
            new DrawerCounted(
                store.id(),
                register.id(),
                selling.shift(),
                "USD",
                9_995,
                List.of(),
                List.of(),
                false));
    ShiftTally tally = new ShiftTally();
    List.of(sale, cash, drawer, refund, count)
        .forEach(change -> tally.add(change.actor(), change.body()));
    Change closing =
        selling.change(
            selling.shift(),
            new ShiftClosed(
                store.id(),
                register.id(),
                1,
                ((SaleCompleted) sale.body()).businessDate(),
                "USD",
                2,
                0,
                9_995,
                9_995,
                List.of(),
                List.of(),
                null,
                tally.figures(),
                null));
    post(client, List.of(opening, sale, basket, cash, refund, drawer, count, closing));
    post(
        client,
        List.of(
            selling.change(
                selling.id(),
                new StockMoved(
                    store.id(),
                    StockMoved.Reason.RECEIVED,
                    List.of(new StockMoved.Line(product(), Quantity.of(6))),
                    MARK)),
            selling.change(
                selling.id(),
                new StockCounted(
                    store.id(), List.of(new StockCounted.Line(product(), Quantity.of(5)))))));
    Change late = selling.sale(selling.id(), 700);
    post(client, List.of(late));
    post(
        client,
        List.of(
            selling.change(
                selling.id(),
                new VerdictResolved(till.id(), 3, late.number(), Resolution.SEEN, MARK))));
  }

  /** The one that it sells. */
  private UUID product() throws Exception {
    return house
        .server
        .tenants()
        .<UUID, SQLException>read(
            tenant.id(),
            scope ->
                scope
                    .db()
                    .first("SELECT entity FROM feed WHERE kind = 'product'", row -> row.uuid(1))
                    .orElseThrow());
  }

  /** A gift card, of which its till holds some and has given some back. */
  private void creditCard(RawClient client) throws Exception {
    UUID account = selling.id();
    post(
        client,
        List.of(
            selling.change(
                account,
                new CreditIssued(
                    store.id(),
                    register.id(),
                    selling.shift(),
                    CreditKind.GIFT_CARD,
                    code.hash(tenant.id()).toHex(),
                    "USD",
                    900,
                    null))));
    Visitor visitor = new Visitor(house, client);
    String token = client.token(till);
    for (var each :
        List.of(
            Map.entry(Routes.CREDIT_ALLOTMENTS, new Credits.Ask(selling.id(), code.text(), 500)),
            Map.entry(Routes.CREDIT_RETURNS, new Credits.Return(selling.id(), account, 100)))) {
      var reply = visitor.call("POST", each.getKey(), each.getValue(), token);
      if (reply.status() != 200) {
        throw new AssertionError(reply.text());
      }
    }
  }

  /** A customer, and what is on offer to them. */
  private void customer(RawClient client) throws Exception {
    CustomerWord word =
        new CustomerWord(
            selling.id(), "AAECAwQFBgcICQoLDA0ODw==", CustomerDetails.of("", MARK, "", ""));
    String token = client.token(till);
    var reply = new Visitor(house, client).call("POST", Routes.CUSTOMER_DETAILS, word, token);
    if (reply.status() != 200) {
      throw new AssertionError(reply.text());
    }
    Promotion tenth =
        new Promotion(
            MARK,
            1,
            5,
            false,
            true,
            Terms.of(new Offer.PercentOff(1000)),
            Selection.EVERYTHING,
            Caps.NONE,
            null,
            Validity.from(LocalDate.of(2026, 1, 1), null));
    Tax levy = Tax.since(MARK, TaxRule.Kind.PERCENT, BigDecimal.ONE, true, false, true);
    post(
        client,
        List.of(
            selling.change(word.customer(), new CustomerAdded(word.commitment())),
            selling.change(selling.id(), new PromotionWritten(tenth)),
            selling.change(selling.id(), new TaxWritten(levy)),
            selling.change(
                word.customer(),
                new CustomerTermsWritten(new CustomerTerms(1, null, MARK, 1_000_000))),
            selling.change(selling.id(), onAccount(word.customer()))));
  }

  /** A basket that waits, under a name. */
  private void parked(RawClient client) throws Exception {
    UUID id = selling.id();
    ParkedBasket.Line line =
        new ParkedBasket.Line(
            product(),
            "",
            MARK,
            "",
            List.of(),
            Quantity.ONE,
            100L,
            null,
            null,
            List.of(),
            MARK,
            false,
            false,
            null);
    ParkedBasket basket =
        new ParkedBasket(
            "USD", List.of(line), List.of(), MARK, List.of(), List.of(), null, null, 100);
    post(client, List.of(selling.change(id, new SaleParked(store.id(), register.id(), basket))));
    var reply =
        new Visitor(house, client)
            .call("POST", Routes.PARKED_NAME, new ParkedName(id, MARK), client.token(till));
    if (reply.status() != 200) {
      throw new AssertionError(reply.text());
    }
  }

  private SaleCompleted onAccount(UUID customer) {
    SaleCompleted usual = selling.saleBody(null, 100);
    return new SaleCompleted(
        usual.store(),
        usual.register(),
        usual.shift(),
        usual.receipt(),
        usual.businessDate(),
        usual.currency(),
        usual.lines(),
        List.of(
            new SaleCompleted.Paid(
                SaleCompleted.Means.ON_ACCOUNT, usual.total(), "", "", customer)),
        usual.total(),
        0,
        0,
        0,
        List.of(),
        null,
        List.of(),
        "",
        List.of(),
        0,
        List.of(),
        new SaleCompleted.BoughtBy(customer, 1, ""),
        null);
  }

  private SaleCompleted refund(Change sale) {
    SaleCompleted usual = selling.saleBody(null, 1);
    SaleCompleted.Line sold = ((SaleCompleted) sale.body()).lines().getFirst();
    SaleCompleted.Line back =
        new SaleCompleted.Line(
            1,
            sold.product(),
            "",
            MARK,
            sold.quantity().negate(),
            null,
            null,
            -sold.amount(),
            List.of(),
            new SaleCompleted.Sold(sale.entity(), sold.no()));
    return new SaleCompleted(
        usual.store(),
        usual.register(),
        usual.shift(),
        usual.receipt(),
        usual.businessDate(),
        usual.currency(),
        List.of(back),
        List.of(new SaleCompleted.Paid(SaleCompleted.Means.CASH, -sold.amount(), "", "")),
        -sold.amount(),
        0,
        0,
        0,
        List.of(),
        null);
  }

  private void post(RawClient client, List<Change> changes) throws Exception {
    var reply = client.post(Routes.BATCHES, Wire.deflateFast(selling.seal(changes).encode()));
    if (reply.status() != 200) {
      throw new AssertionError(reply.text());
    }
  }

  private void signIn(Visitor visitor) throws Exception {
    String code = house.server.admission().passwordCode(tenant.id(), person.id());
    visitor.call(
        "POST",
        Routes.PEOPLE_PASSWORD,
        Visitor.fields(
            "tenant",
            tenant.name(),
            "user",
            person.name(),
            "code",
            code,
            "password",
            Visitor.PASSWORD),
        null);
    String token =
        visitor
            .signIn(tenant.name(), person.name(), Visitor.PASSWORD, null)
            .as(Visitor.Token.class)
            .token();
    String signedIn = visitor.withFactor(person, token).token();
    secret(visitor, signedIn);
    oversee(visitor, signedIn);
    house.server.admission().passwordCode(tenant.id(), person.id());
  }

  /** A role of its own, a review under way, and two requests of the operator, one of them used. */
  private void oversee(Visitor visitor, String token) throws Exception {
    var role =
        Visitor.fields("name", MARK + " role", "permissions", Map.of("sale.ring", "ALLOWED"));
    for (var each :
        Map.of(
                Routes.ROLES, role,
                Routes.REVIEWS, Map.<String, Object>of(),
                Routes.REVIEW_RHYTHM, Map.<String, Object>of("days", 60),
                Routes.SUPPORT_SELF_RUN, Map.<String, Object>of("selfRun", false))
            .entrySet()) {
      var reply = visitor.call("POST", each.getKey(), each.getValue(), token);
      if (reply.status() != 200) {
        throw new AssertionError(each.getKey() + " " + reply.text());
      }
    }
    var oversight = house.server.oversight();
    var used = oversight.ask(tenant.id(), MARK + " till is slow", 4, false, false);
    String approve = Routes.SUPPORT_APPROVE.replace("{id}", used.id().toString());
    if (visitor.call("POST", approve, null, token).status() != 200) {
      throw new AssertionError("not approved");
    }
    oversight.pass(tenant.id(), Touch.READ, "a command");
    oversight.ask(tenant.id(), MARK + " count is off", 4, true, false);
  }

  private static void secret(Visitor visitor, String token) throws Exception {
    var value = Visitor.fields("value", MARK + " value of another system");
    var reply = visitor.call("PUT", Routes.SECRET.replace("{name}", SECRET), value, token);
    if (reply.status() != 200) {
      throw new AssertionError(reply.text());
    }
  }

  private static List<TableShape> shapes() throws SQLException {
    try (Db db = new Db(DriverManager.getConnection("jdbc:sqlite::memory:"))) {
      new Migrations(Schema.scripts()).apply(db);
      return TableShape.in(db);
    }
  }

  /**
   * The first id in each column of each table, by table and column; nothing but the neighbour's.
   */
  Map<String, UUID> ids() throws Exception {
    Map<String, UUID> ids = new LinkedHashMap<>();
    rows(
        (shape, row) -> {
          List<Object> values = shape.read(row);
          for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof byte[] bytes && bytes.length == 16) {
              ids.putIfAbsent(shape.name() + "." + shape.columns().get(i).name(), uuid(bytes));
            }
          }
        });
    return ids;
  }

  /** Every id that stands in any of its rows, and its own. */
  Set<UUID> everyId() throws Exception {
    Set<UUID> ids = new LinkedHashSet<>(List.of(tenant.id()));
    rows(
        (shape, row) -> {
          for (Object value : shape.read(row)) {
            if (value instanceof byte[] bytes && bytes.length == 16) {
              ids.add(uuid(bytes));
            }
          }
        });
    return ids;
  }

  /** SHA-256 over every row of every table. */
  Hash everything() throws Exception {
    MessageDigest digest = Hash.newDigest();
    rows(
        (shape, row) -> {
          digest.update(shape.name().getBytes(StandardCharsets.UTF_8));
          for (Object value : shape.read(row)) {
            digest.update(
                value instanceof byte[] bytes
                    ? bytes
                    : String.valueOf(value).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '|');
          }
        });
    return Hash.fromBytes(digest.digest());
  }

  /** The tables that have no row, so that a test says what it does not look at. */
  List<String> emptyTables() throws Exception {
    Set<String> filled = new LinkedHashSet<>();
    rows((shape, _) -> filled.add(shape.name()));
    return shapes.stream().map(TableShape::name).filter(name -> !filled.contains(name)).toList();
  }

  private interface Reader {
    void read(TableShape shape, Row row) throws SQLException;
  }

  private void rows(Reader reader) throws Exception {
    house
        .server
        .tenants()
        .<Boolean, Exception>read(
            tenant.id(),
            scope -> {
              for (TableShape shape : shapes) {
                scope
                    .db()
                    .<SQLException>each(
                        "SELECT "
                            + shape.columnList()
                            + " FROM "
                            + shape.name()
                            + " ORDER BY "
                            + shape.order(),
                        row -> reader.read(shape, row));
              }
              return true;
            });
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
