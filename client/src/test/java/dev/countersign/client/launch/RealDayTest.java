package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptLine;
import dev.countersign.client.device.ReceiptText;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.Slip;
import dev.countersign.client.launch.RealDays.Day;
import dev.countersign.client.launch.RealDays.Invoice;
import dev.countersign.client.launch.RealDays.Row;
import dev.countersign.client.ledger.DayTotals;
import dev.countersign.client.ledger.ShiftReport;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftFigures.Sum;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days that shops really had, by keys and scanner at one till: what was sold, what came back of it,
 * whole and in part, and what came back of older sales. The screen, the papers, the books and the Z
 * reports must say what the file alone adds up to.
 */
class RealDayTest {
  private static final long FLOAT = 10_000;

  @TempDir Path directory;
  private Window window;
  private RealDays days;

  /** The file's first day is the till's. */
  private Duration since = Duration.ZERO;

  private final List<Receipt> paper = new CopyOnWriteArrayList<>();
  private final List<Slip> slips = new CopyOnWriteArrayList<>();

  private void open(String file, String currency) throws Exception {
    days = RealDays.read(file, currency);
    since =
        Duration.between(
            days.days().getFirst().date().atStartOfDay(),
            LocalDate.ofInstant(Window.MORNING, ZoneOffset.UTC).atStartOfDay());
    window =
        new Window(directory)
            .dealingIn(Currency.getInstance(currency))
            .printingInto(paper, slips)
            .enrolled(DeviceKind.TILL, 0, days.items())
            .open()
            .atTheCounter();
  }

  @AfterEach
  void close() {
    window.close();
  }

  @Test
  void whatWasSoldAndTakenBackOnTwoDays() throws Exception {
    open("two-days.csv", "GBP");
    assertThat(days.rows()).hasSize(50);
    assertThat(days.days()).extracting(Day::total).containsExactly(87_492L, 309L);
    assertThat(days.days().getFirst().originals()).hasSize(3);
    theDrawerTheBooksAndThePapersSayWhatTheFileAddsUpTo();
  }

  /** All that store 2190 bought of the State of Iowa on 2021-10-14, as if it were sold there. */
  @Test
  void everythingOfOneDayOfAStore() throws Exception {
    open("store-day.csv", "USD");
    assertThat(days.rows()).hasSize(110);
    assertThat(days.invoices()).hasSize(11);
    assertThat(days.days()).extracting(Day::total).containsExactly(4_002_665L);
    theDrawerTheBooksAndThePapersSayWhatTheFileAddsUpTo();
  }

  /**
   * All that a shop for gifts sold and took back on 12 December 2010: 44 sales of up to 137 rows,
   * goods at another price than usual among them, and cancellations of what was sold before.
   */
  @Test
  void everythingOfOneDayOfAShopForGifts() throws Exception {
    open("whole-day.csv", "GBP");
    assertThat(days.rows()).hasSize(1_451);
    assertThat(days.invoices()).hasSize(51);
    assertThat(days.repriced(days.days().getFirst())).hasSize(28);
    theDrawerTheBooksAndThePapersSayWhatTheFileAddsUpTo();
  }

  private void theDrawerTheBooksAndThePapersSayWhatTheFileAddsUpTo() {
    List<Day> each = days.days();
    for (Day day : each) {
      if (day != each.getFirst()) {
        opened(day);
      }
      for (Invoice invoice : day.invoices()) {
        window.clock.set(now(invoice.at()).toInstant(ZoneOffset.UTC));
        if (!invoice.takesBack()) {
          sold(invoice);
        } else if (days.original(invoice).isPresent()) {
          cameBack(invoice, days.original(invoice).get());
        } else {
          cameBackWithoutReceipt(invoice);
        }
      }
      closed(day);
      agrees(day);
    }
    assertThat(paper).hasSameSizeAs(days.invoices());
    days.invoices().forEach(this::printed);
  }

  private LocalDateTime now(LocalDateTime then) {
    return then.plus(since);
  }

  private void opened(Day day) {
    window.press(KeyCode.ENTER);
    window.awaitText("Open a shift");
    window.clock.set(now(day.date().atTime(8, 2)).toInstant(ZoneOffset.UTC));
    window.type(Long.toString(FLOAT));
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }

  private void sold(Invoice invoice) {
    long items = 0;
    for (Row row : invoice.rows()) {
      if (row.count() > 1) {
        window.type(row.count() + "*");
        window.awaitText(String.format(Locale.ROOT, "%,d ×", row.count()));
      }
      window.scan(row.code());
      items += row.count();
      window.awaitText(
          items == 1 ? "Sale · one item" : String.format(Locale.ROOT, "Sale · %,d items", items));
      if (row.price() != days.listed(row)) {
        window.press(KeyCode.P, KeyCombination.SHORTCUT_DOWN);
        window.awaitText("Listed at " + pounds(days.listed(row)));
        window.type(Long.toString(row.price()));
        window.press(KeyCode.ENTER);
        approved("Selling at another price");
        // A scan over the sheet would be refused.
        window.await(() -> !window.sees("A supervisor approves"));
        window.awaitText("instead of " + pounds(days.listed(row)) + " each");
      }
    }
    window.assertSees(pounds(invoice.total()));
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    if (invoice.byCard()) {
      window.type("c");
      window.awaitText("Terminal reference");
      window.click("Card paid " + pounds(invoice.total()));
    } else if (invoice.customer().isEmpty()) {
      window.press(KeyCode.ENTER);
    } else {
      long notes = (invoice.total() / 2_000 + 1) * 2_000;
      window.type(Long.toString(notes));
      window.awaitText(pounds(notes - invoice.total()));
      window.press(KeyCode.ENTER);
    }
    done(invoice);
  }

  private void cameBack(Invoice invoice, Invoice original) {
    found(original);
    window.awaitText(
        "%d sold for %s"
            .formatted(
                original.rows().getFirst().count(), pounds(original.rows().getFirst().amount())));
    if (original.total() == -invoice.total()) {
      window.type("a");
    } else {
      invoice.rows().forEach(this::chosen);
    }
    window.awaitText("To give back");
    window.assertSees(pounds(-invoice.total()));
    window.press(KeyCode.F12);
    window.awaitText("Why does it come back?");
    window.type("2");
    window.awaitText("Give money back");
    window.assertSees(original.byCard() ? "on the card terminal" : "out of the drawer");
    window.press(KeyCode.ENTER);
    approved("Taking goods back on a receipt");
    done(invoice);
  }

  /** By the number, by the code on the paper, or by what it came to. */
  private void found(Invoice original) {
    int place = days.invoices().indexOf(original);
    window.press(KeyCode.F7);
    window.awaitText("The last receipts");
    switch (place % 4) {
      case 3 -> window.scan(paper.get(place).check());
      case 1 -> {
        window.type(days.receipt(original));
        window.press(KeyCode.ENTER);
      }
      default -> {
        window.type(pounds(original.total()));
        window.press(KeyCode.ENTER);
        window.awaitText("Receipts that fit");
        window.press(KeyCode.ENTER);
      }
    }
  }

  /** One is scanned, and how many there are is typed. */
  private void chosen(Row row) {
    window.scan(row.code());
    window.await(() -> window.sees(pounds(row.price())));
    if (row.count() < -1) {
      window.type("q");
      window.awaitText("How much of " + row.name() + " comes back?");
      window.type(Long.toString(-row.count()));
      window.press(KeyCode.ENTER);
      window.await(() -> !window.sees("How much of"));
    }
  }

  private void cameBackWithoutReceipt(Invoice invoice) {
    for (Row row : invoice.rows()) {
      window.press(KeyCode.F7);
      window.awaitText("The last receipts");
      window.press(KeyCode.F8);
      window.awaitText("Goods without a receipt");
      window.type(row.code());
      window.press(KeyCode.ENTER);
      window.awaitText("How many come back");
      window.type(Long.toString(-row.count()));
      window.press(KeyCode.ENTER);
      window.press(KeyCode.ENTER);
      window.awaitText("Why does it come back?");
      window.type("2");
      window.awaitText("−" + pounds(-row.amount()));
    }
    window.press(KeyCode.F12);
    window.awaitText("Cash out of the drawer");
    window.press(KeyCode.ENTER);
    approved("Taking goods back without their receipt");
    done(invoice);
  }

  private void approved(String act) {
    window.awaitText("A supervisor approves");
    window.assertSees(act);
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
  }

  private void done(Invoice invoice) {
    window.awaitText("Receipt " + days.receipt(invoice));
    window.await(() -> paper.size() == days.invoices().indexOf(invoice) + 1);
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }

  /** The drawer holds what the file says; nobody has told the cashier how much that is. */
  private void closed(Day day) {
    int before = slips.size();
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    window.type("z");
    window.awaitText("Count the drawer");
    assertThat(window.sees(pounds(FLOAT + day.cash()))).as("what should be there").isFalse();
    window.press(KeyCode.F2);
    window.type(Long.toString(FLOAT + day.cash()));
    window.awaitText(pounds(FLOAT + day.cash()));
    window.press(KeyCode.F12);
    window.awaitText("The drawer is right.");
    window.press(KeyCode.ENTER);
    window.awaitText("is closed");
    window.await(() -> slips.size() == before + 1);
  }

