package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.sync.Obstacle;
import dev.countersign.client.sync.SyncState;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Speech;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.SyncWords;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.TopBar;
import dev.countersign.client.ui.kit.TouchTyping;
import dev.countersign.client.ui.kit.View;
import dev.countersign.client.ui.kit.Wardrobe;
import dev.countersign.client.ui.kit.Words;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The bar above everything, and the one beside the office's pages, when there is little room. */
class BarsTest {
  private static final String LONG = "Harbour Street Wine & Spirits Warehouse";
  private static final SyncState OFFLINE =
      new SyncState.Waiting(128, Instant.EPOCH, Obstacle.SERVER_DOWN);

  @TempDir Path directory;

  private record Seen(String store, String status, String said, double right) {}

  private static Seen seen(Language language, String store, double width) throws Exception {
    FxToolkit.registerPrimaryStage();
    return WaitForAsyncUtils.waitForAsyncFx(
        60_000,
        () -> {
          Speech speech = new Speech(language);
          Words words = Words.beside(Surface.class, speech);
          Amounts amounts = new Amounts(speech, () -> ZoneOffset.UTC);
          TopBar bar = new TopBar(new SyncWords(words, amounts), () -> {});
          bar.place(store, words.say("bar.register", "R2"));
          bar.person("Ama Kyerewaa");
          bar.shift("Shift 128 · since 08:02");
          bar.clock("10:07");
          bar.sync(OFFLINE);
          Scene scene = new Scene(new VBox(bar), width, 200);
          Wardrobe.dress(
              scene, new View(language, Look.LIGHT, TextSize.USUAL, TouchTyping.BY_FINGER));
          for (int pass = 0; pass < 3; pass++) {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
          }
          Button sync = (Button) bar.lookup(".button");
          Label clock = (Label) bar.lookup(".clock");
          return new Seen(
              drawn((Label) bar.lookup(".store")),
              sync.getText(),
              sync.getAccessibleText(),
              clock.getBoundsInParent().getMaxX());
        });
  }

  /** As it is seen: with its line breaks, and with dots where it is cut. */
  private static String drawn(Label label) {
    assertThat(label.isWrapText()).isFalse();
    return label.getChildrenUnmodifiable().stream()
        .filter(Text.class::isInstance)
        .map(each -> ((Text) each).getText())
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void howSendingStandsSaysLessBeforeTheStoresNameGivesWay(Language language) throws Exception {
    Seen wide = seen(language, LONG, 1920);
    assertThat(wide.status()).isEqualTo(wide.said());
    assertThat(wide.store()).isEqualTo(LONG);
    Seen small = seen(language, LONG, 960);
    assertThat(small.store()).isEqualTo(LONG);
    assertThat(small.said()).as("whole for who hears it").isEqualTo(wide.said());
    assertThat(small.status()).contains("128").hasSizeLessThan(wide.said().length());
    assertThat(small.right()).isLessThanOrEqualTo(960);
  }

  @Test
  void aNameThatNoBarHasRoomForEndsInDots() throws Exception {
    Seen seen = seen(Language.ENGLISH, LONG + " of the Old Customs House", 1024);
    assertThat(seen.store()).startsWith("Harbour Street Wine").endsWith("...").doesNotContain("\n");
    assertThat(seen.right()).isLessThanOrEqualTo(1024);
  }

  @Test
  void theOpenPageIsInViewBesideAllOthers() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      for (String page : List.of("Sessions", "Today", "Keys", "Sales")) {
        window.click(page);
        window.await(() -> isInView(window, page));
      }
    }
  }

  private static boolean isInView(Window window, String page) {
    return window.onScreen(
        () -> {
          Node roll = window.scene().lookup(".side .scroll");
          Stream<Button> open = roll.lookupAll(".button.on").stream().map(Button.class::cast);
          return open.anyMatch(
              link -> {
                Bounds within = roll.localToScene(roll.getLayoutBounds());
                Bounds bounds = link.localToScene(link.getLayoutBounds());
                return link.getText().equals(page)
                    && bounds.getMinY() >= within.getMinY() - 1
                    && bounds.getMaxY() <= within.getMaxY() + 1;
              });
        });
  }
}
