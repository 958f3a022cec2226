package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.ProductChanged.Edit;
import dev.countersign.common.change.ProductChanged.Field;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.CardNumbers;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import dev.countersign.common.tax.Tax;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

// Long because every act at the counter is here, with what it refuses.
/**
 * The only way to record what happens at the counter. Every act is one transaction: the change that
 * will be signed and sent, the views made of it and the counters are on the disk together when a
 * method returns, and none of them when it throws.
 *
 * <p>Every act throws {@link NotPermittedException} or {@link ActRefusedException} before anything
 * is written, and {@link StoreException} when the store fails. Safe for any thread; blocking, so
 * not for the screen's thread.
 */
public final class Ledger {
  /** Touches no page when there is no draft. */
  static final String CLEAR_DRAFT =
      "UPDATE state SET draft = NULL, draft_since = NULL, paying = NULL WHERE draft IS NOT NULL";

  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Settings settings;
  private final Catalogue catalogue;
  private final Recorder recorder;
  private final ShiftBook shifts;
  private final DrawerBook drawer;
  private final OlderSaleBook older;
  private final RefundBook refunds;
  private final CreditBook credit;
  private final Purse purse;
  private final StockBook stock;
  private final SuspicionBook suspicions;
  private final TrainingBook trainings;
  private final PaymentBook payments;
  private final Deals deals;
  private final Customers customers;
  private final DealBook dealBook;
  private final AccountBook accounts;
  private final EmptiesBook empties;
  private final CustomerBook customerBook;
  private final Shelf shelf;
  private final InstantSource clock;
  private final Listeners listeners;

