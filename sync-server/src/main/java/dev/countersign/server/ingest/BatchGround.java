package dev.countersign.server.ingest;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerChanged;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.change.DrawerCounted;
import dev.countersign.common.change.DrawerOpened;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.change.PriceListWritten;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.PromotionWritten;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.change.SaleRecalled;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.TaxWritten;
import dev.countersign.common.change.TrainingSwitched;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.GrantSheet;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sql.Db;
import dev.countersign.common.tax.Tax;
import dev.countersign.server.account.Grants;
import dev.countersign.server.account.People;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.ingest.WrittenRules.Kind;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

// Long because every kind of fact has its ground here, looked up before anything is judged.
/**
 * What the server knows, looked up for all changes of a batch at once, and carried on as they are
 * judged one after the other.
 */
final class BatchGround implements Ground {
  private static final int AT_ONCE = 128;

  /** One look for each, by its id, whatever a planner may think of how few rows there still are. */
  private static final String SALES_BY_ID =
      "WITH wanted (id) AS (VALUES "
          + String.join(",", Collections.nCopies(AT_ONCE, "(?)"))
          + ") SELECT (SELECT sale.id FROM sale WHERE sale.id = wanted.id) FROM wanted";

  private final Map<UUID, Optional<Person>> persons = new HashMap<>();
  private final Set<UUID> unnoted = new HashSet<>();
  private final Map<UUID, GrantSheet> grants = new HashMap<>();
  private final Map<UUID, Instant> left = new HashMap<>();
  private final Set<UUID> sales = new HashSet<>();
  private final Set<UUID> movements = new HashSet<>();
  private final ShiftAccounts shifts;
  private final SoldLines soldLines = new SoldLines();
  private final CreditAccounts credits;
  private final Questions questions = new Questions();
  private final StockEntries stock = new StockEntries();
  private final ParkedEntries parked = new ParkedEntries();
  private final WrittenVersions written = new WrittenVersions();
  private final CustomerEntries customers = new CustomerEntries();
  private final Map<UUID, ProductItem> sold = new HashMap<>();
  private final Map<UUID, Tax> taxes = new HashMap<>();
  private final CustomerAccounts accounts = new CustomerAccounts();
  private final Map<UUID, ProductItem> edited = new HashMap<>();
  private final Set<UUID> touched = new LinkedHashSet<>();
  private final Set<Long> receipts = new HashSet<>();
  private final Set<ShiftClosed.LogHead> heads = new HashSet<>();
  private final Map<UUID, Handling> products = new HashMap<>();
  private final UUID device;
  private long highest;
  private Paying paying = Paying.USUAL;
  private @Nullable Long differenceLimit;
  private ZoneId zone = ZoneOffset.UTC;
  private GoodsSettings goods = GoodsSettings.USUAL;

  private BatchGround(UUID device, long highestReceipt) {
    this.highest = highestReceipt;
    this.device = device;
    this.credits = new CreditAccounts(device);
    this.shifts = new ShiftAccounts(device);
  }

  /** What the changes of a batch speak of, gathered before anything is asked. */
  static final class Mentions {
    final List<Change> changes = new ArrayList<>();
    final Set<UUID> users = new HashSet<>();
    final Set<UUID> sales = new HashSet<>();
    final Set<UUID> shifts = new HashSet<>();
    final Set<UUID> products = new HashSet<>();
    final Set<UUID> movements = new HashSet<>();
    final Set<UUID> openings = new HashSet<>();
    final Set<SaleCompleted.Sold> sold = new HashSet<>();
    final Set<UUID> edited = new HashSet<>();
    final Set<ShiftClosed.LogHead> heads = new HashSet<>();
    final CreditAccounts.Mentions credits = new CreditAccounts.Mentions();
    final Set<UUID> stock = new HashSet<>();
    final Set<UUID> counted = new HashSet<>();
    final Set<UUID> parked = new HashSet<>();
    final Set<WrittenVersions.Promised> promised = new HashSet<>();
    final Set<UUID> promotedGoods = new HashSet<>();
    final Set<UUID> customers = new HashSet<>();
    final Set<WrittenVersions.Promised> terms = new HashSet<>();
    final Set<UUID> taxes = new HashSet<>();
    final Set<UUID> owing = new HashSet<>();
    final List<VerdictResolved> resolutions = new ArrayList<>();
    boolean empties;

