package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Refunding;
import dev.countersign.client.flow.Refunding.Found;
import dev.countersign.client.flow.Refunding.Picked;
import dev.countersign.client.flow.Running;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.client.ledger.FoundSale;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.KeyAct;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.money.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

// Long because every way to find and to choose what comes back has its place here.
/** Finds a receipt, and chooses what of it comes back. */
final class RefundController implements Screen {
  private final Surface surface;
  private final Words words;
  private final Refunding refunding;
  private final Running running;
  private final RefundDesk.Ways ways;
  private final RefundView view;

  /** A question to the server may take a while; what is asked after it does not wait. */
  private final Background searches;

  private final Map<Integer, Quantity> chosen = new TreeMap<>();
  private Map<Integer, Quantity> left = Map.of();
  private @Nullable SoldBefore sold;
  private int asked;

  RefundController(Surface surface, Refunding refunding, Running running, RefundDesk.Ways ways) {
    this.surface = surface;
    this.words = surface.words();
    this.refunding = refunding;
    this.running = running;
    this.ways = ways;
    this.searches = surface.desk().beside();
    this.view = new RefundView(surface, new Buttons());
    view.search().setOnAction(_ -> entered());
  }

  @Override
  public Parent root() {
    return view;
  }

  @Override
  public void shown() {
    find("");
    view.search().requestFocus();
  }

  @Override
  public Runnable remember() {
    String text = view.search().getText();
    return () -> view.search().setText(text);
  }

  @Override
  public void scanned(String code) {
    SoldBefore open = sold;
    if (open == null) {
      find(code);
      return;
    }
    Map<Integer, Quantity> room = new TreeMap<>();
    left.forEach((line, most) -> room.put(line, most.minus(chosen(line))));
    searches.run(
        () -> refunding.pick(open, room, code), picked -> show(picked, code), surface::trouble);
  }

  /** A piece of the goods that lie on the counter. */
  private void show(Picked picked, String code) {
    switch (picked) {
      case Picked.Piece(int line, Quantity more) -> {
        surface.strip().clear();
        surface.sounds().added();
        set(line, chosen(line).plus(more));
        view.select(line);
      }
      case Picked.NoMore(String name) -> surface.refuse(words.say("refund.no-more", name));
      case Picked.NotOnIt(String name) -> surface.refuse(words.say("refund.not-on-it", name));
      case Picked.Nothing _ -> find(code);
    }
  }

  @Override
  public List<KeyAct> keys() {
    return TillKeys.refunding(surface.words());
  }

  @Override
  public void key(KeyEvent key) {
    boolean typing = view.getScene().getFocusOwner() instanceof TextInputControl;
    boolean onButton =
        view.getScene().getFocusOwner() instanceof ButtonBase button && button.isFocusVisible();
    boolean used =
        key.getEventType() == KeyEvent.KEY_TYPED
            ? !typing && sold != null && typed(key.getCharacter())
            : pressed(key, typing, onButton);
    if (used) {
      key.consume();
    }
  }

