package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Parking;
import dev.countersign.client.flow.Parking.Waiting;
import dev.countersign.client.flow.Running;
import dev.countersign.client.ledger.ParkedSales.Reach;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import org.jspecify.annotations.Nullable;

/** Puts the running sale aside and takes one up again, of this till or of another. */
final class ParkingActs {
  private final Surface surface;
  private final Words words;
  private final Parking parking;
  private final Approvals atTill;
  private final BasketActs.Screen screen;
  private @Nullable RecallSheet listed;

  ParkingActs(Surface surface, Parking parking, Approvals atTill, BasketActs.Screen screen) {
    this.surface = surface;
    this.words = surface.words();
    this.parking = parking;
    this.atTill = atTill;
    this.screen = screen;
  }

  void park() {
    if (screen.running().rows().isEmpty()) {
      surface.refuse(words.say("selling.nothing-there"));
      return;
    }
    ParkSheet.open(
        surface,
        name ->
            atTill.run(
                (cashier, approver) -> parking.park(cashier, approver, name),
                aside -> {
                  screen.show(aside.now());
                  countWaiting();
                  surface.strip().say(Strip.Tone.GOOD, words.say(done(aside.reach())), "");
                },
                surface::trouble));
  }

  private static String done(Reach reach) {
    return switch (reach) {
      case EVERYWHERE -> "park.done";
      case COMES_BACK -> "park.done-comes-back";
      case LARGE -> "park.done-large";
    };
  }

  void recall() {
    surface
        .desk()
        .run(
            parking::waiting,
            waiting -> {
              RecallSheet sheet =
                  new RecallSheet(
                      surface, !screen.running().rows().isEmpty(), this::recall, this::askDiscard);
              sheet.open(waiting, () -> listed = null);
              listed = sheet;
            },
            surface::trouble);
  }

  private void recall(Waiting sale) {
    boolean busy = !screen.running().rows().isEmpty();
    atTill.run(
        (cashier, approver) -> parking.recall(cashier, approver, sale.id()),
        recalled -> {
          countWaiting();
          recalled.ifPresentOrElse(
              now -> {
                screen.show(now);
                said(sale, now, busy);
              },
              () -> surface.refuse(words.say("recall.gone")));
        },
        surface::trouble);
  }

  private void askDiscard(Waiting sale) {
    DiscardSheet.open(surface, sale.items(), sale.total(), () -> discard(sale));
  }

  private void discard(Waiting sale) {
    atTill
        .about(surface.amounts().text(sale.total()))
        .run(
            (cashier, approver) -> parking.discard(cashier, approver, sale.id()),
            done -> {
              countWaiting();
              if (done) {
                surface.strip().say(Strip.Tone.GOOD, words.say("recall.discarded"), "");
              } else {
                surface.refuse(words.say("recall.gone"));
              }
            },
            surface::trouble);
  }

  private void said(Waiting sale, Running now, boolean busy) {
    Money then = sale.then().orElse(now.total());
    if (now.former() != null) {
      // The screen has said what changed meanwhile.
      return;
    }
    if (!then.equals(now.total())) {
      surface
          .strip()
          .say(
              Strip.Tone.WARN,
              words.say(
                  "recall.priced-anew",
                  surface.amounts().text(then),
                  surface.amounts().text(now.total())),
              "");
    } else if (busy) {
      surface.strip().say(Strip.Tone.GOOD, words.say("recall.parked-other"), "");
    } else {
      surface.strip().clear();
    }
  }

  /** Something has come from the server: other tills may have put sales aside or taken them up. */
  void refreshWaiting() {
    countWaiting();
    if (listed != null) {
      surface
          .desk()
          .run(
              parking::waiting,
              waiting -> {
                RecallSheet sheet = listed;
                if (sheet != null) {
                  sheet.refresh(waiting);
                }
              },
              surface::trouble);
    }
  }

  /** How many are parked, for the function bar. */
  void countWaiting() {
    surface.desk().run(parking::count, screen::waiting, surface::trouble);
  }
}