    static Mentions ofAll(List<Change> changes) {
      Mentions mentions = new Mentions();
      changes.forEach(change -> mentions.add(change, Wholeness.isWhole(change.body())));
      return mentions;
    }

    static Mentions of(List<ReadChange> read) {
      Mentions mentions = new Mentions();
      for (ReadChange each : read) {
        if (each instanceof ReadChange.Readable one) {
          mentions.add(one.change(), one.look().whole());
        }
      }
      return mentions;
    }

    private void add(Change change, boolean whole) {
      changes.add(change);
      users.add(change.actor());
      if (change.approver() != null) {
        users.add(change.approver());
      }
      if (!whole) {
        return;
      }
      switch (change.body()) {
        case SaleCompleted sale -> {
          sales.add(change.entity());
          shifts.add(sale.shift());
          sale.lines().forEach(this::add);
          sale.agreed().forEach(word -> users.add(word.person()));
          credits.add(sale);
          addPromised(sale);
          addCustomer(sale);
          owing.addAll(sale.onAccount().keySet());
        }
        case ShiftOpened _ -> shifts.add(change.entity());
        case ShiftClosed shift -> {
          shifts.add(change.entity());
          if (shift.log() != null) {
            heads.add(shift.log());
          }
        }
        case BasketVoided basket -> shifts.add(basket.shift());
        case PaymentReturned payment -> shifts.add(payment.shift());
        case CashMoved cash -> {
          shifts.add(cash.shift());
          movements.add(change.entity());
        }
        case DrawerOpened drawer -> {
          shifts.add(drawer.shift());
          openings.add(change.entity());
        }
        case DrawerCounted count -> shifts.add(count.shift());
        case ProductChanged product -> {
          edited.add(change.entity());
          product.fields().forEach(this::addTaxes);
        }
        case TaxWritten _ -> taxes.add(change.entity());
        case CustomerAdded _, CustomerChanged _, CustomerTermsWritten _ ->
            customers.add(change.entity());
        case PromotionWritten _, PriceListWritten _ -> {
          // Looked up by kind.
        }
        case VerdictResolved resolution -> resolutions.add(resolution);
        case CreditIssued credit -> {
          shifts.add(credit.shift());
          credits.add(change.entity(), credit);
        }
        case SuspicionReported _, TrainingSwitched _ -> {
          // Nothing is looked up for it.
        }
        case SaleParked body -> {
          parked.add(change.entity());
          body.basket().agreed().forEach(word -> users.add(word.person()));
        }
        case SaleRecalled _ -> parked.add(change.entity());
        case StockMoved moved -> {
          stock.add(change.entity());
          moved.lines().forEach(line -> products.add(line.product()));
        }
        case StockCounted count -> {
          stock.add(change.entity());
          count.lines().forEach(line -> counted.add(line.product()));
          products.addAll(counted);
        }
      }
    }

    private void addCustomer(SaleCompleted sale) {
      SaleCompleted.BoughtBy customer = sale.customer();
      if (customer == null) {
        return;
      }
      customers.add(customer.id());
      if (customer.terms() > 0) {
        terms.add(new WrittenVersions.Promised(customer.id(), customer.terms()));
      }
    }

    private void addTaxes(ProductChanged.Edit edit) {
      if (edit.field() == ProductChanged.Field.TAXES && edit.fits()) {
        taxes.addAll(ProductChanged.Field.taxes(edit.to()));
      }
    }

    private void addPromised(SaleCompleted sale) {
      boolean any = false;
      for (SaleCompleted.Line line : sale.lines()) {
        for (SaleCompleted.Off off : line.off()) {
          SaleCompleted.Promised by = off.promotion();
          if (by != null) {
            promised.add(new WrittenVersions.Promised(by.id(), by.version()));
            any = true;
          }
        }
      }
      for (SaleCompleted.Line line : any ? sale.lines() : List.<SaleCompleted.Line>of()) {
        if (line.product() != null) {
          promotedGoods.add(line.product());
        }
      }
    }