  Ledger(
      TillStore store,
      Enrolled enrolled,
      Users users,
      Grants grants,
      Settings settings,
      Catalogue catalogue,
      Deals deals,
      Customers customers,
      Books books,
      Shelf shelf,
      Purse purse,
      UuidV7 ids,
      InstantSource clock,
      Listeners listeners) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.catalogue = catalogue;
    this.shelf = shelf;
    this.recorder = new Recorder(grants, ids);
    this.settings = settings;
    this.shifts = new ShiftBook(store, enrolled, users, settings, recorder);
    this.drawer = new DrawerBook(store, enrolled, users, recorder);
    this.credit = new CreditBook(store, enrolled, users, recorder, purse);
    this.purse = purse;
    this.payments = new PaymentBook(store, enrolled, users, recorder, clock);
    this.deals = deals;
    this.customers = customers;
    this.customerBook = new CustomerBook(store, users, recorder, customers);
    this.accounts = new AccountBook(store);
    this.empties = new EmptiesBook(store, users, settings);
    this.dealBook = new DealBook(store, users, recorder, deals, catalogue);
    this.stock = new StockBook(store, enrolled, users, recorder);
    this.suspicions = new SuspicionBook(store, enrolled, users, recorder);
    this.trainings = new TrainingBook(store, enrolled, users, recorder);
    this.older = new OlderSaleBook(store, enrolled, users, books, clock);
    this.refunds = new RefundBook(store, enrolled, older);
    this.clock = clock;
    this.listeners = listeners;
  }

  /** What this device is. */
  public Enrolled enrolled() {
    return enrolled;
  }

  /** Told after every commit, on the thread that made it; must be quick. */
  public void addListener(Runnable onChange) {
    listeners.add(onChange);
  }

  public void removeListener(Runnable onChange) {
    listeners.remove(onChange);
  }

  /** Opens the register's cash session; durable before it returns. */
  public ShiftView openShift(Actor actor, LocalDate businessDate, Money openingFloat) {
    ShiftView opened = shifts.open(actor, businessDate, openingFloat);
    listeners.tell();
    return opened;
  }

  /** The shift that is open on this register, if one is. */
  public Optional<ShiftView> currentShift() {
    return shifts.current();
  }

  /** {@link #closeShift(Actor, UUID, DrawerCount)} of whichever shift is open, by a typed sum. */
  public ClosedShift closeShift(Actor actor, Money counted) {
    ClosedShift closed = shifts.close(actor, null, DrawerCount.ofSum(counted));
    listeners.tell();
    return closed;
  }

  /**
   * Closes the register's cash session with what was counted in its drawer. A running basket or an
   * unfinished payment stands in the way; nothing else does, no network and no printer. Doing it
   * again with a shift that this has closed gives its report again and records nothing.
   *
   * @param shift the one that was counted
   */
  public ClosedShift closeShift(Actor actor, UUID shift, DrawerCount counted) {
    ClosedShift closed = shifts.close(actor, shift, counted);
    listeners.tell();
    return closed;
  }

  /**
   * Records a blind count, and only then tells what should have been there. Whoever counts a shift
   * again needs somebody's word for it.
   */
  public Told countDrawer(Actor actor, UUID shift, DrawerCount counted) {
    Told told = shifts.count(actor, shift, counted);
    listeners.tell();
    return told;
  }

  /** The blind count of the open shift, when nothing was recorded since. */
  public Optional<Told> told() {
    return shifts.told();
  }

  /**
   * What the open shift has come to so far: an X report. Where drawers are counted blind, it is for
   * those who may answer for a difference.
   *
   * @param by who asks
   */
  public Optional<ShiftReport> shiftReport(UUID by) {
    return shiftReport(by, null);
  }

  /**
   * The same with somebody's word.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public Optional<ShiftReport> shiftReport(UUID by, @Nullable UUID approver) {
    return shifts.report(new Actor(by, approver, clock.instant()));
  }

  /** The Z report of the shift of this number, as it was made when it was closed. */
  public Optional<ShiftReport> closedReport(long number) {
    return shifts.closed(number);
  }

  /** The newest Z report. */
  public Optional<ShiftReport> lastReport() {
    return shifts.lastClosed();
  }

  /**
   * Records that cash was put into the drawer or taken out of it without a sale.
   *
   * @param amount negative when it was taken out, not zero
   * @param reason why, in the words of whoever did it; not empty
   */
  public DrawerSlip moveCash(Actor actor, Money amount, String reason) {
    DrawerSlip slip = drawer.moveCash(actor, amount, reason);
    listeners.tell();
    return slip;
  }

  /**
   * Records that the drawer is opened without a sale; it opens only afterwards.
   *
   * @param reason why, in the words of whoever does it; not empty
   */
  public DrawerSlip openDrawer(Actor actor, String reason) {
    DrawerSlip slip = drawer.openDrawer(actor, reason);
    listeners.tell();
    return slip;
  }

  /**
   * Keeps a sale that was fetched from the server, so that goods of it can come back; returns its
   * id, or empty when it is no sale of this store.
   *
   * @param change as its till recorded it
   * @param refunded what had come back of it on all tills
   */
  public Optional<UUID> keepOlder(byte[] change, RefundedItem refunded) {
    return older.keep(change, refunded);
  }

  /**
   * A sale of this till, or one that was fetched, as it was recorded, with what can still come back
   * of it. Empty for one that is not known here, or not any more: it is to be fetched first.
   */
  public Optional<SoldBefore> soldBefore(UUID sale) {
    return refunds.soldBefore(sale);
  }

  /**
   * The sale of this receipt, when it is one of this till's own that it still keeps, or was
   * fetched.
   */
  public Optional<SoldBefore> soldBefore(ReceiptNumber receipt) {
    return refunds.soldBefore(receipt);
  }

  /**
   * What can still come back of a sale of this till, or of one that was fetched, as far as it is
   * known here. Empty for a sale of this till that is older than what it keeps: it is to be fetched
   * first.
   */
  public List<RefundableLine> refundable(UUID sale) {
    return refunds.refundable(sale);
  }

  /**
   * Records that goods of a sale came back and nothing was sold beside, whatever basket is running,
   * and gives the receipt of it.
   */
  public CompletedSale refund(Actor actor, RefundDraft draft) {
    return record(actor, refunds.asSale(draft), false);
  }

  /**
   * Gives store credit without a sale; its slip is with {@link Purse#slips} until it was handed
   * over.
   *
   * @param amount above 0
   */
  public CreditSlip giveCredit(Actor actor, Money amount) {
    CreditSlip given = credit.give(actor, amount);
    listeners.tell();
    return given;
  }

  /**
   * Records a person's decision on what the server flagged, quarantined or superseded.
   *
   * @param note why; may be empty
   */
  public void decide(Actor actor, Question question, Resolution decision, String note) {
    if (CardNumbers.isIn(note)) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    users.require(actor, List.of(PermissionKey.VERDICT_RESOLVE));
    VerdictResolved body =
        new VerdictResolved(
            question.device(), question.batch(), question.number(), decision, note.strip());
    store.write(
        db -> {
          recorder.append(db, actor, State.read(db), recorder.newId(), body);
          return true;
        });
    listeners.tell();
  }

  /**
   * Changes fields of a product, on this device at once and elsewhere when the server has judged
   * it. A field that holds the value already is left out.
   *
   * @param values the new value of each field; a price in minor units as a decimal integer
   */
  public void editProduct(Actor actor, UUID product, Map<Field, String> values) {
    boolean card =
        values.entrySet().stream()
            // By their ids, which are no words.
            .filter(each -> each.getKey() != Field.TAXES)
            .anyMatch(each -> CardNumbers.isIn(each.getValue()));
    if (card) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    users.require(actor, List.of(PermissionKey.PRODUCT_EDIT));
    boolean edited =
        store.write(
            db -> {
              List<Edit> edits = new ArrayList<>();
              for (Map.Entry<Field, String> entry : new TreeMap<>(values).entrySet()) {
                String from =
                    Shelf.field(db, product, entry.getKey())
                        .orElseThrow(() -> new ActRefusedException(Reason.NO_SUCH_PRODUCT));
                Edit edit = new Edit(entry.getKey(), from, entry.getValue().strip());
                if (!edit.fits()) {
                  throw new ActRefusedException(Reason.DOES_NOT_FIT);
                }
                if (!edit.to().equals(from)) {
                  edits.add(edit);
                }
              }
              if (edits.isEmpty()) {
                return false;
              }
              State state = State.read(db);
              ProductChanged body = new ProductChanged(edits);
              recorder.append(db, actor, state, product, body);
              shelf.edit(db, state.change() + 1, product, body);
              return true;
            });
    if (edited) {
      catalogue.forget();
      listeners.tell();
    }
  }

  /** The customers of the business. */
  public Customers customers() {
    return customers;
  }

  /** What a customer owes as far as this device knows, in minor units. */
  public long owed(UUID customer) {
    return accounts.owed(customer);
  }

  /** Adds a customer, on this device at once and elsewhere when the server has judged it. */
  public Customer addCustomer(Actor actor, CustomerDetails details) {
    Customer added = customerBook.add(actor, details);
    listeners.tell();
    return added;
  }

  /** Grants a customer how they buy, in the place of what they were granted before. */
  public void grantTerms(Actor actor, UUID customer, CustomerTerms terms) {
    customerBook.grant(actor, customer, terms);
    listeners.tell();
  }

  /** Changes what is known of a customer, as {@link #addCustomer}. */
  public Customer changeCustomer(Actor actor, UUID id, CustomerDetails details) {
    Customer changed = customerBook.change(actor, id, details);
    listeners.tell();
    return changed;
  }

  /** What was paid out in the open shift for empties that nobody answered for, in minor units. */
  public long emptiesPaid() {
    return empties.paid();
  }

  /** What the store minds of its goods. */
  public GoodsSettings goods() {
    return settings.goods();
  }

  /**
   * The time that holds here: this device's clock, but never a time before the server's last word.
   * So a clock that was set back lets nobody sell what may not be sold any more.
   */
  public Instant knownTime(Instant clock) {
    return store
        .read(db -> db.first("SELECT told_at FROM state", row -> told(row, clock)))
        .orElse(clock);
  }

  private static Instant told(Row row, Instant clock) throws SQLException {
    Long told = row.integerOrNull(1);
    return told == null || told <= clock.toEpochMilli() ? clock : Instant.ofEpochMilli(told);
  }

  /** Promotions and price lists. */
  public Deals deals() {
    return deals;
  }

  /**
   * Adds a promotion, changes or ends one, on this device at once and elsewhere when the server has
   * judged it.
   *
   * @param promotion under the version after the one that is shown; 1 for a new one
   */
  public void writePromotion(Actor actor, UUID id, Promotion promotion) {
    dealBook.write(actor, id, promotion);
    listeners.tell();
  }

  /** The same for a price list. */
  public void writePriceList(Actor actor, UUID id, PriceList list) {
    dealBook.write(actor, id, list);
    listeners.tell();
  }

  /**
   * Writes a tax, on this device at once and elsewhere when the server has judged it.
   *
   * @param tax under the version after the one that is shown; 1 for a new one
   * @param today the business day in this store: no rate that began before it changes
   */
  public void writeTax(Actor actor, UUID id, Tax tax, LocalDate today) {
    dealBook.write(actor, id, tax, today);
    listeners.tell();
  }

  /**
   * Records that goods came into the store or left it other than by a sale.
   *
   * @param goods how much of each, positive; the reason says which way it went
   * @param note in the words of whoever did it; may be empty
   */
  public void moveStock(
      Actor actor, StockMoved.Reason reason, Map<UUID, Quantity> goods, String note) {
    stock.move(actor, reason, goods, note);
    listeners.tell();
  }

  /**
   * Records what was there of some products at this moment.
   *
   * @param counted how much of each, not negative
   */
  public void countStock(Actor actor, Map<UUID, Quantity> counted) {
    stock.count(actor, counted);
    listeners.tell();
  }

  /**
   * Records that somebody noticed something that should not be; no shift needs to be open for it,
   * and nobody needs a right.
   *
   * @param note in the words of whoever noticed it; may be empty, {@link
   *     dev.countersign.common.change.SuspicionReported#LONGEST_NOTE} characters at most
   */
  public void reportSuspicion(Actor actor, SuspicionReported.Kind kind, String note) {
    suspicions.report(actor, kind, note);
    listeners.tell();
  }

  /**
   * Records that somebody learns on a throw-away till beside this one from now on, or left it; no
   * shift needs to be open for it, and nobody needs a right.
   *
   * @param training of its own, the same when it is left
   */
  public void noteTraining(Actor actor, UUID training, boolean begun) {
    trainings.note(actor, training, begun);
    listeners.tell();
  }

  /**
   * Records a paid sale under the next receipt number, together with the job to print its receipt,
   * and clears the draft. What is paid from gift cards or credit must have been reserved; the slips
   * of cards that are sold are with {@link Purse#slips}.
   *
   * <p>Goods that come back of a receipt may stand in the same basket. What is left of each of its
   * lines is looked at within the transaction: two windows cannot give the same back twice.
   */
  public CompletedSale complete(Actor asking, SaleDraft draft) {
    return record(asking, draft, true);
  }

  /**
   * Asks everything that {@link #complete} would ask, and records nothing: before a card gets money
   * that nobody can call back.
   */
  public void requireComplete(Actor asking, SaleDraft draft) {
    Candidate sale = candidate(asking, draft, true);
    List<CreditSlip> cards = credit.cards(draft.giftCards(), recorder.newId());
    store.read(
        db -> {
          SaleCompleted fact = allowed(db, sale, cards, State.read(db));
          empties.require(db, asking, fact.shift(), fact, sale.empties());
          return true;
        });
  }

  /**
   * A sale as far as it is known without the store.
   *
   * @param goods what the goods in it require
   * @param ofDraft whether the running basket is what is paid
   */
  private record Candidate(
      Actor asking,
      SaleDraft draft,
      UUID register,
      List<UUID> products,
      Set<PermissionKey> goods,
      boolean ofDraft) {
    long empties() {
      return draft.priced().empties().minor();
    }
  }

  private Candidate candidate(Actor asking, SaleDraft draft, boolean ofDraft) {
    UUID register = enrolled.requireRegister();
    SaleChecks.check(draft, enrolled.currency());
    Set<PermissionKey> goods =
        SaleChecks.goodsRequire(
            draft.priced(),
            settings.goods(),
            () -> LocalDateTime.ofInstant(knownTime(asking.at()), settings.zone()));
    return new Candidate(asking, draft, register, SaleBody.products(draft), goods, ofDraft);
  }

  /** The sale as it follows on what was recorded; asked for all that it requires. */
  private SaleCompleted allowed(Db db, Candidate sale, List<CreditSlip> cards, State before)
      throws SQLException {
    SaleCompleted fact =
        new SaleBody(sale.draft(), catalogue.prices(db, sale.products()), cards)
            .under(
                enrolled.store(),
                sale.register(),
                before.requireShift(),
                receiptAfter(before).toString());
    // What a card has already is recorded, whatever this till heard since: another till may have
    // taken the same goods back meanwhile, and the server judges which of them was too much.
    if (!sale.ofDraft() || !PaymentBook.hasGone(db)) {
      refunds.check(db, sale.draft().priced());
    }
    // By each word for its own act alone: only who agrees to the whole is the change's approver.
    users.require(sale.asking(), fact);
    users.require(sale.asking(), fact, refunds.requires(db, fact));
    users.require(sale.asking(), fact, accounts.requires(db, fact));
    users.require(sale.asking(), fact, sale.goods());
    return fact;
  }

  private ReceiptNumber receiptAfter(State before) {
    return new ReceiptNumber(enrolled.series(), before.receipt() + 1);
  }

  /**
   * @param ofDraft whether the running basket is what is paid
   */
  private CompletedSale record(Actor actor, SaleDraft draft, boolean ofDraft) {
    Candidate candidate = candidate(actor, draft, ofDraft);
    // Read before the writer is taken: people are few and kept, but may have to be loaded.
    String cashier = users.nameOf(actor.user());
    UUID sale = recorder.newId();
    List<CreditSlip> cards = credit.cards(draft.giftCards(), sale);
    CompletedSale completed =
        store.write(
            db -> {
              State state = State.read(db);
              SaleCompleted fact = allowed(db, candidate, cards, state);
              ReceiptNumber receipt = receiptAfter(state);
              long number = state.change() + 1;
              empties.take(db, actor, fact.shift(), fact, candidate.empties());
              purse.spend(db, draft.settlement().tenders(), actor.at());
              recorder.insertSale(db, actor, number, sale, receipt, fact);
              List<Tender> tenders = draft.settlement().tenders();
              List<CreditSlip> slips = new ArrayList<>(cards);
              slips.addAll(credit.slips(db, tenders, refunds.paidBy(db, fact), sale));
              purse.balances().moved(db, number, sale, tenders, slips, actor.at());
              credit.open(db, actor, new State(number, receipt.number(), fact.shift()), slips);
              refunds.keep(db, number, fact);
              accounts.keep(db, number, fact);
              if (ofDraft) {
                db.update(CLEAR_DRAFT);
              }
              return new CompletedSale(sale, number, actor.at(), actor.user(), cashier, fact);
            });
    listeners.tell();
    return completed;
  }

  /**
   * Records that a basket was thrown away, and clears the draft. Lines that were struck through
   * count too: striking all of them first must not make a full basket look empty.
   */
  public void voidBasket(Actor actor, Basket basket) {
    UUID register = enrolled.requireRegister();
    List<BasketLine> rungUp = basket.lines();
    if (rungUp.isEmpty()) {
      throw new ActRefusedException(Reason.EMPTY_BASKET);
    }
    if (!basket.currency().equals(enrolled.currency())) {
      throw new ActRefusedException(Reason.OTHER_CURRENCY);
    }
    Money total = Money.sum(basket.currency(), rungUp.stream().map(BasketLine::amount).toList());
    users.require(actor, List.of(PermissionKey.SALE_VOID));
    store.write(
        db -> {
          State state = State.read(db);
          UUID shift = state.requireShift();
          BasketVoided body =
              new BasketVoided(
                  enrolled.store(),
                  register,
                  shift,
                  basket.currency().getCurrencyCode(),
                  rungUp.size(),
                  total.minor());
          recorder.append(db, actor, state, recorder.newId(), body);
          return db.update(CLEAR_DRAFT);
        });
    listeners.tell();
  }

  /**
   * Keeps the running basket, so that it survives a crash and a locked screen: also one without
   * goods for somebody who is known, or who has shown a coupon.
   */
  public void saveDraft(Basket basket) {
    SaleChecks.refuseCardNumbers(basket);
    byte[] draft = basket.isUntouched() ? null : DraftCodec.encode(basket);
    Instant since = draft == null ? null : clock.instant();
    store.write(
        db ->
            since == null
                ? db.update(CLEAR_DRAFT)
                : db.update(
                    "UPDATE state SET draft = ?, draft_since = coalesce(draft_since, ?)",
                    draft,
                    since));
  }

  /**
   * Keeps what was taken for the running sale: a power cut must not forget a payment, nor what the
   * card terminal was asked. It is on the disk when this returns.
   */
  public void keepPayment(Basket basket, OpenPayment payment) {
    payments.keep(basket, payment);
  }

  /**
   * Records that a payment went back before its sale was completed.
   *
   * @param left what is still taken for the sale; kept in the same transaction
   */
  public void givePaymentBack(
      Actor actor, Basket basket, Tender tender, PaymentReturned.How how, OpenPayment left) {
    payments.giveBack(actor, basket, tender, how, left);
    listeners.tell();
  }

  /**
   * Records that a card terminal which cannot be asked took nothing, or sent nothing back, by the
   * cashier's word.
   *
   * @param left what is still taken for the sale; kept in the same transaction
   */
  public void sayNotCharged(Actor actor, Basket basket, OpenPayment.Asked asked, OpenPayment left) {
    payments.notCharged(actor, basket, asked, left);
    listeners.tell();
  }

  /** The running basket, if one was kept. */
  public Optional<Basket> draft() {
    return kept().map(KeptSale::basket);
  }

  /** The running basket with what was taken for it, if one was kept. */
  public Optional<KeptSale> kept() {
    return payments.kept();
  }
}
