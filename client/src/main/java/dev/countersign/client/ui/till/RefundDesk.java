package dev.countersign.client.ui.till;

import dev.countersign.client.flow.GivingBack;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Refunding;
import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.CreditSlip;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Where goods come back: from the receipt to the money that goes out. */
final class RefundDesk {
  private final Surface surface;
  private final Consumer<Screen> screens;
  private final OpenDevice device;
  private final Clock clock;
  private final Selling selling;
  private final Refunding refunding;
  private final PayTools tools;
  private final PaperDesk paper;
  private final Ways ways;

  /** Where these screens lead. */
  interface Ways {
    /** On with this screen also after a lock: a card may get its part meanwhile. */
    void show(InHand giving);

    /** On with this sale. */
    void toSale(Running running);

    /** This sale is to be settled, whichever way the money goes. */
    void settle(Running running);

    void done(CompletedSale sale);
  }

  RefundDesk(
      Surface surface,
      Consumer<Screen> screens,
      OpenDevice device,
      Clock clock,
      Refunding.Elsewhere elsewhere,
      Selling selling,
      PayTools tools,
      PaperDesk paper,
      Ways ways) {
    this.surface = surface;
    this.screens = screens;
    this.device = device;
    this.clock = clock;
    this.selling = selling;
    this.refunding =
        new Refunding(device.ledger(), device.books(), device.catalogue(), elsewhere, selling);
    this.tools = tools;
    this.paper = paper;
    this.ways = ways;
  }

  /**
   * Asks for the receipt.
   *
   * @param running the sale as it stands, which goes on
   */
  void open(Running running) {
    screens.accept(new RefundController(surface, refunding, running, ways));
  }

  /**
   * Shows the codes of credit that were given and not handed over, one after the other; those that
   * are ready only once the till is locked, to whoever unlocks.
   */
  void showSlips() {
    surface
        .desk()
        .run(
            () -> device.purse().slips(),
            slips -> slips.stream().findFirst().ifPresent(this::show),
            surface::trouble);
  }

  private void show(CreditSlip slip) {
    SlipSheet.open(
        surface,
        slip,
        () -> paper.printOnce(papers().credit(slip)),
        () ->
            surface
                .desk()
                .run(
                    () -> {
                      device.purse().handedOver(slip.account());
                      return slip;
                    },
                    _ -> showSlips(),
                    surface::trouble));
  }

  private ShiftPapers papers() {
    return new ShiftPapers(surface.in(paper.language()), device.ledger().enrolled());
  }

  /**
   * Gives back what a sale owes to the customer.
   *
   * @param paid what has gone back already, before the till was stopped
   */
  void giveBack(Running running, OpenPayment paid) {
    GivingBack giving =
        new GivingBack(
            device.ledger(),
            clock,
            Paying.Terms.of(device.settings()),
            running,
            paid,
            UUID::randomUUID,
            selling);
    surface
        .desk()
        .run(
            () -> {
              giving.propose();
              return giving;
            },
            ready -> {
              learn(ready);
              ways.show(new InHand(ready::payment, atTill -> show(ready, atTill)));
            },
            surface::trouble);
  }

  private void show(GivingBack giving, Approvals atTill) {
    Consumer<CompletedSale> done =
        sale -> {
          ways.done(sale);
          showSlips();
        };
    screens.accept(
        new GivingBackController(
            surface, giving, tools.terminal(), atTill, () -> LocalDate.now(clock), done, ways));
  }

  /** Beside everything else: a network that does not answer holds nobody up. */
  private void learn(GivingBack giving) {
    List<GivingBack.OntoCard> cards = giving.ontoCards();
    if (!cards.isEmpty()) {
      surface
          .desk()
          .beside()
          .run(
              () -> {
                tools.redeeming().learn(cards, clock);
                return cards;
              },
              _ -> {},
              // The refund goes on; its receipt then says nothing of a balance.
              _ -> {});
    }
  }
}