    private void add(SaleCompleted.Line line) {
      if (line.refunds() == null) {
        line.taxes().forEach(tax -> taxes.add(tax.rule()));
        line.exempted().forEach(tax -> taxes.add(tax.rule()));
      }
      empties |= line.beside().empties();
      if (line.product() != null) {
        products.add(line.product());
      }
      if (line.refunds() != null) {
        sold.add(line.refunds());
      } else if (line.product() != null && line.quantity().isNegative()) {
        edited.add(line.product());
      }
    }
  }

  /** What is known of the sales that a batch brings, before they are judged. */
  enum Sales {
    /** Each was looked for. */
    LOOKED_FOR,

    /**
     * Taken for new, as all but a few are. The books hold none twice: a batch that would add one
     * that they have fails as a whole.
     */
    TAKEN_FOR_NEW
  }

  /**
   * Asks for all that judging needs.
   *
   * @param sales whether those that the batch brings are looked for
   */
  static BatchGround of(
      TenantScope scope,
      SaleFeed feed,
      People people,
      Judge judge,
      UUID device,
      Post post,
      long highestReceipt,
      Mentions mentions,
      Sales sales,
      Instant received)
      throws SQLException {
    Db db = scope.db();
    List<Change> changes = mentions.changes;
    BatchGround ground = new BatchGround(device, highestReceipt);
    ground.loadWhatMostSpeakOf(scope, feed, people, post, mentions, received);
    if (sales == Sales.LOOKED_FOR) {
      ground.loadSales(db, List.copyOf(mentions.sales));
    }
    ground.loadWarrants(scope, changes);
    ground.credits.load(scope, mentions.credits);
    for (UUID movement : mentions.movements) {
      db.first("SELECT 1 FROM cash_movement WHERE id = ?", row -> row.integer(1), movement)
          .ifPresent(_ -> ground.movements.add(movement));
    }
    for (UUID opening : mentions.openings) {
      db.first("SELECT 1 FROM drawer_opening WHERE id = ?", row -> row.integer(1), opening)
          .ifPresent(_ -> ground.movements.add(opening));
    }
    if (changes.stream().anyMatch(change -> change.body() instanceof ShiftClosed)) {
      ground.differenceLimit = feed.shifts(scope, post.store()).limit();
    }
    ground.stock.load(db, mentions.stock, post.store(), mentions.counted);
    ground.parked.load(db, mentions.parked);
    for (ShiftClosed.LogHead head : mentions.heads) {
      if (AuditLog.was(scope, head.size(), Hash.fromHex(head.root()))) {
        ground.heads.add(head);
      }
    }
    for (UUID product : mentions.edited) {
      feed.product(scope, product).ifPresent(item -> ground.edited.put(product, item));
    }
    ground.loadWritten(scope, feed, changes, mentions, post.store());
    if (!mentions.sold.isEmpty()) {
      ground.soldLines.load(db, new StoredChanges(db), mentions.sold);
    }
    if (!mentions.resolutions.isEmpty()) {
      ground.questions.load(
          scope, feed, people, judge, post.store(), mentions.resolutions, received);
    }
    ground.loadReceipts(db, post, changes);
    ground.loadGoods(scope, feed, post.store(), mentions.empties);
    if (changes.stream().anyMatch(BatchGround::isPaidOtherThanByCash)) {
      ground.paying = feed.paying(scope, post.store());
    }
    return ground;
  }

  /** Asked all at once, before any of it is needed. */
  private void loadWhatMostSpeakOf(
      TenantScope scope,
      SaleFeed feed,
      People people,
      Post post,
      Mentions mentions,
      Instant received)
      throws SQLException {
    Db db = scope.db();
    Db.Answer<Map<UUID, Handling>> known = feed.known(scope, mentions.products);
    Map<UUID, Db.Answer<Optional<People.Acting>>> acting = new HashMap<>();
    for (UUID user : mentions.users) {
      acting.put(user, people.actingIn(scope, user, post.store()));
    }
    Map<UUID, Db.Answer<Optional<FeedBody.TaxItem>>> charged = new HashMap<>();
    for (UUID tax : mentions.taxes) {
      charged.put(tax, feed.tax(scope, tax));
    }
    shifts.ask(db, mentions.shifts);
    products.putAll(known.get());
    for (var each : acting.entrySet()) {
      loadPerson(each.getKey(), each.getValue().get(), received);
    }
    for (var each : charged.entrySet()) {
      each.getValue().get().ifPresent(item -> taxes.put(each.getKey(), item.tax()));
    }
    shifts.load();
  }

