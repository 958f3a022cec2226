package dev.countersign.client.ui.till;

import dev.countersign.client.device.Slip;
import dev.countersign.client.ledger.CreditSlip;
import dev.countersign.client.ledger.DrawerSlip;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.ShiftReport;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.DrawerCounted.Pieces;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.change.ShiftFigures.Sum;
import dev.countersign.common.change.ShiftFigures.Taxed;
import dev.countersign.common.change.ShiftFigures.Tendered;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.Environment;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The papers of a shift: X and Z reports, the slips of what is done at the drawer, and of credit
 * that is handed to a customer.
 */
final class ShiftPapers {
  private final Words words;
  private final Amounts amounts;
  private final Enrolled enrolled;
  private final String environment;

  ShiftPapers(Surface surface, Enrolled enrolled) {
    this.words = surface.words();
    this.amounts = surface.amounts();
    this.enrolled = enrolled;
    this.environment = surface.environmentUnlessReal(enrolled.environment());
  }

  /** A slip for cash in, cash out, or a drawer that was opened; it opens the drawer. */
  Slip drawer(DrawerSlip slip) {
    Slip.Builder paper = head(enrolled.storeName(), enrolled.registerName());
    paper.title(drawerTitle(slip));
    paper
        .pair(words.say("slip.shift", Long.toString(slip.shift())), amounts.moment(slip.at()))
        .rule();
    if (!slip.amount().isZero()) {
      paper.sum(words.say("slip.amount"), amounts.text(slip.amount()));
    }
    paper.left(words.say("slip.reason", slip.reason()));
    paper.left(words.say("slip.by", slip.by()));
    if (!slip.approver().isEmpty()) {
      paper.left(words.say("slip.approver", slip.approver()));
    }
    // A drawer must not be opened in practice: there is nothing to put in.
    return paper
        .blank()
        .blank()
        .left(words.say("slip.signature"))
        .build(
            slip.amount().isZero()
                ? drawerTitle(slip)
                : drawerTitle(slip) + " · " + amounts.text(slip.amount()),
            Environment.PRODUCTION.word().equals(enrolled.environment()));
  }

  /** A gift card or credit: whoever has this paper can spend what is on it. */
  Slip credit(CreditSlip slip) {
    String kind =
        switch (slip.kind()) {
          case GIFT_CARD -> words.say("paying.gift-card");
          case STORE_CREDIT -> words.say("paying.store-credit");
        };
    return head(enrolled.storeName(), enrolled.registerName())
        .sum(kind + " " + slip.amount().currency(), amounts.text(slip.amount()))
        .title(slip.code())
        .build(kind, false);
  }

  private String drawerTitle(DrawerSlip slip) {
    if (slip.amount().isZero()) {
      return words.say("slip.opened");
    }
    return slip.amount().isNegative() ? words.say("slip.out") : words.say("slip.in");
  }

  /**
   * An X report of an open shift, the Z report of a closed one.
   *
   * @param copy true when it was printed before
   */
  Slip report(ShiftReport report, boolean copy) {
    Slip.Builder paper = head(report.store(), report.register());
    paper.title(name(report));
    if (copy) {
      paper.title(words.say("report.copy"));
    }
    paper.pair(words.say("report.day"), report.businessDate().toString());
    paper.pair(words.say("report.opened", report.openedBy()), amounts.moment(report.openedAt()));
    paper.pair(
        report.closed()
            ? words.say("report.closed", report.by())
            : words.say("report.made", report.by()),
        amounts.moment(report.at()));
    if (!report.approver().isEmpty()) {
      paper.left(words.say("slip.approver", report.approver()));
    }
    sales(paper, report);
    drawer(paper, report);
    tenders(paper, report);
    taxes(paper, report);
    people(paper, report);
    movements(paper, report);
    log(paper, report);
    if (copy) {
      paper.title(words.say("report.copy"));
    }
    return paper.build(name(report), false);
  }

  private String name(ShiftReport report) {
    String number = Long.toString(report.number());
    return report.closed() ? words.say("report.z", number) : words.say("report.x", number);
  }

  private Slip.Builder head(String store, String register) {
    Slip.Builder paper = new Slip.Builder(words.speech().language().isRightToLeft());
    if (!environment.isEmpty()) {
      paper.title(words.say("slip.not-real", environment));
    }
    return paper.title(store).middle(register).blank();
  }

  private void sales(Slip.Builder paper, ShiftReport report) {
    ShiftFigures figures = report.figures();
    paper.rule();
    paper.pair(words.say("report.receipts"), amounts.count(figures.sales()));
    if (figures.sales() > 0) {
      paper.pair(words.say("report.first"), figures.firstReceipt());
      paper.pair(words.say("report.last"), figures.lastReceipt());
    }
    paper.sum(words.say("report.total"), text(report, figures.total()));
    sum(paper, report, words.say("report.refunds"), figures.refunds());
    sum(paper, report, words.say("report.discounts"), figures.discounts());
    sum(paper, report, words.say("report.repriced"), figures.repriced());
    sum(paper, report, words.say("report.voided-lines"), figures.voidedLines());
    sum(paper, report, words.say("report.voided-baskets"), figures.voidedBaskets());
    sum(paper, report, words.say("report.credits"), figures.credits());
    if (figures.rounding() != 0) {
      paper.pair(words.say("report.rounding"), text(report, figures.rounding()));
    }
  }

  private void sum(Slip.Builder paper, ShiftReport report, String name, Sum sum) {
    paper.pair(
        words.say("report.times", name, amounts.count(sum.count())), text(report, sum.amount()));
  }

