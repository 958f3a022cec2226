package dev.countersign.client.ui.office;

import dev.countersign.client.flow.DayAtAGlance;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.Question;
import dev.countersign.client.ledger.StockLevel;
import dev.countersign.client.sync.OfficeForms.Person;
import dev.countersign.client.sync.OfficeLine;
import dev.countersign.client.sync.OversightForms.ReviewState;
import dev.countersign.client.sync.SyncState;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.SuspicionSheet;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.permission.PermissionKey;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

// Long because every page of the office is held and opened here.
/** The manager's window. Opens for people whose role allows it. */
public final class OfficeController implements Screen {
  private final Surface surface;
  private final OpenDevice device;
  private final Clock clock;
  private final Runnable lock;
  private final TodayPage today;
  private final SalesPage sales;
  private final ProductsPage products;
  private final PromotionsPage promotions;
  private final PriceListsPage lists;
  private final TaxesPage taxes;
  private final CustomersPage customers;
  private final StockPage stock;
  private final WorklistPage worklist;
  private final ServerRoom room;
  private final PeoplePage people;
  private final RolesPage roles;
  private final ReviewsPage reviews;
  private final DevicesPage devices;
  private final ReceiptsPage receipts;
  private final KeysPage keys;
  private final OperatorPage operator;
  private final SessionsPage sessions;
  private final OfficeView view;
  private LocalDate day;
  private int asked;

  private @Nullable UUID user;
  private ReviewWords.Reminder reminder = ReviewWords.Reminder.NONE;
  private String signedIn = "";

  /** Nobody is here, and the store may be closed: nothing is read until somebody comes. */
  private boolean away;

  /**
   * @param surface speaking this package's words
   * @param line to the server
   * @param clock in the store's time zone
   * @param lock asks for a PIN
   * @param status opens what there is to say about sending
   */
  public OfficeController(
      Surface surface,
      OpenDevice device,
      OfficeLine line,
      Clock clock,
      Runnable lock,
      Runnable status) {
    this.surface = surface;
    this.device = device;
    this.clock = clock;
    this.lock = lock;
    this.day = LocalDate.now(clock);
    this.today = new TodayPage(surface);
    this.sales = new SalesPage(surface);
    this.products = new ProductsPage(surface, device.catalogue(), this::editProduct);
    this.lists = new PriceListsPage(surface, device, this::here, clock);
    this.taxes = new TaxesPage(surface, device, this::here, clock);
    this.stock = new StockPage(surface, device, this::moveStock, this::countStock);
    this.worklist = new WorklistPage(surface, this::decide, this::lookAtStock, this::report);
    this.room = new ServerRoom(surface, line, clock, this::signedIn, this::unanswered);
    this.promotions = new PromotionsPage(room, device, this::here, clock);
    this.customers = new CustomersPage(room, device, this::here);
    this.people = new PeoplePage(room, this::sessionsOf);
    this.roles = new RolesPage(room);
    this.reviews = new ReviewsPage(room, this::remind);
    this.devices = new DevicesPage(room);
    this.receipts = new ReceiptsPage(room, device);
    this.keys = new KeysPage(room);
    this.operator = new OperatorPage(room);
    this.sessions = new SessionsPage(room);
    this.view =
        new OfficeView(
            surface,
            device.ledger().enrolled().storeName(),
            Map.ofEntries(
                Map.entry(OfficePage.TODAY, today),
                Map.entry(OfficePage.SALES, sales),
                Map.entry(OfficePage.PRODUCTS, products),
                Map.entry(OfficePage.PROMOTIONS, promotions),
                Map.entry(OfficePage.PRICE_LISTS, lists),
                Map.entry(OfficePage.TAXES, taxes),
                Map.entry(OfficePage.CUSTOMERS, customers),
                Map.entry(OfficePage.STOCK, stock),
                Map.entry(OfficePage.WORKLIST, worklist),
                Map.entry(OfficePage.PEOPLE, people.root()),
                Map.entry(OfficePage.ROLES, roles.root()),
                Map.entry(OfficePage.REVIEWS, reviews.root()),
                Map.entry(OfficePage.DEVICES, devices.root()),
                Map.entry(OfficePage.RECEIPTS, receipts.root()),
                Map.entry(OfficePage.KEYS, keys.root()),
                Map.entry(OfficePage.OPERATOR, operator.root()),
                Map.entry(OfficePage.SESSIONS, sessions.root())),
            new Acts(status));
  }