  /** The sheets that the changes name, and when those left who are not here any more. */
  private void loadWarrants(TenantScope scope, List<Change> changes) throws SQLException {
    Set<UUID> sheets = new HashSet<>();
    for (Change change : changes) {
      if (change.authority() != null) {
        sheets.add(change.authority());
      }
    }
    for (UUID sheet : sheets) {
      Grants.find(scope, sheet, device).ifPresent(found -> grants.put(sheet, found));
    }
    for (Map.Entry<UUID, Optional<Person>> person : persons.entrySet()) {
      if (person.getValue().isEmpty()) {
        left(scope.db(), person.getKey()).ifPresent(at -> left.put(person.getKey(), at));
      }
    }
  }

  /** Asked of the store only where something is to be minded of any of the goods. */
  private void loadGoods(TenantScope scope, SaleFeed feed, UUID store, boolean empties)
      throws SQLException {
    if (empties || products.values().stream().anyMatch(GoodsRules::asksTheStore)) {
      goods = feed.goods(scope, store);
      zone = feed.zone(scope, store);
    }
  }

  private static boolean isPaidOtherThanByCash(Change change) {
    return change.body() instanceof SaleCompleted sale && !PaymentRules.isPlain(sale);
  }

  private void loadWritten(
      TenantScope scope, SaleFeed feed, List<Change> changes, Mentions mentions, UUID store)
      throws SQLException {
    for (Change change : changes) {
      switch (change.body()) {
        case PromotionWritten _ -> written.load(scope.db(), Kind.PROMOTION, change.entity());
        case PriceListWritten _ -> written.load(scope.db(), Kind.PRICE_LIST, change.entity());
        case TaxWritten _ -> {
          Tax standing = taxes.get(change.entity());
          if (standing != null) {
            written.stands(Kind.TAX, change.entity(), standing.version());
          }
          zone = feed.zone(scope, store);
        }
        case CustomerTermsWritten _ ->
            written.load(scope.db(), Kind.CUSTOMER_TERMS, change.entity());
        default -> {
          // Written otherwise.
        }
      }
    }
    for (UUID customer : mentions.customers) {
      customers.load(scope.db(), customer);
    }
    accounts.load(scope.db(), mentions.owing);
    written.loadTerms(scope.db(), mentions.terms);
    if (!mentions.promised.isEmpty()) {
      written.load(scope.db(), mentions.promised);
      zone = feed.zone(scope, store);
      for (UUID product : mentions.promotedGoods) {
        feed.product(scope, product).ifPresent(item -> sold.put(product, item));
      }
    }
  }

  private void loadPerson(UUID user, Optional<People.Acting> acting, Instant received) {
    persons.put(user, acting.map(each -> new Person(each.worker().name(), each.worker().role())));
    if (acting.isPresent() && !acting.get().isNoted(received)) {
      unnoted.add(user);
    }
  }

