package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.CreditLeft;
import dev.countersign.client.ledger.CreditSlip;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.BoughtBy;
import dev.countersign.common.change.SaleCompleted.Credit;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Off;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Returned;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.Weighing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word on a receipt is one of the shop's language, and comes out of the printer as it is. */
class PaperLanguagesTest {
  private static final Path WORDS = Path.of("src/main/resources/dev/countersign/client/device");
  private static final Pattern LETTERS = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*");
  private static final PrintFonts FONTS = PrintFonts.bundled();

  /** What is on the paper and no word of the shop's: a code, a currency, a unit. */
  private static final Set<String> DATA = Set.of("EUR", "ABCD", "kg");

  private static final UUID TAX = new UUID(1, 1);

  @ParameterizedTest
  @ValueSource(strings = {"en", "fr", "de", "es", "ar"})
  void theBytesSayWhatWasLaidOut(String language) throws Exception {
    for (String environment : List.of("training", "practice", "staging", "demo", "test")) {
      EscPosReceipt format = format(language);
      Receipt receipt = everything(environment);
      Deque<Printed> printed = new LinkedList<>(EscPosReader.read(format.bytes(receipt)));
      for (ReceiptLine line : format.lines(receipt)) {
        if (printed.getFirst() instanceof Printed.Text text) {
          printed.removeFirst();
          assertThat(text.text()).isEqualTo(line.text());
        } else {
          Bitmap drawn = DrawnLine.draw(line, FONTS);
          assertThat(dots(printed, drawn.height()))
              .as(line.text())
              .isEqualTo(drawn.rows(0, drawn.height()));
        }
      }
      assertThat(printed).last().isInstanceOf(Printed.Cut.class);
    }
  }

