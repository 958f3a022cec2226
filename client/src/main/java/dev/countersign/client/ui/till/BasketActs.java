package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Running.Row;
import dev.countersign.client.ui.kit.EntryPad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.tax.TaxRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javafx.scene.control.Button;
import org.jspecify.annotations.Nullable;

/** What is done with the basket beside ringing up: each act asks on a sheet and then shows. */
final class BasketActs {
  /** Whole pieces beyond this are a barcode in the wrong field. */
  private static final BigDecimal MOST_PIECES = BigDecimal.valueOf(9_999);

  private static final int GRAMS = 3;

  /** The screen that these acts belong to. */
  interface Screen {
    Running running();

    /** The chosen line; null when there is none that counts. */
    @Nullable Row chosen();

    void show(Running now);

    void waiting(int parked);
  }

  private final Surface surface;
  private final Words words;
  private final SellingKit counter;
  private final Approvals atTill;
  private final Screen screen;

  BasketActs(Surface surface, SellingKit counter, Approvals atTill, Screen screen) {
    this.surface = surface;
    this.words = surface.words();
    this.counter = counter;
    this.atTill = atTill;
    this.screen = screen;
  }

  void discount() {
    if (screen.running().isEmpty()) {
      surface.refuse(words.say("selling.nothing-there"));
      return;
    }
    Row row = screen.chosen();
    DiscountSheet.open(
        surface,
        screen.running(),
        row == null || row.quantity().isNegative() || row.container() ? null : row,
        reasons(),
        new DiscountSheet.Acts() {
          @Override
          public void give(int line, Discount discount) {
            var given = screen.running().basket();
            int before = line > 0 ? given.line(line).discounts().size() : given.discounts().size();
            if (before >= Discount.MOST) {
              surface.refuse(words.say("discount.too-many"));
              return;
            }
            String name = row == null || line == 0 ? words.say("note.sale") : row.name();
            approved(
                words.say("approval.about", name, said(discount)),
                (cashier, approver) ->
                    line > 0
                        ? counter.amending().discount(cashier, approver, line, discount)
                        : counter.amending().discountAll(cashier, approver, discount));
          }

          @Override
          public void withoutCoupons() {
            act(counter.amending()::withoutCoupons);
          }

          @Override
          public void takeAway(int line) {
            act(
                () ->
                    line > 0
                        ? counter.amending().withoutDiscounts(line)
                        : counter.amending().withoutDiscountsOnAll());
          }
        });
  }

  private String said(Discount discount) {
    String name = LineCell.name(words, surface.amounts(), discount);
    return discount instanceof Discount.AmountOff off
        ? name + " " + surface.amounts().text(off.amount().negate())
        : name;
  }

  /** The shop's, or the usual ones until it has named its own. */
  private List<String> reasons() {
    List<String> own = counter.settings().current().discountReasons();
    return own.isEmpty()
        ? List.of(
            words.say("discount.reason.offer"),
            words.say("discount.reason.damaged"),
            words.say("discount.reason.date"),
            words.say("discount.reason.regular"),
            words.say("discount.reason.staff"),
            words.say("discount.reason.complaint"))
        : own;
  }

  void quantity() {
    Row row = priced();
    if (row == null) {
      return;
    }
    EntryPad pad =
        new EntryPad(surface.kit(), surface.amounts(), screen.running().total().currency());
    pad.number(GRAMS, "");
    SheetForm.figure(
        surface,
        row.name(),
        words.say("quantity.text", surface.amounts().text(row.quantity())),
        pad,
        words.say("quantity.set"),
        () -> {
          BigDecimal typed = pad.number();
          if (typed.signum() == 0 || typed.compareTo(MOST_PIECES) > 0) {
            surface.refuse(words.say("quantity.refused"));
            return;
          }
          surface.sheets().close();
          approved(
              words.say("approval.about", row.name(), typed.toPlainString()),
              (cashier, approver) ->
                  counter.amending().count(cashier, approver, row.no(), Quantity.ofExact(typed)));
        });
  }

  void price() {
    Row row = priced();
    if (row == null) {
      return;
    }
    if (row.container()) {
      surface.refuse(words.say("selling.container"));
      return;
    }
    Money now = one(row);
    Money listed = row.listed().orElse(now);
    EntryPad pad = new EntryPad(surface.kit(), surface.amounts(), now.currency());
    Button back =
        Parts.button(
            words.say("price.back"),
            () -> {
              surface.sheets().close();
              price(row, listed);
            });
    Parts.show(back, row.listed().isPresent());
    SheetForm.figure(
        surface,
        row.name(),
        words.say("price.text", surface.amounts().text(listed), surface.amounts().text(now)),
        pad,
        words.say("price.set"),
        () -> {
          if (pad.isEmpty()) {
            surface.refuse(words.say("price.refused"));
            return;
          }
          surface.sheets().close();
          price(row, pad.amount());
        },
        back);
  }

