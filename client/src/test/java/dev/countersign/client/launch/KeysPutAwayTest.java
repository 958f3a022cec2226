package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.Forgetting;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window that stays locked puts its keys away, and the next PIN brings everything back. */
class KeysPutAwayTest {
  private static final Duration KEPT = Duration.ofMinutes(TillRuleItem.USUAL.forgetAfterMinutes());
  private static final String ENTER_PIN = "enter your PIN";
  private static final String PUT_AWAY = "the keys were put away";

  @TempDir Path directory;

  private static void lock(Window window) {
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText(ENTER_PIN);
  }

  private static Window rungUp(Path directory) throws Exception {
    Window window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    // The shift waits to be sent, so the keys are kept for longer.
    window.awaitText("waiting since");
    return window;
  }

  private static void putAway(Window window) {
    lock(window);
    window.pass(KEPT.plus(Forgetting.FOR_WHAT_WAITS).plusMinutes(1));
    window.awaitText(PUT_AWAY);
  }

  @Test
  void theStoreIsClosedTheLockStaysAndTheBasketIsThereAfterThePin() throws Exception {
    try (Window window = rungUp(directory)) {
      OpenDevice before = window.device();
      putAway(window);
      window.assertSees(ENTER_PIN);
      window.assertFits();
      assertThat(window.client().device()).isEmpty();
      assertThat(window.client().sync()).isEmpty();
      assertThatThrownBy(() -> before.ledger().draft()).hasMessage("the store is closed");

      // Nobody can let a further person in while there is no key to give on.
      window.click("Someone else");
      window.awaitText("must unlock this device once");
      window.press(KeyCode.ESCAPE);

      window.click("Ama K.");
      window.type("9999");
      window.press(KeyCode.ENTER);
      window.awaitText("Wrong PIN");
      assertThat(window.client().device()).isEmpty();
      window.unlock("Ama K.");
      window.awaitText("Sale · one item");
      assertThat(window.device()).isNotSameAs(before);
      assertThat(window.sees(PUT_AWAY)).isFalse();
      window.press(KeyCode.F12);
      window.awaitText("Cash received");
      window.press(KeyCode.ENTER);
      window.awaitText("Receipt R2-000001");
      assertThat(window.device().outbox().state().waiting()).isEqualTo(2);
      window.awaitText("2 waiting since");
    }
  }

  @Test
  void anotherPersonOpensItAsWellAndItHappensAgain() throws Exception {
    try (Window window = rungUp(directory)) {
      putAway(window);
      window.unlock("Kofi B.");
      window.awaitText("Sale · one item");
      window.scan(Shelf.JAMESON);
      window.awaitText("Sale · 2 items");
      window.awaitText("waiting since");
      putAway(window);
      window.unlock("Ama K.");
      window.awaitText("Sale · 2 items");
    }
  }

  @Test
  void whoComesBackInTimeFindsThemAndTheTimeBeginsAnew() throws Exception {
    try (Window window = rungUp(directory)) {
      OpenDevice before = window.device();
      Duration almost = KEPT.plus(Forgetting.FOR_WHAT_WAITS).minusMinutes(5);
      for (int i = 0; i < 2; i++) {
        lock(window);
        window.pass(almost);
        assertThat(window.client().device()).containsSame(before);
        window.unlock("Ama K.");
        window.awaitText("Sale · one item");
      }
      // Nobody loses them while somebody is at the till.
      window.pass(almost.plus(almost));
      assertThat(window.client().device()).containsSame(before);
      window.assertSees("Sale · one item");
    }
  }

  @Test
  void anOfficePutsItsKeysAwayToo() throws Exception {
    try (Window window = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      OpenDevice before = window.device();
      putAway(window);
      assertThat(window.client().device()).isEmpty();
      assertThatThrownBy(() -> before.ledger().draft()).hasMessage("the store is closed");
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      window.click("Products");
      window.awaitText("Absolut");
      assertThat(window.sees("Something went wrong")).isFalse();
    }
  }

  @Test
  void aPinThatCrossesThePuttingAwayIsAskedForOnceMore() throws Exception {
    try (Window window = rungUp(directory)) {
      lock(window);
      window.click("Ama K.");
      window.type(Window.PIN);
      Runnable goOn = window.holdBack();
      window.press(KeyCode.ENTER);
      window.pass(KEPT.plus(Forgetting.FOR_WHAT_WAITS).plusMinutes(1));
      window.await(() -> window.client().device().isEmpty());
      goOn.run();
      window.awaitText(PUT_AWAY);
      window.awaitText(ENTER_PIN);
      window.unlock("Ama K.");
      window.awaitText("Sale · one item");
      assertThat(window.sees(PUT_AWAY)).isFalse();
    }
  }

  @Test
  void whoHasJustOpenedTheStoreIsNotPutOutAgainOnTheWayIn() throws Exception {
    try (Window window = rungUp(directory)) {
      putAway(window);
      window.click("Ama K.");
      window.type(Window.PIN);
      Runnable comeIn = window.holdAnswers();
      window.press(KeyCode.ENTER);
      window.await(() -> window.client().device().isPresent());
      window.pass(Duration.ofMinutes(1));
      comeIn.run();
      window.awaitText("Sale · one item");
    }
  }
}
