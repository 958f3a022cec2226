package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.Question;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.QuestionItem;
import dev.countersign.common.protocol.FeedBody.QuestionItem.Edited;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manager goes through what the server questioned; no server is needed for it. */
class WorklistTest {
  private static final UUID TILL = UUID.randomUUID();
  private static final Instant MORNING = Instant.parse("2026-11-21T08:12:00Z");

  @TempDir Path directory;
  private Window window;
  private Product absolut;

  @Test
  void aDecisionIsSignedSentAndShownAsWaitingUntilTheServerHasIt() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      opened(office);
      window.awaitText("Worklist · 3");
      open(0);
      window.awaitText("More came back than was left.");
      note("asked the customer");
      window.click("Let it count");
      window.awaitText("Worklist · 2");
      open(1);
      window.awaitText("wanted 18.99, found 19.99");
      window.click("Apply it again");
      window.awaitText("Worklist · 1");
      assertThat(window.device().catalogue().byId(absolut.id()).orElseThrow().price().minor())
          .isEqualTo(1899);
      open(2);
      window.click("I have seen it");
      window.await(() -> !window.sees("Worklist ·"));
      assertThat(window.device().books().questions()).hasSize(3).allMatch(Question::pending);
      assertThat(window.device().outbox().state().waiting()).isEqualTo(4);
      open(0);
      window.awaitText("You have decided on this");
      assertThat(window.sees("Let it count")).isFalse();
    }
  }

  @Test
  void whatIsWrongInItselfCanOnlyBeRejected() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      opened(office);
      hear(item(9, "sale.completed", Verdict.QUARANTINED, "sums-do-not-agree", false, List.of()));
      window.awaitText("Worklist · 4");
      open(3);
      window.awaitText("Reject");
      assertThat(window.sees("Let it count")).isFalse();
      window.click("Reject");
      window.awaitText("Worklist · 3");
    }
  }

  @Test
  void whatSomebodyNoticedStandsFirstWithWhoAndWhereAndWhat() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      opened(office);
      hear(noticed());
      window.awaitText("Worklist · 4");
      open(0);
      window.awaitText("Something noticed");
      window.assertSees("Register 2");
      window.assertSees("Kofi B.");
      window.assertSees("Something is plugged in or built on");
      window.assertSees("a box between the cables");
      window.click("I have seen it");
      window.awaitText("Worklist · 3");
      window.click("Something is wrong here…");
      window.awaitText("What did you notice?");
      window.type("5");
      window.type("wanted the codes");
      window.press(KeyCode.ENTER);
      window.awaitText("Hang up");
      assertThat(window.device().outbox().state().waiting()).isEqualTo(2);
    }
  }

  private static QuestionItem noticed() {
    return new QuestionItem(
        TILL,
        "Register 2",
        7,
        7,
        "suspicion.reported",
        Verdict.FLAGGED.name(),
        "suspicion-reported",
        MORNING.plusSeconds(9_000),
        MORNING,
        "Kofi B.",
        "",
        null,
        List.of(),
        false,
        null,
        "",
        null,
        "",
        new QuestionItem.Reported("STRANGE_DEVICE", "a box between the cables"));
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void theWorklistFits(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    try (Window office =
        new Window(directory).enrolled(DeviceKind.OFFICE, 0).open(look, 1024, 768)) {
      window = office;
      window.clock.set(Instant.parse("2026-11-21T19:40:00Z"));
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      window.click("Worklist");
      window.awaitText("Nothing to decide");
      camera.picture(window, "office-worklist-empty");
      questions();
      window.awaitText("Worklist · 3");
      window.assertSees("It is more than a week old, and one more reason.");
      camera.picture(window, "office-worklist");
      open(0);
      window.awaitText("More came back");
      camera.picture(window, "office-decision");
      window.press(KeyCode.ESCAPE);
      open(1);
      window.awaitText("Apply it again");
      camera.picture(window, "office-decision-product");
      window.press(KeyCode.ESCAPE);
      hear(noticed());
      window.awaitText("Worklist · 4");
      open(0);
      window.awaitText("Something noticed");
      camera.picture(window, "office-decision-suspicion");
    }
    assertThat(camera.defects()).isEmpty();
  }

  private void opened(Window office) throws Exception {
    window = office;
    window.unlock("Esi L.");
    window.awaitText("Sales by hour");
    questions();
    window.awaitText("Worklist · 3");
    window.onScreen(
        () -> {
          window.scene().getRoot().lookupAll(".side .button").stream()
              .map(javafx.scene.control.Button.class::cast)
              .filter(button -> button.getText().startsWith("Worklist"))
              .forEach(javafx.scene.control.Button::fire);
          return true;
        });
  }

  private void questions() throws Exception {
    absolut = window.device().catalogue().search("Absolut", 1).getFirst();
    hear(
        item(1, "sale.completed", Verdict.QUARANTINED, "refund-exceeds", true, List.of()),
        item(
            2,
            "product.changed",
            Verdict.SUPERSEDED,
            "superseded-price",
            false,
            List.of(new Edited(absolut.id(), "PRICE", "2099", "1899", "1999"))),
        item(3, "sale.completed", Verdict.FLAGGED, "old,clock-ahead", false, List.of()));
  }

  private static QuestionItem item(
      long number,
      String type,
      Verdict verdict,
      String code,
      boolean acceptable,
      List<Edited> edits) {
    boolean sale = type.equals("sale.completed");
    @Nullable Long total = sale ? (Long) (-3299L) : null;
    return new QuestionItem(
        TILL,
        "Register 2",
        number,
        number,
        type,
        verdict.name(),
        code,
        MORNING.plusSeconds(number * 600),
        MORNING,
        "Kofi B.",
        sale ? "R2-00021" + number : "",
        total,
        edits,
        acceptable,
        null,
        "",
        null,
        "",
        null);
  }

  private void hear(QuestionItem... items) throws Exception {
    var replica = window.device().replica();
    for (QuestionItem item : items) {
      long next = replica.cursor() + 1;
      replica.apply(
          new FeedPage(
              replica.epoch(), next, false, List.of(FeedItem.of(next, UUID.randomUUID(), item))));
    }
  }

  /** Opens a row of the list, in the order that the questions were received. */
  private void open(int row) {
    window.await(() -> table().getItems().size() > row);
    window.onScreen(
        () -> {
          table().getSelectionModel().clearAndSelect(row);
          return true;
        });
    window.click("Open");
  }

  private TableView<?> table() {
    for (Node node : window.scene().getRoot().lookupAll(".table-view")) {
      if (node instanceof TableView<?> table && Window.shown(table)) {
        return table;
      }
    }
    return new TableView<>();
  }

  private void note(String text) {
    window.onScreen(
        () -> {
          window.scene().getRoot().lookupAll(".sheet-box .text-field").stream()
              .map(TextField.class::cast)
              .forEach(field -> field.setText(text));
          return true;
        });
  }
}