  /** The chosen line; null when it is none whose price is a matter of this counter. */
  private @Nullable Row priced() {
    Row row = screen.chosen();
    if (row == null) {
      surface.refuse(words.say("selling.no-line"));
      return null;
    }
    if (row.quantity().isNegative()) {
      surface.refuse(words.say("selling.comes-back"));
      return null;
    }
    return row;
  }

  private void price(Row row, Money unit) {
    String now = surface.amounts().text(one(row));
    approved(
        words.say("approval.about.price", row.name(), surface.amounts().text(unit), now),
        (cashier, approver) -> counter.amending().price(cashier, approver, row.no(), unit));
  }

  /** What is typed is the price of one, also where a label has priced the whole. */
  private Money one(Row row) {
    Money one = screen.running().basket().line(row.no()).one();
    return one == null ? row.amount() : one;
  }

  private record Taxes(List<TaxRule> rules, List<UUID> usual) {}

  void openItem() {
    surface
        .desk()
        .run(
            () -> new Taxes(counter.selling().taxRules(), counter.catalogue().usualTaxes()),
            taxes ->
                OpenItemSheet.open(
                    surface,
                    screen.running().total().currency(),
                    taxes.rules(),
                    taxes.usual(),
                    (name, unit, chosen) ->
                        approved(
                            words.say("approval.about", name, surface.amounts().text(unit)),
                            (cashier, approver) ->
                                counter
                                    .amending()
                                    .openItem(cashier, approver, name, unit, chosen))),
            surface::trouble);
  }

  void note() {
    if (screen.running().isEmpty()) {
      surface.refuse(words.say("selling.nothing-there"));
      return;
    }
    NoteSheet.open(
        surface,
        screen.running(),
        screen.chosen(),
        (line, text) ->
            act(
                () ->
                    line > 0
                        ? counter.amending().note(line, text)
                        : counter.amending().note(text)));
  }

  void customer() {
    CustomerSheet.open(surface, screen.running(), counter.selling(), atTill, screen::show);
  }

  /** Everything of a product; of the chosen line's when none is meant. */
  void details(@Nullable Product product, Runnable favouritesChanged, Sells sells) {
    Row row = screen.chosen();
    UUID id =
        product != null
            ? product.id()
            : row == null ? null : screen.running().basket().line(row.no()).item().productId();
    if (id == null) {
      surface.refuse(words.say("details.none"));
      return;
    }
    surface
        .desk()
        .run(
            () -> details(id),
            found ->
                found.ifPresentOrElse(
                    details ->
                        DetailsSheet.open(
                            surface,
                            details,
                            () -> sells.sell(details.product()),
                            on -> favourite(details.product(), on, favouritesChanged)),
                    () -> surface.refuse(words.say("details.none"))),
            surface::trouble);
  }

  /** Rings a product up. */
  interface Sells {
    void sell(Product product);
  }

  private Optional<DetailsSheet.Details> details(UUID id) {
    return counter
        .catalogue()
        .byId(id)
        .map(
            product ->
                new DetailsSheet.Details(
                    product,
                    counter.selling().taxes(product),
                    counter.stock().level(id).quantity(),
                    counter.favourites().isChosen(id)));
  }

  private void favourite(Product product, boolean on, Runnable changed) {
    surface
        .desk()
        .run(
            () -> {
              counter.favourites().choose(product.id(), on);
              return on;
            },
            _ -> changed.run(),
            surface::trouble);
  }

  /** Throwing a whole basket away is asked once, because no one finds it again. */
  void discard() {
    Running running = screen.running();
    if (running.rows().isEmpty()) {
      // Nothing to ask about: what was shown or said before any goods is forgotten.
      atTill.run(counter.selling()::discard, this::done, surface::trouble);
      return;
    }
    DiscardSheet.open(
        surface,
        running.items(),
        running.total(),
        () ->
            atTill
                .about(surface.amounts().text(running.total()))
                .run(
                    counter.selling()::discard,
                    now -> {
                      screen.show(now);
                      surface.strip().say(Strip.Tone.GOOD, words.say("discard.done"), "");
                    },
                    surface::trouble));
  }

  /** An act that not everybody may do. */
  private void approved(String about, Approvals.Act<Running> act) {
    atTill.about(about).run(act, this::done, surface::trouble);
  }

  private void act(Callable<Running> act) {
    surface.desk().run(act, this::done, surface::trouble);
  }

  private void done(Running now) {
    surface.strip().clear();
    screen.show(now);
  }
}
