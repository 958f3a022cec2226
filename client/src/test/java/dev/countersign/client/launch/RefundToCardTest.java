package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.terminal.SimulatedTerminal.Manner;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Money goes back to a card by the terminal beside the till, as a cashier sees it. */
class RefundToCardTest {
  @TempDir Path directory;
  private SimulatedTerminal terminal;
  private Window window;

  @BeforeEach
  void aSalePaidByCard() throws Exception {
    terminal = SimulatedTerminal.start(_ -> Manner.APPROVE);
    window =
        new Window(directory).charging(terminal).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    pay(window, "", Shelf.JAMESON);
  }

  @AfterEach
  void close() throws Exception {
    window.close();
    terminal.close();
  }

  /**
   * Sells this for a card, or so much of it, the rest for cash.
   *
   * @param byCard digits as they are typed; empty for all
   */
  static void pay(Window window, String byCard, String code) {
    window.scan(code);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type(byCard);
    window.type("c");
    if (!byCard.isEmpty()) {
      window.awaitText("Card · ends 4242");
      window.press(KeyCode.ENTER);
    }
    window.awaitText("Next customer");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }

  /** To the screen on which money is given back for all of the last receipt, once it says this. */
  static void bringBack(Window window, String where) {
    window.press(KeyCode.F7);
    window.awaitText("The last receipts");
    window.awaitText("R2-000001 ·");
    window.press(KeyCode.ENTER);
    window.awaitText("1 sold for");
    window.type("+");
    window.awaitText("To give back");
    window.press(KeyCode.F12);
    window.awaitText("Why does it come back?");
    window.type("2");
    window.awaitText(where);
  }

  static void approve(Window window, String act) {
    window.awaitText("A supervisor approves");
    window.assertSees(act);
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
  }

  private static final String TAKING_BACK = "Taking goods back on a receipt";

  @Test
  void theTerminalSendsItOnceSomebodyHasAgreed() {
    bringBack(window, "To card ends 4242");
    window.press(KeyCode.ENTER);
    window.awaitText("A supervisor approves");
    assertThat(terminal.refunded()).as("nobody has agreed yet").isEmpty();
    approve(window, TAKING_BACK);
    window.awaitText("Receipt R2-000002");
    assertThat(terminal.refunded().values()).containsExactly(3_299L);
    assertThat(lastSale().tenders()).containsExactly(new Paid(Means.CARD, -3_299, "SIM-2", "4242"));
  }

  @Test
  void whatTheTerminalRefusesGoesAnotherWay() {
    terminal.behave(_ -> Manner.DECLINE);
    bringBack(window, "To card ends 4242");
    window.press(KeyCode.ENTER);
    approve(window, TAKING_BACK);
    window.awaitText("The terminal does not send it (simulated)");
    window.assertFits();
    window.click("Choose another way");
    window.press(KeyCode.F7);
    window.awaitText("To store credit");
    window.press(KeyCode.ENTER);
    approve(window, TAKING_BACK);
    window.awaitText("Receipt R2-000002");
    assertThat(lastSale().tenders().getFirst().means()).isEqualTo(Means.STORE_CREDIT);
    assertThat(terminal.refunded()).isEmpty();
  }

  @Test
  void aTerminalThatIsOffIsSaidAndAnotherOneCanGiveBack() throws Exception {
    bringBack(window, "To card ends 4242");
    terminal.close();
    window.press(KeyCode.ENTER);
    approve(window, TAKING_BACK);
    window.awaitText("The terminal was not reached");
    window.click("Give it back on another terminal");
    window.awaitText("Receipt R2-000002");
    assertThat(lastSale().tenders()).containsExactly(new Paid(Means.CARD, -3_299, "SIM-1", "4242"));
  }