  private boolean typed(String character) {
    int line = view.chosenLine();
    switch (character) {
      case "+" -> set(line, chosen(line).plus(Quantity.ONE));
      case "-" -> set(line, chosen(line).minus(Quantity.ONE));
      case "a", "A" -> all();
      case "q", "Q" -> quantity(line);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean pressed(KeyEvent key, boolean typing, boolean onButton) {
    switch (key.getCode()) {
      case ESCAPE -> back();
      case F2 -> search();
      case F8 -> withoutReceipt();
      case F9 -> exchange();
      case F12 -> settle();
      case UP -> view.move(-1);
      case DOWN -> view.move(1);
      case ENTER -> {
        boolean words = typing && !view.shows(view.search().getText());
        if (onButton || words) {
          return false;
        }
        choose();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void entered() {
    find(view.search().getText());
  }

  private void find(String text) {
    int mine = ++asked;
    searches.run(
        () -> refunding.find(text),
        found -> {
          if (mine == asked) {
            show(found, text);
          }
        },
        surface::trouble);
  }

  private void open(UUID sale) {
    searches.run(() -> refunding.sale(sale), found -> show(found, ""), surface::trouble);
  }

  private void show(Found found, String text) {
    switch (found) {
      case Found.Sale(SoldBefore one) -> {
        surface.strip().clear();
        show(one);
      }
      case Found.Several(List<FoundSale> sales, List<CatalogueHit> goods) -> {
        surface.strip().clear();
        forget();
        view.hits(sales, text);
        if (sales.isEmpty() && !goods.isEmpty()) {
          surface
              .strip()
              .say(
                  Strip.Tone.WARN,
                  words.say("refund.never-sold", goods.getFirst().product().name()),
                  "");
        }
      }
      case Found.NotThere _ -> surface.refuse(words.say("refund.not-there", text));
      case Found.NotNow _ -> surface.refuse(words.say("refund.not-now", text));
      case Found.OtherBusiness _ -> surface.refuse(words.say("refund.other-business"));
    }
  }

  private void show(SoldBefore one) {
    forget();
    sold = one;
    left = Refunding.left(one, running);
    view.sale(one, left);
    refresh();
  }

  private void forget() {
    sold = null;
    left = Map.of();
    chosen.clear();
  }

  private Quantity chosen(int line) {
    return chosen.getOrDefault(line, Quantity.ZERO);
  }

  private Quantity left(int line) {
    return left.getOrDefault(line, Quantity.ZERO);
  }

  /**
   * Never less than nothing and never more than is left. The containers that went with the goods
   * come with them; whoever kept one leaves its line out again.
   */
  private void set(int line, Quantity quantity) {
    put(line, quantity);
    SoldBefore open = sold;
    if (open != null) {
      open.containersOf(line)
          .forEach((container, each) -> put(container, chosen(line).times(each)));
    }
    refresh();
  }

  private void put(int line, Quantity quantity) {
    Quantity most = left(line);
    Quantity now = quantity.compareTo(most) > 0 ? most : quantity;
    if (now.isPositive()) {
      chosen.put(line, now);
    } else {
      chosen.remove(line);
    }
  }

  private void all() {
    left.forEach(this::set);
  }

  private void refresh() {
    SoldBefore open = sold;
    if (open != null) {
      view.chosen(chosen, open);
    }
  }

  /** The sale that is pointed at, or all of a line and none of it by turns. */
  private void choose() {
    if (sold == null) {
      view.chosenSale().ifPresent(this::open);
      return;
    }
    int line = view.chosenLine();
    set(line, chosen(line).isZero() ? left(line) : Quantity.ZERO);
  }

  private void quantity(int line) {
    SoldBefore open = sold;
    if (open == null || !left(line).isPositive()) {
      return;
    }
    String name =
        open.sale().body().lines().stream()
            .filter(each -> each.no() == line)
            .map(Line::name)
            .findFirst()
            .orElse("");
    QuantitySheet.open(surface, name, left(line), quantity -> set(line, quantity));
  }

  private void search() {
    forget();
    find("");
    view.search().clear();
    view.search().requestFocus();
  }

  private void back() {
    surface.strip().clear();
    if (sold != null) {
      search();
    } else {
      ways.toSale(running);
    }
  }

  private void exchange() {
    bringBack(ways::toSale);
  }

  private void settle() {
    bringBack(ways::settle);
  }

  private void bringBack(Consumer<Running> then) {
    SoldBefore open = sold;
    if (open == null || chosen.isEmpty()) {
      surface.refuse(words.say("refund.nothing-chosen"));
      return;
    }
    Map<Integer, Quantity> goods = Map.copyOf(chosen);
    ReasonSheet.open(
        surface,
        reason ->
            surface
                .desk()
                .run(() -> refunding.bringBack(open, goods, reason), then, surface::trouble));
  }

  private void withoutReceipt() {
    ReturnSheet.open(
        surface,
        refunding,
        (product, quantity, unit) ->
            ReasonSheet.open(
                surface,
                reason ->
                    surface
                        .desk()
                        .run(
                            () -> refunding.bringBack(product, quantity, unit, reason),
                            ways::toSale,
                            surface::trouble)));
  }

  private final class Buttons implements RefundView.Acts {
    @Override
    public void search() {
      RefundController.this.search();
    }

    @Override
    public void open(UUID sale) {
      RefundController.this.open(sale);
    }

    @Override
    public void change(int line, Quantity by) {
      set(line, chosen(line).plus(by));
    }

    @Override
    public void all() {
      RefundController.this.all();
    }

    @Override
    public void quantity() {
      RefundController.this.quantity(view.chosenLine());
    }

    @Override
    public void withoutReceipt() {
      RefundController.this.withoutReceipt();
    }

    @Override
    public void exchange() {
      RefundController.this.exchange();
    }

    @Override
    public void settle() {
      RefundController.this.settle();
    }

    @Override
    public void back() {
      RefundController.this.back();
    }
  }
}