  /**
   * Whether this person may look; blocking.
   *
   * @throws dev.countersign.client.ledger.NotPermittedException when not
   */
  public static void require(OpenDevice device, UUID user, Clock clock) {
    device.users().require(new Actor(user, null, clock.instant()), Set.of(OfficePage.TODAY.key()));
  }

  private Set<OfficePage> pagesOf(UUID user) {
    Actor actor = new Actor(user, null, clock.instant());
    return Arrays.stream(OfficePage.values())
        .filter(page -> device.users().may(actor, page.key()))
        .collect(Collectors.toSet());
  }

  private record Read(
      Set<OfficePage> pages,
      boolean mayEdit,
      DayAtAGlance day,
      List<Question> questions,
      List<StockPage.Row> missing) {}

  @Override
  public Parent root() {
    return view;
  }

  @Override
  public void shown() {
    away = false;
    view.open(OfficePage.TODAY);
    refresh();
  }

  /** Something new has come from the server; perhaps that whoever is here may no longer be. */
  public void refresh() {
    UUID here = user;
    if (away || here == null) {
      return;
    }
    int mine = ++asked;
    LocalDate shown = day;
    surface
        .desk()
        .run(
            () -> {
              require(device, here, clock);
              return new Read(
                  pagesOf(here),
                  device
                      .users()
                      .may(new Actor(here, null, clock.instant()), PermissionKey.PRODUCT_EDIT),
                  DayAtAGlance.read(device.books(), shown, clock.getZone()),
                  device.books().questions(),
                  missing());
            },
            read -> {
              if (mine == asked) {
                allow(read.pages());
                products.allowEditing(read.mayEdit());
                view.day(surface.amounts().day(shown), shown.isBefore(LocalDate.now(clock)));
                today.show(read.day());
                sales.show(read.day());
                question(read.questions(), read.missing());
              }
            },
            failure -> {
              if (mine == asked) {
                failed(failure);
              }
            });
    products.refresh();
    promotions.refresh();
    lists.refresh();
    taxes.refresh();
    customers.refresh();
    stock.refresh();
  }

  /** Below nothing, the furthest first; each product is a question to somebody. */
  private List<StockPage.Row> missing() {
    List<StockPage.Row> missing = new ArrayList<>();
    for (StockLevel level : device.stock().belowNothing()) {
      device
          .catalogue()
          .byId(level.product())
          .ifPresent(product -> missing.add(new StockPage.Row(product, level)));
    }
    return missing;
  }

  private void editProduct(Product product) {
    ProductSheet.open(
        surface, device.ledger(), device.catalogue(), this::here, product, products::refresh);
  }

  private void moveStock(StockPage.Row row) {
    StockSheet.move(surface, device.ledger(), this::here, row, this::refresh);
  }

  private void countStock(StockPage.Row row) {
    StockSheet.count(surface, device.ledger(), this::here, row, this::refresh);
  }

  private void lookAtStock(StockPage.Row row) {
    if (view.isAllowed(OfficePage.STOCK)) {
      view.open(OfficePage.STOCK);
      stock.search().setText(row.product().sku());
    }
  }

  private Actor here() {
    UUID here = user;
    if (here == null) {
      throw new IllegalStateException("nobody is here");
    }
    return new Actor(here, null, clock.instant());
  }

  private void question(List<Question> questions, List<StockPage.Row> missing) {
    worklist.show(questions, missing);
    long open = missing.size() + questions.stream().filter(each -> !each.pending()).count();
    view.remind(OfficePage.WORKLIST, open == 0 ? "" : surface.amounts().count(open));
  }

  private void decide(Question question) {
    DecisionSheet.open(
        surface,
        device.ledger(),
        device.catalogue().taxesReadLast(),
        this::here,
        question,
        this::refresh);
  }

  private void report() {
    SuspicionSheet.open(
        surface,
        (kind, note) ->
            surface
                .desk()
                .run(
                    () -> {
                      device.ledger().reportSuspicion(here(), kind, note);
                      return kind;
                    },
                    reported -> SuspicionSheet.next(surface, reported),
                    surface::trouble));
  }