  @Test
  void whenNobodyKnowsTheTillAsksAfterARestartAndLeavesNothingBehind() throws Exception {
    unplugAfter(Manner.LOSE_ANSWER);
    bringBack(window, "To card ends 4242");
    window.press(KeyCode.ENTER);
    approve(window, TAKING_BACK);
    window.awaitText("Did 32.99 go back to the card?");
    window.assertFits();
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.ESCAPE);
    window.awaitText("The terminal has not answered yet");
    window.awaitText("Did 32.99 go back to the card?");
    window.reopen();
    window.unlock("Ama K.");
    window.awaitText("Did 32.99 go back to the card?");
    terminal.plugIn();
    window.click("Ask the terminal again");
    approve(window, TAKING_BACK);
    window.awaitText("Receipt R2-000002");
    assertThat(terminal.refunded().values()).containsExactly(3_299L);
    assertThat(lastSale().tenders()).containsExactly(new Paid(Means.CARD, -3_299, "SIM-2", "4242"));
  }

  @Test
  void theCashierSaysThatItWentBack() {
    unplugAfter(Manner.LOSE_ANSWER);
    bringBack(window, "To card ends 4242");
    window.press(KeyCode.ENTER);
    approve(window, TAKING_BACK);
    window.awaitText("Did 32.99 go back to the card?");
    window.click("Yes, it went back");
    window.awaitText("Type what the slip of the card terminal says");
    window.assertFits();
    window.onScreen(
        () -> {
          ((TextField) window.scene().lookup("#card-reference")).setText("77 100");
          return true;
        });
    window.click("Went back 32.99");
    window.awaitText("has gone back to the card, 77 100");
    window.assertSees("Finish the refund");
    assertThat(window.sees("back to the sale")).isFalse();
    window.press(KeyCode.ESCAPE);
    window.awaitText("The rest must be given back too");
    // Who agreed to it as it stands is not asked again.
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000002");
    window.assertSees("Given back");
    window.assertSees("32.99");
    assertThat(lastSale().tenders())
        .containsExactly(new Paid(Means.CARD, -3_299, "77 100", "4242"));
  }

  @Test
  void theTillCanBeLockedWhileTheTerminalIsAtIt() {
    terminal.behave(_ -> Manner.WAIT);
    bringBack(window, "To card ends 4242");
    window.press(KeyCode.ENTER);
    approve(window, TAKING_BACK);
    window.awaitText("Giving back to the card");
    window.await(terminal::isWaiting);
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.unlock("Ama K.");
    window.awaitText("Giving back to the card");
    terminal.behave(_ -> Manner.APPROVE);
    approve(window, TAKING_BACK);
    window.awaitText("Receipt R2-000002");
    assertThat(terminal.refunded().values()).containsExactly(3_299L);
  }

  @Test
  void whatIsReadyOnlyOnceTheTillIsLockedStaysBehindTheLock() {
    bringBack(window, "To card ends 4242");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Goods come back · one item");
    Runnable answers = window.holdBack();
    window.press(KeyCode.F12);
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    answers.run();
    window.unlock("Ama K.");
    window.awaitText("Goods come back · one item");
    assertThat(window.sees("To card ends 4242")).isFalse();
  }

  /** What a terminal has sent nobody calls back, and whoever unlocks would answer for it. */
  @Test
  void nothingIsSentForSomebodyWhoHasLocked() {
    bringBack(window, "To card ends 4242");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Goods come back · one item");
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    // A supervisor, who needs nobody's word.
    window.unlock("Esi L.");
    window.awaitText("Goods come back · one item");
    window.press(KeyCode.F12);
    window.awaitText("To card ends 4242");
    Runnable answers = window.holdBack();
    window.press(KeyCode.ENTER);
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    answers.run();
    window.calm();
    assertThat(terminal.refunded()).isEmpty();
    window.unlock("Esi L.");
    window.awaitText("Goods come back · one item");
    window.press(KeyCode.F12);
    window.awaitText("To card ends 4242");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000002");
    assertThat(terminal.refunded().values()).containsExactly(3_299L);
  }

  private void unplugAfter(Manner manner) {
    terminal.behave(
        _ -> {
          terminal.unplug();
          return manner;
        });
  }

  private SaleCompleted lastSale() {
    return window.device().books().lastSale().orElseThrow().body();
  }
}
