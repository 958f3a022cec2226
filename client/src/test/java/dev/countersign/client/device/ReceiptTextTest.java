package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.client.device.ReceiptLine.Style;
import dev.countersign.client.ledger.CreditLeft;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.CreditKind;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTextTest {
  private static final ReceiptWords WORDS = ReceiptWords.english();
  private final ReceiptText wide = new ReceiptText(42, WORDS, only(CodePage.PC858));

  @Test
  void whatACustomerOwesWithThisSaleStandsBelowTheSums() {
    Receipt plain = Receipts.of(Receipts.cashSale());
    Receipt owing =
        new Receipt(
            plain.header(),
            plain.store(),
            plain.register(),
            plain.cashier(),
            plain.at(),
            plain.zone(),
            plain.sale(),
            plain.footer(),
            plain.environment(),
            plain.check(),
            plain.copy(),
            plain.slips(),
            new Receipt.Debt("Ada Nwosu", 123_456),
            List.of(),
            "",
            false);
    assertThat(texts(wide.lay(owing)))
        .contains("Ada Nwosu")
        .anyMatch(
            line -> line.startsWith("Now on your account") && line.strip().endsWith("1,234.56"));
    assertThat(texts(wide.lay(plain))).noneMatch(line -> line.startsWith("Now on your account"));
  }

  @Test
  void aReceiptReadsAsTheCustomerExpects() {
    assertThat(texts(wide.lay(Receipts.of(Receipts.cashSale()))))
        .containsExactly(
            "             Corner Shop Ltd",
            "              1 Harbour Road",
            "                 Harbour",
            "",
            "Receipt A7-000042         2026-11-22 00:30",
            "Register: Front",
            "Cashier: Robin",
            "------------------------------------------",
            "Espresso beans                       12.99",
            "Oat milk",
            "  6 x 1.89                           11.34".replace("x", "×"),
            "------------------------------------------",
            "TOTAL EUR       24.33",
            "",
            "incl. VAT on 20.28                    4.05",
            "Cash                                 30.00",
            "Rounding                              0.02",
            "Change                                5.65",
            "",
            "                Thank you");
  }

  @Test
  void theDateIsTheShopsAndNotTheComputers() {
    assertThat(texts(wide.lay(Receipts.of(Receipts.cashSale()))))
        .anyMatch(line -> line.endsWith("2026-11-22 00:30"));
  }

  @Test
  void discountsStandUnderTheirLineAndAboveTheTotalAndNotesWhereTheyBelong() {
    SaleCompleted plain = Receipts.cashSale();
    SaleCompleted.Line beans = plain.lines().getFirst();
    SaleCompleted.Line less =
        new SaleCompleted.Line(
            1,
            beans.product(),
            beans.code(),
            beans.name(),
            Quantity.of(2),
            1299L,
            1399L,
            2138,
            List.of(),
            null,
            List.of(
                new SaleCompleted.Off("Short date", "12.5", 325, false),
                new SaleCompleted.Off("", null, 135, true)),
            "ground for a press");
    SaleCompleted.Line milk =
        new SaleCompleted.Line(
            2,
            beans.product(),
            "",
            "Oat milk",
            Quantity.ONE,
            189L,
            null,
            174,
            List.of(),
            null,
            List.of(new SaleCompleted.Off("", null, 15, true)),
            "");
    SaleCompleted sale =
        new SaleCompleted(
            plain.store(),
            plain.register(),
            plain.shift(),
            plain.receipt(),
            plain.businessDate(),
            "EUR",
            List.of(less, milk),
            List.of(new Paid(Means.CASH, 2312, "", "")),
            2312,
            0,
            0,
            0,
            List.of(),
            null,
            List.of(),
            "for Ann",
            List.of(),
            0);
    assertThat(texts(wide.lay(Receipts.of(sale))))
        .containsSequence(
            "Espresso beans",
            "  2 × 12.99                          25.98",
            "  -12.5 % Short date                 -3.25",
            "  ground for a press",
            "Oat milk                              1.89",
            "Discount                             -1.50",
            "------------------------------------------",
            "TOTAL EUR       23.12")
        .contains("for Ann");
  }

  @Test
  void voidedLinesAreNotPrinted() {
    assertThat(texts(wide.lay(Receipts.of(Receipts.cashSale()))))
        .noneMatch(line -> line.contains("Struck"));
  }

  @Test
  void theTotalIsTheOnlyLoudLine() {
    assertThat(wide.lay(Receipts.of(Receipts.cashSale())))
        .filteredOn(line -> line.style() == Style.LOUD)
        .singleElement()
        .satisfies(line -> assertThat(line.text()).endsWith("24.33"));
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 32, 42, 48})
  void noLineIsWiderThanThePaperAndEveryAmountEndsAtItsEdge(int columns) {
    var sale =
        Receipts.sale(
            IntStream.range(1, 200)
                .mapToObj(
                    i ->
                        Receipts.line(
                            i,
                            "Ein recht langer Artikelname mit Größe " + "x".repeat(i % 60),
                            i % 3 == 0 ? "1" : "2.5",
                            1_234_56L,
                            1_234_567_89L))
                .toList(),
            List.of(new Paid(Means.CARD, 9, "", "")),
            0,
            0);

    var lines = new ReceiptText(columns, WORDS, only(CodePage.PC858)).lay(Receipts.of(sale));

    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line.text().length())
                    .isLessThanOrEqualTo(line.style() == Style.LOUD ? columns / 2 : columns));
    assertThat(lines)
        .filteredOn(line -> line.text().endsWith("1,234,567.89"))
        .hasSize(199)
        .allSatisfy(line -> assertThat(line.text()).hasSize(columns));
  }

  @Test
  void aTotalTooLongForLoudIsPrintedSmallAndWhole() {
    var sale =
        Receipts.sale(
            List.of(Receipts.line(1, "Land", "1", null, 123_456_789_012_345_67L)), List.of(), 0, 0);
    assertThat(new ReceiptText(32, WORDS, only(CodePage.PC437)).lay(Receipts.of(sale)))
        .anySatisfy(
            line -> {
              assertThat(line.style()).isEqualTo(Style.BOLD);
              assertThat(line.text()).endsWith("123,456,789,012,345.67");
            });
  }

  @Test
  void aCopySaysSoAtTheTopAndAtTheBottom() {
    var lines = texts(wide.lay(Receipts.of(Receipts.cashSale(), "production", null, true)));
    assertThat(lines.getFirst()).contains("*** COPY ***");
    assertThat(lines.getLast()).contains("*** COPY ***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"practice", "demo", "staging", ""})
  void whatIsNotProductionSaysThatItIsNoSale(String environment) {
    var lines = texts(wide.lay(Receipts.of(Receipts.cashSale(), environment, null, false)));
    assertThat(lines.getFirst())
        .contains(environment.toUpperCase(Locale.ROOT))
        .contains("NOT A SALE");
    assertThat(lines.getLast()).contains("NOT A SALE");
  }

  @Test
  void productionCarriesNoMark() {
    assertThat(texts(wide.lay(Receipts.of(Receipts.cashSale()))))
        .noneMatch(line -> line.contains("***"));
  }

  @Test
  void aCardShowsNoMoreThanItsLastFourDigits() {
    assertThat(texts(wide.lay(Receipts.of(Receipts.cardSale()))))
        .anyMatch(line -> line.startsWith("Card *4242") && line.endsWith("4.50"));
  }

  @Test
  void aRefundShowsItsSign() {
    var sale =
        Receipts.sale(
            List.of(Receipts.line(1, "Tea", "-1", 450L, -450)),
            List.of(new Paid(Means.CASH, -450, "", "")),
            0,
            0);
    assertThat(texts(wide.lay(Receipts.of(sale))))
        .anyMatch(line -> line.startsWith("TOTAL EUR") && line.endsWith("-4.50"));
  }

  @Test
  void whatIsLeftOnACardIsSaidWithTheEndOfItsCode() {
    Receipt plain = Receipts.of(Receipts.cardSale());
    Receipt left =
        with(
            plain,
            List.of(
                new CreditLeft(CreditKind.GIFT_CARD, "K7WQ", 123_456),
                new CreditLeft(CreditKind.STORE_CREDIT, "A2B4", 0)),
            "");
    for (int columns : List.of(24, 32, 42)) {
      String paper =
          String.join(" ", texts(new ReceiptText(columns, WORDS, only(CodePage.PC858)).lay(left)));
      assertThat(paper.replaceAll("\\s+", " "))
          .contains("Left on gift card *K7WQ 1,234.56")
          .contains("Left of store credit *A2B4 0.00");
    }
    assertThat(texts(new ReceiptText(42, WORDS, only(CodePage.PC858)).lay(plain)))
        .noneMatch(line -> line.contains("Left o"));
  }

  @Test
  void aCustomersOwnLanguageIsOnTheirPaperAlone() {
    Receipt plain = Receipts.of(Receipts.cashSale());
    ReceiptText shop = new ReceiptText(42, ReceiptWords.of(Locale.GERMAN), only(CodePage.PC858));
    assertThat(texts(shop.lay(with(plain, List.of(), "fr"))))
        .anyMatch(line -> line.startsWith("Monnaie rendue") && line.endsWith("5,65"));
    assertThat(texts(shop.lay(with(plain, List.of(), "ar"))))
        .anyMatch(line -> line.startsWith("5.65"))
        .anyMatch(line -> line.endsWith("Oat milk"));
    assertThat(texts(shop.lay(plain))).anyMatch(line -> line.startsWith("SUMME"));
    assertThat(plain.in(ReceiptWords.english()).total()).isEqualTo("TOTAL");
  }

  private static Receipt with(Receipt of, List<CreditLeft> left, String language) {
    return new Receipt(
        of.header(),
        of.store(),
        of.register(),
        of.cashier(),
        of.at(),
        of.zone(),
        of.sale(),
        of.footer(),
        of.environment(),
        of.check(),
        of.copy(),
        of.slips(),
        of.debt(),
        left,
        language,
        false);
  }

  @Test
  void anAmountIsWrittenAsTheCustomersLanguageWritesIt() {
    var german = ReceiptWords.of(Locale.GERMAN);
    var lines =
        texts(
            new ReceiptText(42, german, only(CodePage.PC858))
                .lay(Receipts.of(Receipts.cashSale())));
    assertThat(lines).anyMatch(line -> line.startsWith("SUMME") && line.endsWith("24,33"));
  }

  @Test
  void otherDigitsDoNotReachAPageThatLacksThem() {
    var persian = ReceiptWords.of(Locale.forLanguageTag("fa"));
    assertThat(
            texts(
                new ReceiptText(42, persian, only(CodePage.PC858))
                    .lay(Receipts.of(Receipts.cashSale()))))
        .noneMatch(line -> line.contains("?"));
  }

  @Test
  void theScreenKeepsEveryLetterAndNoControl() {
    var sale =
        Receipts.sale(List.of(Receipts.line(1, "茶\u001b[2J Ž", "1", 450L, 450)), List.of(), 0, 0);
    assertThat(texts(ReceiptText.forScreen(42, WORDS).lay(Receipts.of(sale))))
        .anyMatch(line -> line.startsWith("茶[2J Ž"))
        .allMatch(line -> line.chars().noneMatch(Character::isISOControl));
  }

  @Test
  void paperTooNarrowForAnAmountIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReceiptText(23, WORDS, only(CodePage.PC437)));
  }

  @Test
  void aLanguageThatBeginsAtTheRightHasItsAmountsAtTheLeft() {
    var hebrew = ReceiptWords.of(Locale.forLanguageTag("he"));
    assertThat(
            texts(
                new ReceiptText(42, hebrew, only(CodePage.PC858))
                    .lay(Receipts.of(Receipts.cashSale()))))
        .anyMatch(line -> line.startsWith("12.99") && line.endsWith("Espresso beans"));
  }

  @Test
  void signsThatAreTwoColumnsWideLeaveTheAmountAtItsEdge() {
    var sale = Receipts.sale(List.of(Receipts.line(1, "茶 tea", "1", 450L, 450)), List.of(), 0, 0);
    assertThat(texts(ReceiptText.forScreen(42, WORDS).lay(Receipts.of(sale))))
        .anyMatch(line -> line.startsWith("茶 tea") && line.endsWith("4.50") && line.length() == 41);
  }

  private static UnaryOperator<String> only(CodePage page) {
    return new Alphabet(List.of(page), null)::printable;
  }

  private static List<String> texts(List<ReceiptLine> lines) {
    return lines.stream().map(ReceiptLine::text).toList();
  }
}
