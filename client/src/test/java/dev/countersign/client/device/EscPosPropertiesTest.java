package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Off;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Quantity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is sold, in whatever language, on whatever printer: the paper says what the sale is. */
class EscPosPropertiesTest {
  private static final PrintFonts FONTS = PrintFonts.bundled();
  private static final String CHECK = "CSR1 00000000-0000-0007 A7-000042";

  /** Letters of every page, of none, with marks apart, and what would command a printer. */
  private static final String LETTERS =
      "abcXYZ 0189#$@[\\]^`{|}~éÄßñœłżŐČЖщяαΩشايم茶€£×−“’…\u00a0\u0301\u200f\u001b\u001d\u0010\n";

  @Property(tries = 300)
  void thePrinterReadsBackWhatTheReceiptSays(
      @ForAll("sales") List<Line> lines,
      @ForAll("tenders") List<Paid> tenders,
      @ForAll("printers") PrinterProfile printer,
      @ForAll("languages") String language,
      @ForAll boolean copy,
      @ForAll boolean real) {
    Receipt receipt =
        Receipts.of(
            Receipts.sale(lines, tenders, 0, 0), real ? "production" : "practice", CHECK, copy);
    ReceiptWords words = ReceiptWords.of(Locale.of(language));
    var format = new EscPosReceipt(printer, words, ReceiptTemplate.usual(), FONTS);
    byte[] bytes = format.bytes(receipt);

    Deque<Printed> printed = new ArrayDeque<>(EscPosReader.read(bytes));
    boolean cash = tenders.stream().anyMatch(paid -> paid.means() == Means.CASH);
    if (real && !copy && cash) {
      assertThat(printed.removeFirst()).isEqualTo(new Printed.Kick(printer.drawerPin()));
    }
    StringBuilder seen = new StringBuilder();
    List<ReceiptLine> laid = format.lines(receipt);
    for (ReceiptLine line : laid) {
      // As it is read: from the right where the words are, so a long name goes on at the right.
      seen.append(language.equals("ar") ? line.right() + line.left() : line.text()).append('\n');
      read(printed, line, printer);
    }
    endsAsThePrinterCan(printed, printer);
    says(seen.toString(), lines, printer, language);
  }

  /** The line in the printer's letters as it was laid, or its dots where no page has a letter. */
  private static void read(Deque<Printed> printed, ReceiptLine line, PrinterProfile printer) {
    boolean written =
        line.text()
            .codePoints()
            .mapToObj(Character::toString)
            .allMatch(
                each ->
                    printer.pages().stream()
                        .anyMatch(page -> page.charset().newEncoder().canEncode(each)));
    if (written) {
      assertThat(printed.removeFirst()).isEqualTo(new Printed.Text(line.text(), line.style()));
      return;
    }
    assertThat(printer.pictures()).as("only a printer of pictures draws").isTrue();
    Bitmap drawn = DrawnLine.draw(line, FONTS);
    for (int from = 0; from < drawn.height(); ) {
      Printed.Dots some = (Printed.Dots) printed.removeFirst();
      assertThat(some.dots().rows(0, some.dots().height()))
          .as(line.text())
          .isEqualTo(drawn.rows(from, some.dots().height()));
      from += some.dots().height();
    }
  }

  private static void endsAsThePrinterCan(Deque<Printed> printed, PrinterProfile printer) {
    if (printer.qrDots() > 0) {
      assertThat(printed.removeFirst()).isEqualTo(new Printed.Code(CHECK, printer.qrDots()));
    } else {
      while (printed.peekFirst() instanceof Printed.Dots) {
        printed.removeFirst();
      }
    }
    Printed end = printer.cuts() ? new Printed.Cut() : new Printed.Feed(5);
    assertThat(printed).containsExactly(end);
  }

  /** Every plain name and every amount, read from the sale and not from how it was laid out. */
  private static void says(String seen, List<Line> lines, PrinterProfile printer, String language) {
    String packed = seen.replaceAll("\\s", "");
    String point = language.equals("en") || language.equals("ar") ? "." : ",";
    for (Line line : lines) {
      if (line.name().matches("[A-Za-z0-9 ]+")) {
        assertThat(packed).contains(line.name().replaceAll("\\s", ""));
      }
      // What it costs stands on its own line, and what was given off beneath it; below a thousand.
      long off = line.off().stream().mapToLong(Off::amount).sum();
      long amount = Math.abs(line.amount() + off);
      assertThat(packed)
          .as("line %s in %s on %s", line, language, printer)
          .contains(String.format(Locale.ROOT, "%d%s%02d", amount / 100, point, amount % 100));
    }
  }

  @Provide
  Arbitrary<String> languages() {
    return Arbitraries.of("en", "fr", "de", "es", "ar");
  }

  @Provide
  Arbitrary<PrinterProfile> printers() {
    Arbitrary<List<CodePage>> pages =
        Arbitraries.of(CodePage.values()).list().uniqueElements().ofMinSize(1).ofMaxSize(4);
    return Combinators.combine(
            Arbitraries.integers().between(ReceiptText.NARROW, 64),
            pages,
            Arbitraries.of(0, 3, 8),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(0, 1))
        .as(PrinterProfile::new);
  }

  @Provide
  Arbitrary<List<Paid>> tenders() {
    return Arbitraries.of(Means.values())
        .map(means -> new Paid(means, 100, "Ref 7", "4711"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<Line>> sales() {
    Arbitrary<String> odd = Arbitraries.strings().withChars(LETTERS.toCharArray()).ofMaxLength(60);
    Arbitrary<String> plain =
        Arbitraries.strings().alpha().numeric().withChars(' ').ofMinLength(1).ofMaxLength(40);
    Arbitrary<String> names = Arbitraries.oneOf(odd, plain);
    return Combinators.combine(
            names,
            Arbitraries.of("1", "2", "13", "-1", "0.345"),
            Arbitraries.longs().between(0, 99_000),
            Arbitraries.longs().between(0, 500),
            names,
            Arbitraries.of("0", "7", "20"))
        .as(EscPosPropertiesTest::line)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(EscPosPropertiesTest::numbered);
  }

  private static Line line(
      String name, String quantity, long unit, long off, String note, String rate) {
    long sum = quantity.startsWith("-") ? -unit : unit;
    List<Off> offs = new ArrayList<>();
    if (off > 0 && sum > 0) {
      offs.add(new Off(note, off % 2 == 0 ? "10" : null, off, off % 3 == 0));
    }
    List<Tax> taxes = List.of(new Tax(new UUID(1, rate.length()), "VAT", rate, sum, sum / 6));
    return new Line(
        1,
        new UUID(2, 1),
        "0008",
        name,
        Quantity.parse(quantity),
        unit,
        null,
        sum,
        taxes,
        null,
        offs,
        note);
  }

  private static List<Line> numbered(List<Line> lines) {
    List<Line> numbered = new ArrayList<>();
    for (Line line : lines) {
      numbered.add(
          new Line(
              numbered.size() + 1,
              line.product(),
              line.code(),
              line.name(),
              line.quantity(),
              line.unit(),
              line.listed(),
              line.amount(),
              line.taxes(),
              line.refunds(),
              line.off(),
              line.note()));
    }
    return numbered;
  }
}