  private void drawer(Slip.Builder paper, ShiftReport report) {
    ShiftFigures figures = report.figures();
    paper.rule();
    paper.title(words.say("report.drawer"));
    paper.pair(words.say("report.float"), text(report, report.opened()));
    paper.pair(words.say("report.cash-sales"), text(report, figures.by(Means.CASH)));
    sum(paper, report, words.say("report.paid-in"), figures.paidIn());
    sum(paper, report, words.say("report.paid-out"), figures.paidOut());
    paper.sum(words.say("report.expected"), text(report, report.expected()));
    ShiftReport.Count count = report.count();
    if (count != null) {
      for (Pieces each : count.pieces()) {
        if (each.count() > 0) {
          paper.pair(
              words.say("report.pieces", amounts.count(each.count()), text(report, each.value())),
              text(report, each.value() * each.count()));
        }
      }
      paper.sum(words.say("report.counted"), text(report, count.total()));
      paper.sum(
          words.say("report.difference"), difference(report, count.total() - report.expected()));
    }
    for (long told : figures.counts()) {
      paper.pair(words.say("report.blind-count"), text(report, told));
    }
    paper.pair(words.say("report.openings"), amounts.count(figures.openings()));
  }

  private void tenders(Slip.Builder paper, ShiftReport report) {
    paper.rule();
    paper.title(words.say("report.tenders"));
    for (Means means : means(report)) {
      paper.pair(TenderWords.name(words, means), text(report, report.figures().by(means)));
      long tips = report.figures().tipsBy(means);
      if (tips != 0) {
        paper.pair(words.say("report.of-it.tips"), text(report, tips));
      }
      Optional<Long> counted = report.counted(means);
      // Cash is counted with the float and what was put in and taken out: the drawer says it.
      if (counted.isPresent() && means != Means.CASH) {
        paper.pair(words.say("report.of-it.counted"), text(report, counted.get()));
        paper.pair(
            words.say("report.of-it.difference"),
            difference(report, counted.get() - report.expected(means)));
      } else if (report.closed() && means != Means.CASH) {
        // Takings that nobody compared with anything: whoever reads this decides whether to.
        paper.left(words.say("report.of-it.not-counted"));
      }
    }
  }

  /** What was taken by each; cash always, on a quiet day too. */
  private static Set<Means> means(ShiftReport report) {
    EnumSet<Means> means = EnumSet.of(Means.CASH);
    report.figures().tenders().forEach(each -> means.add(each.means()));
    ShiftReport.Count count = report.count();
    if (count != null) {
      count.others().stream().map(Tendered::means).forEach(means::add);
    }
    return means;
  }

  private void taxes(Slip.Builder paper, ShiftReport report) {
    paper.rule();
    paper.title(words.say("report.taxes"));
    for (Taxed tax : report.figures().taxes()) {
      paper.left(named(tax));
      paper.pair(words.say("report.tax.net"), text(report, tax.net()));
      paper.pair(words.say("report.tax.tax"), text(report, tax.tax()));
      paper.pair(words.say("report.tax.gross"), text(report, tax.net() + tax.tax()));
    }
    paper.rule();
    paper.title(words.say("report.categories"));
    for (ShiftReport.Category category : report.categories()) {
      String name = category.name().isEmpty() ? words.say("report.no-category") : category.name();
      paper.pair(
          words.say("report.times", name, amounts.count(category.lines())),
          text(report, category.amount()));
    }
  }

  private void people(Slip.Builder paper, ShiftReport report) {
    paper.rule();
    paper.title(words.say("report.people"));
    for (ShiftReport.Person person : report.people()) {
      paper.sum(
          words.say("report.times", person.name(), amounts.count(person.sales())),
          text(report, person.total()));
      if (person.refunds().count() > 0) {
        sum(paper, report, words.say("report.of-it.refunds"), person.refunds());
      }
      if (person.voids().count() > 0) {
        sum(paper, report, words.say("report.of-it.voids"), person.voids());
      }
      if (person.openings() > 0) {
        paper.pair(words.say("report.of-it.openings"), amounts.count(person.openings()));
      }
    }
  }

  private void movements(Slip.Builder paper, ShiftReport report) {
    if (report.movements().isEmpty()) {
      return;
    }
    paper.rule();
    paper.title(words.say("report.movements"));
    for (ShiftReport.Movement each : report.movements()) {
      paper.pair(each.reason(), text(report, each.amount()));
      paper.left(
          each.approver().isEmpty()
              ? words.say("report.moved", amounts.time(each.at()), each.by())
              : words.say(
                  "report.moved-agreed", amounts.time(each.at()), each.by(), each.approver()));
    }
  }

  private void log(Slip.Builder paper, ShiftReport report) {
    ShiftClosed.LogHead log = report.log();
    if (log != null) {
      paper.rule();
      paper.left(words.say("report.log", amounts.count(log.size())));
      paper.left(log.root());
    }
  }

  /** A name that says the rate itself, as most do, is not followed by it. */
  private String named(Taxed tax) {
    String rate = amounts.rate(tax.rate());
    return tax.name().contains(rate) ? tax.name() : words.say("report.tax", tax.name(), rate);
  }

  private String difference(ShiftReport report, long minor) {
    return DifferenceWords.figure(amounts, report.money(minor));
  }

  private String text(ShiftReport report, long minor) {
    Money money = report.money(minor);
    return amounts.text(money);
  }
}
