package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CodePageTest {
  @Property
  void everyTextBecomesOneByteAColumnAndNoCommand(@ForAll String text, @ForAll CodePage page) {
    String printable = page.printable(text);
    byte[] bytes = page.encode(printable);
    assertThat(bytes).hasSize(printable.length());
    assertThat(new String(bytes, page.charset())).isEqualTo(printable);
    for (byte b : bytes) {
      assertThat(b & 0xff).isGreaterThanOrEqualTo(0x20).isNotEqualTo(0x7f);
    }
  }

  @Test
  void eachPageKeepsWhatItHasAndSpellsOutWhatItLacks() {
    assertThat(CodePage.PC858.printable("Größe 5 € × Crème")).isEqualTo("Größe 5 € × Crème");
    assertThat(CodePage.PC437.printable("Größe 5 € × Crème")).isEqualTo("Größe 5 EUR x Crème");
    assertThat(CodePage.WPC1252.printable("“Žlutý” kůň…")).isEqualTo("“Žlutý” kun…");
    assertThat(CodePage.PC858.printable("Łódź œuf ﬁn 茶")).isEqualTo("Lódz oeuf fin ?");
  }

  @Test
  void theEuroIsTheByteThatThePageSays() {
    assertThat(CodePage.PC858.encode("€")).containsExactly(0xd5);
    assertThat(CodePage.WPC1252.encode("€")).containsExactly(0x80);
  }

  @Test
  void aDecomposedAccentIsOneLetter() {
    assertThat(CodePage.PC437.printable("e\u0301")).isEqualTo("é");
  }
}