  private void agrees(Day day) {
    String first = days.receipt(day.invoices().getFirst());
    String last = days.receipt(day.invoices().getLast());
    ShiftReport z = window.device().ledger().lastReport().orElseThrow();
    assertThat(z.currency()).isEqualTo(days.currency());
    assertThat(z.figures().sales()).isEqualTo(day.invoices().size());
    assertThat(z.figures().total()).isEqualTo(day.total());
    assertThat(z.figures().refunds()).isEqualTo(new Sum(day.refunds(), day.returned()));
    assertThat(z.figures().by(Means.CASH)).isEqualTo(day.cash());
    assertThat(z.figures().by(Means.CARD)).isEqualTo(day.card());
    List<Row> repriced = days.repriced(day);
    assertThat(z.figures().repriced())
        .isEqualTo(
            new Sum(
                repriced.size(),
                repriced.stream()
                    .mapToLong(row -> row.count() * (days.listed(row) - row.price()))
                    .sum()));
    assertThat(z.figures().firstReceipt()).isEqualTo(first);
    assertThat(z.figures().lastReceipt()).isEqualTo(last);
    assertThat(z.expected()).isEqualTo(FLOAT + day.cash());
    assertThat(z.count()).isNotNull();
    assertThat(z.count().total()).isEqualTo(FLOAT + day.cash());

    DayTotals books = window.device().books().totals(now(day.date().atStartOfDay()).toLocalDate());
    assertThat(books.sales()).isEqualTo(day.invoices().size());
    assertThat(books.total().minor()).isEqualTo(day.total());
    assertThat(books.cash().minor()).isEqualTo(day.cash());
    assertThat(books.card().minor()).isEqualTo(day.card());

    assertThat(slips.getLast().lay())
        .extracting(line -> line.text().strip().replaceAll(" {2,}", " | "))
        .contains(
            "Receipts | " + day.invoices().size(),
            "First receipt | " + first,
            "Last receipt | " + last,
            "Total | " + pounds(day.total()),
            "Refunds (" + day.refunds() + ") | " + pounds(day.returned()),
            "Cash of sales | " + pounds(day.cash()),
            "Expected | " + pounds(FLOAT + day.cash()),
            "Counted | " + pounds(FLOAT + day.cash()),
            (day.card() == 0 ? "Cash | " : "Card | ")
                + pounds(day.card() == 0 ? day.cash() : day.card()))
        .anyMatch(line -> line.matches("Gifts \\([0-9,]+\\) \\| " + pounds(day.total())));
  }

  /** Every row of the file stands on its receipt, and nothing else does. */
  private void printed(Invoice invoice) {
    Receipt receipt = paper.get(days.invoices().indexOf(invoice));
    SaleCompleted sale = receipt.sale();
    assertThat(sale.receipt()).isEqualTo(days.receipt(invoice));
    assertThat(sale.total()).isEqualTo(invoice.total());
    Map<Tuple, Tuple> rung = new HashMap<>();
    for (Line line : sale.lines()) {
      rung.merge(
          tuple(line.product(), line.unit()),
          tuple(line.quantity(), line.amount()),
          RealDayTest::plus);
    }
    Map<Tuple, Tuple> filed = new HashMap<>();
    for (Row row : invoice.goods()) {
      filed.put(tuple(row.product(), row.price()), tuple(Quantity.of(row.count()), row.amount()));
    }
    assertThat(rung).isEqualTo(filed);
    String original = days.original(invoice).map(days::receipt).orElse(null);
    assertThat(sale.lines())
        .extracting(line -> line.returned() == null ? null : line.returned().receipt())
        .containsOnly(invoice.takesBack() ? (original == null ? "" : original) : null);
    List<String> text =
        ReceiptText.forScreen(ReceiptText.WIDE, ReceiptWords.english()).lay(receipt).stream()
            .map(ReceiptLine::text)
            .toList();
    Stream.concat(Stream.of(invoice.total()), sale.lines().stream().map(Line::amount))
        .forEach(amount -> assertThat(text).anyMatch(line -> line.endsWith(" " + pounds(amount))));
    if (original != null) {
      assertThat(text).anyMatch(line -> line.contains("Refund of " + original));
    }
  }

  private static Tuple plus(Tuple one, Tuple more) {
    List<Object> first = one.toList();
    List<Object> second = more.toList();
    return tuple(
        ((Quantity) first.get(0)).plus((Quantity) second.get(0)),
        (long) first.get(1) + (long) second.get(1));
  }

  /** Such as 1,124.12, and -0.85. */
  private static String pounds(long pence) {
    long all = Math.abs(pence);
    String sign = pence < 0 ? "-" : "";
    return String.format(Locale.ROOT, "%s%,d.%02d", sign, all / 100, all % 100);
  }
}