  private void allow(Set<OfficePage> pages) {
    if (!pages.contains(view.open())) {
      surface.sheets().close();
    }
    view.allow(pages);
    showReminder();
  }

  private void failed(Exception failure) {
    if (failure instanceof NotPermittedException) {
      lock.run();
      // The lock takes words away that were said before it.
      surface.desk().run(() -> failure, surface::trouble, surface::trouble);
    } else {
      surface.trouble(failure);
    }
  }

  private void unanswered(@Nullable Instant since) {
    view.unanswered(since);
  }

  /** How sending stands. */
  public void sync(SyncState state) {
    view.sync(state);
  }

  @Override
  public void key(KeyEvent key) {
    boolean shortcut =
        key.getEventType() == KeyEvent.KEY_PRESSED && key.isShortcutDown() && !key.isAltDown();
    if (shortcut && key.getCode() == KeyCode.L) {
      key.consume();
      lock.run();
    } else if (shortcut && (key.getCode() == KeyCode.K || key.getCode() == KeyCode.F)) {
      key.consume();
      view.open(OfficePage.PRODUCTS);
      products.search().requestFocus();
    }
  }

  /** A code scanned at the desk is looked up. */
  @Override
  public void scanned(String code) {
    view.open(OfficePage.PRODUCTS);
    products.search().setText(code);
  }

  private void opened(OfficePage page) {
    switch (page) {
      case TODAY, SALES, WORKLIST -> {}
      case PRODUCTS -> products.search().requestFocus();
      case PROMOTIONS -> promotions.refresh();
      case PRICE_LISTS -> lists.refresh();
      case TAXES -> taxes.refresh();
      case CUSTOMERS -> {
        customers.refresh();
        customers.search().requestFocus();
      }
      case STOCK -> stock.search().requestFocus();
      case PEOPLE -> people.refresh();
      case ROLES -> roles.refresh();
      case REVIEWS -> reviews.refresh();
      case DEVICES -> devices.refresh();
      case RECEIPTS -> receipts.refresh();
      case KEYS -> keys.refresh();
      case OPERATOR -> operator.refresh();
      case SESSIONS -> sessions.show(null);
    }
  }

  private void signedIn(String name) {
    boolean isNew = !name.isEmpty() && !name.equals(signedIn);
    signedIn = name;
    if (isNew && view.isAllowed(OfficePage.REVIEWS)) {
      reviews.ask();
    }
    view.signedIn(name.isEmpty() ? "" : surface.words().say("server.signed-in", name));
  }

  /** What the server said last stands until it says something else, also after a lock. */
  private void remind(ReviewState state) {
    reminder = ReviewWords.reminder(surface.words(), surface.amounts(), state, clock.instant());
    showReminder();
  }

  /** For whoever may review and nobody else. */
  private void showReminder() {
    var shown = view.isAllowed(OfficePage.REVIEWS) ? reminder : ReviewWords.Reminder.NONE;
    view.remind(OfficePage.REVIEWS, shown.badge());
    today.remind(shown);
  }

  private void sessionsOf(Person person) {
    view.open(OfficePage.SESSIONS);
    sessions.show(person);
  }

  /** Somebody has unlocked the office; the name is put into the sheet that signs them in. */
  public void entered(UUID person) {
    user = person;
    allow(pagesOf(person));
    room.usual(device.users().nameOf(person));
  }

  /** The office is locked: nobody is signed in to the server any more. */
  public void leave() {
    away = true;
    user = null;
    asked++;
    products.leave();
    customers.leave();
    stock.leave();
    room.leave();
    view.signedIn("");
  }

  private void move(int step) {
    LocalDate next = day.plusDays(step);
    if (!next.isAfter(LocalDate.now(clock))) {
      day = next;
      refresh();
    }
  }

  /** What the side bar and the head of the page do. */
  private final class Acts implements OfficeView.Acts {
    private final Runnable status;

    Acts(Runnable status) {
      this.status = status;
    }

    @Override
    public void page(OfficePage page) {
      opened(page);
    }

    @Override
    public void day(int step) {
      move(step);
    }

    @Override
    public void lock() {
      lock.run();
    }

    @Override
    public void status() {
      status.run();
    }

    @Override
    public void signOut() {
      room.signOut(() -> opened(view.open()));
    }
  }
}
