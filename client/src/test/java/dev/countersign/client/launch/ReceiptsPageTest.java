package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.ReceiptLines;
import dev.countersign.common.protocol.ReceiptLogo;
import dev.countersign.server.account.Store;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.TextArea;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An owner says at the office what receipts say, sees the paper, and the store's devices hear it.
 */
class ReceiptsPageTest {
  @TempDir Path directory;

  static void write(Window window, String id, String text) {
    window.onScreen(
        () -> {
          ((TextArea) window.scene().lookup("#" + id)).setText(text);
          return id;
        });
  }

  /** The picture of the paper that is shown; null before it is drawn. */
  static Image paper(Window window) {
    return window.onScreen(
        () ->
            window.scene().getRoot().lookupAll(".image-view").stream()
                .filter(Window::shown)
                .map(ImageView.class::cast)
                .map(ImageView::getImage)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
  }

  static void awaitPaper(Window window) {
    window.await(() -> paper(window) != null);
  }

  private static String text(Window window, String id) {
    return window.onScreen(() -> ((TextArea) window.scene().lookup("#" + id)).getText());
  }

  private static ReceiptLines of(OfficeDesk desk, Store store) throws Exception {
    return desk.server
        .provisioning()
        .changeSettings(desk.tenant.id(), store.id(), settings -> settings)
        .receiptLines();
  }

  @Test
  void whatIsWrittenIsDrawnSavedAndHeardByTheOfficesOwnStore() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.giveFactor(desk.owner);
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      window.click("Receipts");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
      awaitPaper(window);
      window.awaitText("What every receipt of the store says");
      window.assertFits();
      Image before = paper(window);
      write(window, "receipts-above", "Harbour Wines Ltd\n\n  1 Quay Street ");
      write(window, "receipts-below", "Come again");
      window.click("Preview");
      window.await(() -> paper(window) != before);
      assertThat(paper(window).getHeight()).isGreaterThan(before.getHeight());
      window.click("Save");
      window.awaitText("Saved. Tills print it");
      ReceiptLines said =
          new ReceiptLines(List.of("Harbour Wines Ltd", "1 Quay Street"), List.of("Come again"));
      assertThat(of(desk, desk.store)).isEqualTo(said);
      window.await(
          () -> {
            SettingsItem heard = window.device().settings().current();
            return heard.receiptLines().equals(said);
          });

      desk.choose("receipts-store", "Harbour Street");
      window.await(() -> !text(window, "receipts-above").contains("Harbour Wines"));
      assertThat(of(desk, desk.second)).as("only looked at").isNotEqualTo(said);
      write(window, "receipts-below", "x".repeat(61));
      window.click("Save");
      window.awaitText("At most 8 lines each, of at most 60 characters");
      assertThat(of(desk, desk.second).footer()).isEmpty();
      window.assertFits();
    }
  }

  @Test
  void aLogoIsChosenDrawnSavedHeardAndTakenAwayAgain() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.giveFactor(desk.owner);
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      window.click("Receipts");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
      awaitPaper(window);
      window.awaitText("What every receipt of the store says");
      Image before = paper(window);
      Path notes = directory.resolve("notes.png");
      Files.writeString(notes, "no picture");
      window.click("Choose a logo");
      for (Path not : List.of(directory.resolve("nowhere.png"), notes)) {
        desk.field("logo-file", not.toString());
        window.click("Use it");
        window.awaitText("cannot be read as a picture");
      }
      window.assertFits();
      desk.field("logo-file", logo(directory).toString());
      window.click("Use it");
      window.await(() -> paper(window) != before);
      assertThat(paper(window).getHeight()).isGreaterThan(before.getHeight() + 60);
      window.assertFits();
      assertThat(window.device().settings().receiptLogo().none()).as("not saved yet").isTrue();
      window.click("Save");
      window.awaitText("Saved. Tills print it");
      window.await(() -> !window.device().settings().receiptLogo().none());
      ReceiptLogo heard = window.device().settings().receiptLogo();
      assertThat(heard.wide()).hasSize(80);
      assertThat(heard.narrow()).hasSize(80);

      write(window, "receipts-below", "Come again");
      window.click("Save");
      window.await(
          () -> window.device().settings().current().receiptFooter().contains("Come again"));
      assertThat(window.device().settings().receiptLogo()).isEqualTo(heard);

      window.click("No logo");
      window.click("Save");
      window.await(() -> window.device().settings().receiptLogo().none());
    }
  }

  /** A picture file of a logo, 360 dots wide and 80 high. */
  static Path logo(Path directory) throws Exception {
    BufferedImage image = new BufferedImage(360, 80, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(new Color(0x30, 0x30, 0x30));
    pen.setStroke(new BasicStroke(7));
    pen.drawOval(8, 8, 64, 64);
    pen.fillPolygon(new int[] {40, 62, 18}, new int[] {18, 56, 56}, 3);
    for (int i = 0; i < 4; i++) {
      pen.fillRoundRect(96, 10 + 16 * i, 256 - 48 * i, 10, 10, 10);
    }
    pen.dispose();
    Path file = directory.resolve("logo.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void withoutTheServerItSaysWhatIsMissing() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      desk.server.close();
      window.click("Receipts");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, "");
      window.awaitText("server");
      assertThat(window.sees("What every receipt of the store says")).isFalse();
    }
  }
}