  private void loadSales(Db db, List<UUID> ids) throws SQLException {
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      db.each(
          SALES_BY_ID,
          row -> {
            UUID known = row.uuidOrNull(1);
            if (known != null) {
              sales.add(known);
            }
          },
          chunk(ids, from));
    }
  }

  private static @Nullable Object[] chunk(List<UUID> ids, int from) {
    @Nullable Object[] chunk = new @Nullable Object[AT_ONCE];
    for (int i = 0; i < AT_ONCE && from + i < ids.size(); i++) {
      chunk[i] = ids.get(from + i);
    }
    return chunk;
  }

  /** Only numbers up to the highest can have been used; a till that goes on needs no look. */
  private void loadReceipts(Db db, Post post, List<Change> changes) throws SQLException {
    for (Change change : changes) {
      if (change.body() instanceof SaleCompleted sale && Wholeness.isWhole(sale)) {
        long number = Judge.receiptOf(sale, post);
        if (number > 0
            && number <= highest
            && OlderSales.saleUnder(db, device, number).isPresent()) {
          receipts.add(number);
        }
      }
    }
  }

  /** Those of whom a change speaks, who work here, and of whom that is to be noted. */
  Set<UUID> unnoted() {
    return unnoted;
  }

  /** A change was judged: what it did is the ground of the next. */
  void carryOn(Change change, FirstLook look, Judgement judgement, Post post, Instant received) {
    if (!look.whole()) {
      return;
    }
    if (change.body() instanceof SaleCompleted sale) {
      long receipt = Judge.receiptOf(sale, post);
      // A refused sale printed its receipt too; but a number out of order may be anything.
      if (judgement.counts() || receipt == highest + 1) {
        highest = Math.max(highest, receipt);
      }
    }
    if (!judgement.counts()) {
      return;
    }
    switch (change.body()) {
      case SaleCompleted sale -> {
        sales.add(change.entity());
        receipts.add(Judge.receiptOf(sale, post));
        soldLines.sold(change.entity(), sale);
        soldLines.refunded(sale);
        credits.sold(change, sale);
        accounts.sold(sale);
        shifts.sold(change, sale);
        shifts.tookBack(sale.shift(), DepositRules.unanswered(change, sale, this));
      }
      case ShiftOpened shift -> shifts.opened(change.entity(), device, shift);
      case ShiftClosed shift -> shifts.closed(change, shift, judgement);
      case CashMoved cash -> {
        movements.add(change.entity());
        shifts.moved(change, cash);
      }
      case CreditIssued credit -> credits.issued(change, credit);
      case PaymentReturned _, SuspicionReported _, TrainingSwitched _ -> {
        // Nothing is judged by it.
      }
      case DrawerOpened drawer -> {
        movements.add(change.entity());
        shifts.noted(change, drawer.shift());
      }
      case DrawerCounted count -> shifts.noted(change, count.shift());
      case BasketVoided basket -> shifts.noted(change, basket.shift());
      case CustomerAdded added -> customers.written(change.entity(), added.details());
      case CustomerChanged changed -> {
        if (judgement.verdict() != Verdict.SUPERSEDED) {
          customers.written(change.entity(), changed.details());
        }
      }
      case PromotionWritten _, PriceListWritten _, TaxWritten _, CustomerTermsWritten _ -> {
        WrittenRules.Writing writing = WrittenRules.Writing.of(change.body());
        if (writing != null) {
          written.written(change, writing);
        }
        if (change.body() instanceof TaxWritten(Tax tax)
            && judgement.verdict() != Verdict.SUPERSEDED) {
          taxes.put(change.entity(), tax);
        }
        if (change.body() instanceof CustomerTermsWritten(CustomerTerms granted)
            && judgement.verdict() != Verdict.SUPERSEDED) {
          accounts.granted(change.entity(), granted);
        }
      }
      case StockMoved _ -> stock.moved(change);
      case SaleParked _ -> parked.parked(change, post.store());
      case SaleRecalled _ -> parked.recalled(change, post.store());
      case StockCounted count -> stock.counted(change, count, received);
      case ProductChanged body -> {
        ProductItem before = edited.get(change.entity());
        ProductItem after = before == null ? null : ProductRules.applied(before, body);
        if (after != null && !after.equals(before)) {
          edited.put(change.entity(), after);
          touched.add(change.entity());
        }
      }
      case VerdictResolved resolution -> {
        // Whoever came second decided nothing.
        if (judgement.verdict() != Verdict.SUPERSEDED) {
          questions.decided(
              change, person(change.actor()).map(Person::name).orElse(""), resolution);
        }
      }
    }
  }

  /** Tells every device of the products that were changed. */
  void tellProducts(TenantScope scope, SaleFeed feed) throws SQLException {
    for (UUID product : touched) {
      ProductItem item = edited.get(product);
      if (item != null) {
        feed.tell(scope, product, null, item);
      }
    }
  }

  ShiftAccounts shifts() {
    return shifts;
  }

  ParkedEntries parked() {
    return parked;
  }

  SoldLines soldLines() {
    return soldLines;
  }

  CreditAccounts credits() {
    return credits;
  }

  CustomerAccounts accounts() {
    return accounts;
  }

  CustomerEntries customers() {
    return customers;
  }

  WrittenVersions written() {
    return written;
  }

  StockEntries stock() {
    return stock;
  }

  Questions questions() {
    return questions;
  }

  private static Optional<Instant> left(Db db, UUID user) throws SQLException {
    return db.first(
        "SELECT left_at FROM user_account WHERE id = ? AND active = 0 AND left_at IS NOT NULL",
        row -> row.instant(1),
        user);
  }

  @Override
  public Optional<GrantSheet> grant(UUID sheet) {
    return Optional.ofNullable(grants.get(sheet));
  }

  @Override
  public Optional<Instant> left(UUID user) {
    return Optional.ofNullable(left.get(user));
  }

  @Override
  public Optional<Person> person(UUID user) {
    return persons.getOrDefault(user, Optional.empty());
  }

  @Override
  public boolean hasSale(UUID sale) {
    return sales.contains(sale) || questions.hasTaken(sale);
  }

  @Override
  public boolean hasShift(UUID shift) {
    return shifts.device(shift).filter(device::equals).isPresent();
  }

  @Override
  public boolean isShiftTaken(UUID shift) {
    return shifts.device(shift).isPresent();
  }

  @Override
  public long emptiesPaid(UUID shift) {
    return shifts.emptiesPaid(shift);
  }

  @Override
  public boolean isClosed(UUID shift) {
    return shifts.isClosed(shift);
  }

  @Override
  public Optional<Long> differenceLimit() {
    return Optional.ofNullable(differenceLimit);
  }

  @Override
  public Optional<Shift> shift(UUID shift) {
    return shifts.find(shift);
  }

  @Override
  public boolean hasMovement(UUID movement) {
    return movements.contains(movement);
  }

  @Override
  public Optional<SoldLine> soldLine(SaleCompleted.Sold line) {
    return soldLines.find(line);
  }

  @Override
  public Optional<Original> original(UUID sale) {
    return soldLines.original(sale);
  }

  @Override
  public Credit credit(UUID account) {
    return credits.find(account);
  }

  @Override
  public boolean isCodeTaken(String opens) {
    return credits.isCodeTaken(opens);
  }

  @Override
  public long putOn(UUID account, UUID sale) {
    return credits.putOn(account, sale);
  }

  @Override
  public Optional<ProductItem> product(UUID product) {
    return Optional.ofNullable(edited.get(product));
  }

  @Override
  public Optional<ProductItem> sold(UUID product) {
    return Optional.ofNullable(sold.get(product));
  }

  @Override
  public int version(WrittenRules.Kind kind, UUID id) {
    return written.version(kind, id);
  }

  @Override
  public Optional<Promotion> promotion(UUID id, int version) {
    return written.promotion(id, version);
  }

  @Override
  public Optional<PriceList> priceList(UUID id, int version) {
    return written.priceList(id, version);
  }

  @Override
  public Optional<Customer> customer(UUID customer) {
    return customers.find(customer);
  }

  @Override
  public Optional<CustomerTerms> terms(UUID customer, int version) {
    return written.terms(customer, version);
  }

  @Override
  public long owed(UUID customer) {
    return accounts.owed(customer);
  }

  @Override
  public long limit(UUID customer) {
    return accounts.limit(customer);
  }

  @Override
  public Optional<Tax> tax(UUID rule) {
    return Optional.ofNullable(taxes.get(rule));
  }

  @Override
  public ZoneId zone() {
    return zone;
  }

  @Override
  public Optional<Question> question(VerdictResolved resolution) {
    return questions.find(resolution, sales);
  }

  @Override
  public boolean hasStockEntry(UUID entry) {
    return stock.has(entry);
  }

  @Override
  public Optional<Parked> parked(UUID basket) {
    return parked.find(basket);
  }

  @Override
  public Optional<Instant> counted(UUID product) {
    return stock.counted(product);
  }

  @Override
  public boolean wasLog(ShiftClosed.LogHead head) {
    return heads.contains(head);
  }

  @Override
  public Handling handling(UUID product) {
    return products.getOrDefault(product, Handling.NONE);
  }

  @Override
  public GoodsSettings goods() {
    return goods;
  }

  @Override
  public boolean hasProduct(UUID product) {
    return products.containsKey(product);
  }

  @Override
  public long highestReceipt() {
    return highest;
  }

  @Override
  public boolean hasReceipt(long number) {
    return receipts.contains(number) || questions.hasTaken(device, number);
  }

  @Override
  public Paying paying() {
    return paying;
  }
}
