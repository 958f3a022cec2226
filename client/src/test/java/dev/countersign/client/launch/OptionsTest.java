package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.chest.KeyStores;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.View;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private static final Options USUAL = Options.usual(Path.of("/home/someone"), "till");

  @Test
  void withoutArgumentsTheUsualPlaces() {
    Options options = Options.parse(List.of(), USUAL);
    assertThat(options.folder()).isEqualTo(Path.of("/home/someone/.countersign/till"));
    assertThat(options.chest()).isEqualTo(Path.of("/home/someone/.countersign/till-chest"));
    assertThat(options.view()).isEqualTo(View.Wish.NONE);
  }

  @Test
  void everyArgumentIsHeard() {
    Options options =
        Options.parse(
            List.of(
                "--folder",
                "/a/two",
                "--chest",
                "/b",
                "--key-store",
                "file",
                "--new-key",
                "--dark",
                "--language",
                "ar",
                "--large-text",
                "--size",
                "1920x1080",
                "--printer",
                "/dev/usb/lp0",
                "--terminal",
                "10.0.0.7:7070"),
            USUAL);
    assertThat(options)
        .isEqualTo(
            new Options(
                Path.of("/a/two"),
                Path.of("/b"),
                KeyStores.Wish.FILE,
                true,
                new View.Wish(Language.ARABIC, Look.DARK, TextSize.LARGE, null),
                1920,
                1080,
                Path.of("/dev/usb/lp0"),
                "10.0.0.7:7070",
                null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.7", ":7070", "10.0.0.7:0", "10.0.0.7:65536", "a:b"})
  void aTerminalHasAHostAndAPort(String address) {
    assertThatThrownBy(() -> Options.parse(List.of("--terminal", address), USUAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host:port");
  }

  @Test
  void theChestFollowsTheFolder() {
    assertThat(Options.parse(List.of("--folder", "/a/two"), USUAL).chest())
        .isEqualTo(Path.of("/a/two-chest"));
  }

  @Test
  void theKeyStoreIsTheMachinesUnlessSomebodySaysOtherwise() {
    assertThat(Options.parse(List.of(), USUAL).keyStore()).isEqualTo(KeyStores.Wish.USUAL);
    assertThat(Options.parse(List.of("--key-store", "system"), USUAL).keyStore())
        .isEqualTo(KeyStores.Wish.SYSTEM);
    assertThatThrownBy(() -> Options.parse(List.of("--key-store", "cloud"), USUAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--key-store");
  }

  @Test
  void theChestMayNotLieInTheFolder() {
    assertThatThrownBy(() -> Options.parse(List.of("--folder", "/a", "--chest", "/a/chest"), USUAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1024", "1024x", "x768", "10x10", "99999x99999", "1024x768x1", "axb"})
  void aSizeThatIsNoneIsRefused(String size) {
    assertThatThrownBy(() -> Options.parse(List.of("--size", size), USUAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--folder", "--key-store", "--size", "--printer", "--bright"})
  void whatIsUnknownOrLacksItsValueIsRefusedByName(String argument) {
    assertThatThrownBy(() -> Options.parse(List.of(argument), USUAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(argument);
  }
}
