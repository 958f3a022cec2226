package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AlphabetTest {
  private static final PrintFonts FONTS = PrintFonts.bundled();

  @Property
  void everyTextBecomesOneByteAColumnAndNoCommand(@ForAll String text, @ForAll CodePage page) {
    Alphabet alphabet = only(page);
    String printable = alphabet.printable(text);
    List<Alphabet.Run> runs = alphabet.runs(printable, page).orElseThrow();
    byte[] bytes = EscPosReceipt.joined(runs.stream().map(Alphabet.Run::bytes).toList());
    assertThat(bytes).hasSize(printable.length());
    assertThat(new String(bytes, page.charset())).isEqualTo(printable);
    for (byte b : bytes) {
      assertThat(b & 0xff).isGreaterThanOrEqualTo(0x20).isNotEqualTo(0x7f);
    }
  }

  @Property
  void whatIsDrawnHoldsNoCommandEither(@ForAll String text) {
    Alphabet alphabet = new Alphabet(List.of(CodePage.PC858), FONTS);
    assertThat(alphabet.printable(text).codePoints()).noneMatch(Alphabet::isInvisible);
  }

  @Test
  void eachPageKeepsWhatItHasAndSpellsOutWhatItLacks() {
    assertThat(only(CodePage.PC858).printable("Größe 5 € × Crème")).isEqualTo("Größe 5 € × Crème");
    assertThat(only(CodePage.PC437).printable("Größe 5 € × Crème"))
        .isEqualTo("Größe 5 EUR x Crème");
    assertThat(only(CodePage.WPC1252).printable("“Žlutý” kůň…")).isEqualTo("“Žlutý” kun…");
    assertThat(only(CodePage.PC858).printable("Łódź œuf ﬁn 茶")).isEqualTo("Lódz oeuf fin ?");
  }

  @Test
  void theEuroIsTheByteThatThePageSays() {
    assertThat(only(CodePage.PC858).runs("€", CodePage.PC858).orElseThrow().getFirst().bytes())
        .containsExactly(0xd5);
    assertThat(only(CodePage.WPC1252).runs("€", CodePage.WPC1252).orElseThrow().getFirst().bytes())
        .containsExactly(0x80);
  }

  @Test
  void aDecomposedAccentIsOneLetter() {
    assertThat(only(CodePage.PC437).printable("e\u0301")).isEqualTo("é");
  }

  @Test
  void aLineMayTakeItsLettersFromSeveralPages() {
    Alphabet alphabet = new Alphabet(List.of(CodePage.PC858, CodePage.PC852), null);
    assertThat(alphabet.printable("Łódź café 5 €")).isEqualTo("Łódź café 5 €");
    assertThat(alphabet.runs("Łódź 5 €", CodePage.PC858).orElseThrow())
        .extracting(Alphabet.Run::page)
        .containsExactly(CodePage.PC852, CodePage.PC858);
  }

  @Test
  void onlyWhatNoPageHasIsDrawn() {
    Alphabet alphabet = new Alphabet(List.of(CodePage.PC858), FONTS);
    assertThat(alphabet.printable("شاي “mint”")).isEqualTo("شاي \"mint\"");
    assertThat(alphabet.runs("شاي", CodePage.PC858)).isEmpty();
    assertThat(alphabet.runs("mint", CodePage.PC858)).isPresent();
  }

  private static Alphabet only(CodePage page) {
    return new Alphabet(List.of(page), null);
  }
}
