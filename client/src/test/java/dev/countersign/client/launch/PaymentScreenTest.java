package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.terminal.SimulatedTerminal.Manner;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.PaymentSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cashier takes money with the keys alone, and a terminal does what terminals do. */
class PaymentScreenTest {
  @TempDir Path directory;
  private Window window;
  private SimulatedTerminal terminal;

  @AfterEach
  void close() throws Exception {
    if (window != null) {
      window.close();
    }
    if (terminal != null) {
      terminal.close();
    }
  }

  private void open(boolean withTerminal) throws Exception {
    window = new Window(directory);
    if (withTerminal) {
      terminal = SimulatedTerminal.start(_ -> Manner.APPROVE);
      window.charging(terminal);
    }
    window.enrolled(DeviceKind.TILL, 0, List.of(tipping())).open();
    window.atTheCounter();
  }

  static FeedItem tipping() {
    FeedItem usual =
        Shelf.items(0).stream()
            .filter(item -> item.id().equals(Shelf.id("settings")))
            .findFirst()
            .orElseThrow();
    SettingsItem settings = (SettingsItem) Objects.requireNonNull(usual.typed());
    return FeedItem.of(
        900,
        usual.id(),
        settings.with(new PaymentSettings(List.of(), List.of(), List.of(10, 15)), 0));
  }

  private void ringUp() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
  }

  @Test
  void aSaleIsPaidInThreeWaysWithTheKeysAlone() throws Exception {
    open(false);
    ringUp();
    window.type("1000");
    window.type("m");
    window.awaitText("Reference of the payment");
    window.type("MP-77 1");
    window.press(KeyCode.ENTER);
    window.awaitText("Mobile money · MP-77 1");
    window.assertSees("22.99");
    window.type("1500");
    window.type("v");
    window.awaitText("Number of the voucher");
    window.type("V-9");
    window.press(KeyCode.ENTER);
    window.awaitText("Voucher · V-9");
    window.awaitText("7.99");
    window.type("1000");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.assertSees("2.01");
    SaleCompleted sale = lastSale();
    assertThat(sale.tenders())
        .containsExactly(
            new Paid(Means.MOBILE_MONEY, 1_000, "MP-77 1", ""),
            new Paid(Means.VOUCHER, 1_500, "V-9", ""),
            new Paid(Means.CASH, 1_000, "", ""));
    assertThat(sale.change()).isEqualTo(201);
  }

  @Test
  void aTipIsProposedOrTypedAndIsNoTurnover() throws Exception {
    open(false);
    ringUp();
    window.type("t");
    window.awaitText("10 %");
    window.click("10 %, 3.30");
    window.awaitText("36.29");
    window.type("500");
    window.type("t");
    window.awaitText("37.99");
    window.assertFits();
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    assertThat(lastSale().tip()).isEqualTo(500);
    assertThat(lastSale().total()).isEqualTo(3_299);
  }

  @Test
  void whatWasTakenGoesBackTheWayItCameBeforeTheSaleIsChanged() throws Exception {
    open(true);
    ringUp();
    window.type("1000");
    window.type("c");
    window.awaitText("Card · ends 4242");
    window.type("500");
    window.press(KeyCode.ENTER);
    window.awaitText("17.99");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Give everything back?");
    window.assertFits();
    window.click("Everything was given back");
    window.awaitText("Sale · one item");
    window.await(() -> !window.sees("Cash received"));
    assertThat(terminal.charged()).isEmpty();
    assertThat(window.device().ledger().kept().orElseThrow().payment().isEmpty()).isTrue();
  }

  @Test
  void helpSaysTheKeysOfTheScreenThatIsShown() throws Exception {
    open(false);
    ringUp();
    window.press(KeyCode.F1);
    window.awaitText("Type an amount");
    window.assertSees("Mobile money");
    assertThat(window.sees("Park this sale")).isFalse();
    window.assertFits();
    window.press(KeyCode.ESCAPE);
    window.awaitText("Left to pay");
    assertThat(window.sees("Type an amount")).isFalse();
  }

  @Test
  void anAnswerThatIsLostIsAskedForAndTheSaleIsPaidOnce() throws Exception {
    open(true);
    terminal.behave(_ -> Manner.LOSE_ANSWER);
    ringUp();
    window.type("c");
    window.awaitText("Receipt R2-000001");
    assertThat(terminal.charged().values()).containsExactly(3_299L);
    assertThat(lastSale().tenders().getFirst().reference()).isEqualTo("SIM-1");
  }

  @Test
  void whenNobodyKnowsTheTillAsksTheCashierAndAfterARestartTheTerminal() throws Exception {
    open(true);
    terminal.behave(
        _ -> {
          terminal.unplug();
          return Manner.LOSE_ANSWER;
        });
    ringUp();
    window.type("c");
    window.awaitText("Was the card charged 32.99?");
    window.assertFits();
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.ENTER);
    window.awaitText("The terminal has not answered yet");
    window.reopen();
    window.unlock("Ama K.");
    window.awaitText("Was the card charged 32.99?");
    terminal.plugIn();
    window.click("Ask the terminal again");
    window.awaitText("Receipt R2-000001");
    assertThat(terminal.charged().values()).containsExactly(3_299L);
  }

  @Test
  void theCashierSaysThatNothingWasTakenAndTakesCash() throws Exception {
    open(true);
    terminal.behave(
        _ -> {
          terminal.unplug();
          return Manner.LOSE_QUESTION;
        });
    ringUp();
    window.type("c");
    window.awaitText("Was the card charged 32.99?");
    window.click("No, nothing was taken");
    window.await(() -> !window.sees("the terminal has not answered"));
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    assertThat(lastSale().tenders().getFirst().means()).isEqualTo(Means.CASH);
  }

  @Test
  void aPaymentIsCalledOffWhileTheCustomerIsAtIt() throws Exception {
    open(true);
    terminal.behave(_ -> Manner.WAIT);
    ringUp();
    window.type("c");
    window.awaitText("Card terminal · 32.99");
    window.await(terminal::isWaiting);
    window.assertFits();
    window.click("Call it off");
    window.awaitText("The card was declined");
    assertThat(terminal.charged()).isEmpty();
    window.press(KeyCode.ESCAPE);
    window.awaitText("Sale · one item");
  }

  @Test
  void aTerminalThatIsOffIsSaidAndAnotherOneCanTakeTheCard() throws Exception {
    open(true);
    terminal.close();
    ringUp();
    window.type("c");
    window.awaitText("The terminal was not reached");
    window.click("Paid on another terminal");
    window.awaitText("Terminal reference");
    field("card-reference", "88 213");
    window.click("Card paid 32.99");
    window.awaitText("Receipt R2-000001");
  }

  @Test
  void aGiftCardWithoutANetworkSaysPlainlyWhyNot() throws Exception {
    open(false);
    ringUp();
    window.type("g");
    window.awaitText("Gift card or store credit");
    field("credit-code", "nonsense");
    window.press(KeyCode.ENTER);
    window.awaitText("This is no code of a card");
    window.assertFits();
  }

  @Test
  void nothingIsPaidWhenNothingWasRungUp() throws Exception {
    open(false);
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("There is nothing to pay yet");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Ready for the next customer");
  }

  private SaleCompleted lastSale() {
    return window.device().books().lastSale().orElseThrow().body();
  }

  private void field(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) window.scene().lookup("#" + id)).setText(text);
          return id;
        });
  }
}