  private static byte[] dots(Deque<Printed> printed, int high) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int seen = 0; seen < high; ) {
      Bitmap some = ((Printed.Dots) printed.removeFirst()).dots();
      all.writeBytes(some.rows(0, some.height()));
      seen += some.height();
    }
    return all.toByteArray();
  }

  /** A word that somebody writes into the program instead of the file is none of the language. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "fr", "de", "es", "ar"})
  void everyWordIsOfTheLanguage(String language) throws Exception {
    Set<String> own = new TreeSet<>(DATA);
    words(language)
        .values()
        .forEach(word -> LETTERS.matcher((String) word).results().forEach(m -> own.add(m.group())));
    Set<String> printed = new TreeSet<>();
    for (String environment : List.of("training", "practice", "staging", "demo", "test")) {
      Receipt all = everything(environment);
      for (Receipt each : List.of(all, paidOff(all))) {
        for (ReceiptLine line : format(language).lines(each)) {
          LETTERS.matcher(line.text()).results().forEach(found -> printed.add(found.group()));
        }
      }
    }
    assertThat(own).containsAll(printed);
    // And all of the file is on the paper: what nobody prints is not translated.
    Set<String> missing = new TreeSet<>(own);
    missing.removeAll(printed);
    assertThat(missing).isEmpty();
  }

  @Test
  void everyLanguageHasTheSameWords() throws Exception {
    Set<String> english = words("en").stringPropertyNames();
    for (String language : List.of("fr", "de", "es", "ar")) {
      Properties own = words(language);
      assertThat(own.stringPropertyNames()).as(language).isEqualTo(english);
      assertThat(own.values()).as(language).noneMatch(word -> ((String) word).isBlank());
    }
  }

  @Test
  void aPaperInArabicBeginsAtTheRight() {
    List<ReceiptLine> lines = format("ar").lines(everything("training"));
    assertThat(lines)
        .anyMatch(line -> line.left().equals("5.00") && line.right().startsWith("البا"));
  }

  /** Several copies of the same kind, each of its own, and nothing with letters but words. */
  private static Receipt everything(String environment) {
    List<Line> lines = new ArrayList<>();
    lines.add(line(1, List.of(new Off("", null, 100, false), new Off("", "10", 50, true)), null));
    lines.add(line(2, List.of(), new Returned("", "7-000009")));
    lines.add(line(3, List.of(), new Returned("", "")));
    lines.add(line(4, List.of(), new Returned("", ""), LineFacts.EMPTIES));
    LineFacts weighed =
        LineFacts.of("7", LocalDate.of(2026, 12, 24)).with(new Weighing(150, true)).with("8");
    lines.add(line(5, List.of(), null, weighed));
    lines.add(exempt());
    List<Paid> tenders = new ArrayList<>();
    for (Means means : Means.values()) {
      tenders.add(new Paid(means, 100, "", ""));
    }
    SaleCompleted sale =
        new SaleCompleted(
            new UUID(3, 1),
            new UUID(3, 2),
            new UUID(3, 3),
            "7-000042",
            LocalDate.of(2026, 11, 21),
            "EUR",
            lines,
            tenders,
            1234,
            200,
            2,
            500,
            List.of(),
            null,
            List.of(new Credit(new UUID(4, 1), 1000)),
            "",
            List.of(),
            100,
            List.of(),
            new BoughtBy(new UUID(6, 1), 0, "6"),
            null);
    Currency euro = Currency.getInstance("EUR");
    return new Receipt(
        List.of("1"),
        "2",
        "3",
        "4",
        Instant.parse("2026-11-21T12:30:00Z"),
        ZoneOffset.UTC,
        sale,
        List.of("5"),
        environment,
        null,
        true,
        List.of(
            new CreditSlip(
                new UUID(5, 1), CreditKind.GIFT_CARD, "ABCD", Money.of(1000, euro), null),
            new CreditSlip(
                new UUID(5, 2), CreditKind.STORE_CREDIT, "ABCD", Money.of(1000, euro), null)),
        new Receipt.Debt("", 4200L),
        List.of(
            new CreditLeft(CreditKind.GIFT_CARD, "ABCD", 700),
            new CreditLeft(CreditKind.STORE_CREDIT, "ABCD", 0)),
        "",
        false);
  }

  /** Nothing is sold: a customer pays off what they owe. */
  private static Receipt paidOff(Receipt like) {
    SaleCompleted sale = like.sale();
    UUID customer = new UUID(6, 1);
    return new Receipt(
        like.header(),
        like.store(),
        like.register(),
        like.cashier(),
        like.at(),
        like.zone(),
        new SaleCompleted(
            sale.store(),
            sale.register(),
            sale.shift(),
            sale.receipt(),
            sale.businessDate(),
            sale.currency(),
            List.of(),
            List.of(
                new Paid(Means.CASH, 500, "", ""),
                new Paid(Means.ON_ACCOUNT, -500, "", "", customer, null)),
            0,
            0,
            0,
            0,
            List.of(),
            null),
        like.footer(),
        like.environment(),
        null,
        true);
  }

  /** To a customer who does not pay the tax in its price. */
  private static Line exempt() {
    return new Line(
        6,
        new UUID(2, 6),
        "",
        "106",
        Quantity.of(2),
        500L,
        null,
        800,
        List.of(),
        null,
        List.of(),
        "",
        null,
        List.of(new Tax(TAX, "20 %", "20", 800, 200)),
        LineFacts.NONE);
  }

  private static Line line(int no, List<Off> off, Returned returned) {
    return line(no, off, returned, LineFacts.NONE);
  }

  private static Line line(int no, List<Off> off, Returned returned, LineFacts facts) {
    return new Line(
        no,
        new UUID(2, no),
        "",
        "10" + no,
        Quantity.of(2),
        500L,
        null,
        1000,
        List.of(new Tax(TAX, "20 %", "20", 800, 200)),
        null,
        off,
        "",
        returned,
        List.of(),
        facts);
  }

  private static EscPosReceipt format(String language) {
    Locale locale = Locale.forLanguageTag(language.equals("ar") ? "ar-u-nu-latn" : language);
    return new EscPosReceipt(
        PrinterProfile.wide(), ReceiptWords.of(locale), ReceiptTemplate.usual(), FONTS);
  }

  private static Properties words(String language) throws IOException {
    String name = language.equals("en") ? "paper.properties" : "paper_" + language + ".properties";
    Properties words = new Properties();
    try (Reader in = Files.newBufferedReader(WORDS.resolve(name))) {
      words.load(in);
    }
    return words;
  }
}
