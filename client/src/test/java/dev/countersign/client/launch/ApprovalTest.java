package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs a second person's word is done with it and not without, and stays the cashier's. */
class ApprovalTest {
  @TempDir Path directory;

  /** The cashiers of the shelf, whose role asks for a second person here. */
  static List<FeedItem> cashierWhoAsks(PermissionKey... acts) {
    Map<PermissionKey, Decision> decisions = new EnumMap<>(Role.CASHIER.decisions());
    for (PermissionKey act : acts) {
      decisions.put(act, Decision.NEEDS_APPROVAL);
    }
    Role cashier = new Role("cashier", decisions);
    return List.of(
        FeedItem.of(3, Shelf.FIRST_USER, UserItem.of(Shelf.FIRST_USER, "Ama K.", cashier)),
        FeedItem.of(4, Shelf.SECOND_USER, UserItem.of(Shelf.SECOND_USER, "Kofi B.", cashier)));
  }

  private static void rungUp(Window window) {
    window.atTheCounter();
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
  }

  private static void discard(Window window) {
    window.press(KeyCode.DELETE, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Void the whole sale");
    window.click("Void the sale");
  }

  @Test
  void aBasketIsThrownAwayWithAManagersPinAndTheCashierStays() throws Exception {
    try (Window window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0, cashierWhoAsks(PermissionKey.SALE_VOID))
            .open()) {
      rungUp(window);
      discard(window);
      window.awaitText("A supervisor approves");
      window.assertSees("Throwing a basket away");
      // Another cashier is no supervisor.
      assertThat(window.sees("Kofi B.")).isFalse();
      window.assertFits();
      window.type("9999");
      window.press(KeyCode.ENTER);
      window.awaitText("Wrong PIN");
      window.assertSees("Sale · one item");
      window.type(Window.PIN);
      window.press(KeyCode.ENTER);
      window.awaitText("Ready for the next customer");
      window.assertSees("Ama K.");
      var changes = window.device().outbox().state();
      assertThat(changes.waiting()).isEqualTo(2);
    }
  }

  @Test
  void withoutAnybodysWordNothingIsDone() throws Exception {
    try (Window window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0, cashierWhoAsks(PermissionKey.SALE_VOID))
            .open()) {
      rungUp(window);
      discard(window);
      window.awaitText("A supervisor approves");
      window.press(KeyCode.ESCAPE);
      window.awaitText("This needs the approval of a supervisor");
      window.assertSees("Sale · one item");
      assertThat(window.device().outbox().state().waiting()).isEqualTo(1);
    }
  }

  @Test
  void wrongPinsOfTheSupervisorCountAsAtTheLock() throws Exception {
    try (Window window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0, cashierWhoAsks(PermissionKey.SALE_VOID))
            .open()) {
      rungUp(window);
      discard(window);
      window.awaitText("A supervisor approves");
      for (int left = 9; left > 5; left--) {
        window.type("9999");
        window.press(KeyCode.ENTER);
        window.awaitText("Wrong PIN. " + left + " tries are left");
      }
      window.press(KeyCode.ESCAPE);
      window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("enter your PIN");
      window.click("Esi L.");
      window.type("9999");
      window.press(KeyCode.ENTER);
      window.awaitText("5 tries are left");
    }
  }

  @Test
  void aShiftAndASaleAreApprovedInTheSameWay() throws Exception {
    try (Window window =
        new Window(directory)
            .enrolled(
                DeviceKind.TILL,
                0,
                cashierWhoAsks(PermissionKey.SHIFT_OPEN, PermissionKey.SALE_RING))
            .open()) {
      window.unlock("Ama K.");
      window.awaitText("Open a shift");
      window.type("10000");
      window.press(KeyCode.ENTER);
      approve(window, "Opening a shift");
      window.awaitText("Ready for the next customer");
      window.scan(Shelf.VODKA);
      window.awaitText("Sale · one item");
      window.press(KeyCode.F12);
      window.awaitText("Cash received");
      window.press(KeyCode.ENTER);
      approve(window, "This sale");
      window.awaitText("Receipt R2-000001");
    }
  }

  private static void approve(Window window, String act) {
    window.awaitText("A supervisor approves");
    window.assertSees(act);
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
  }
}
