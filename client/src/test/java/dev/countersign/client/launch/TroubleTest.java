package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.Disk;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads when something is wrong: what happened, what to do, and a short code. */
class TroubleTest {
  @TempDir Path directory;
  private Window window;

  @BeforeEach
  void atTheCounter() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
  }

  @AfterEach
  void close() {
    window.close();
  }

  @Test
  void anUnknownAndAMisreadCodeHaveACodeToReadOut() {
    window.scan("5012345678900");
    window.awaitText("Unknown code 5012345678900. Nothing was added.");
    window.assertSees("SCAN-UNKNOWN");
    window.scan("5012345678901");
    window.awaitText("was not read right");
    window.assertSees("SCAN-CHECK-DIGIT");
    window.scan(Shelf.VODKA);
    window.await(() -> !window.sees("SCAN-CHECK-DIGIT"));
    window.assertSees("Sale · one item");
  }

  @Test
  void diskFullOnTheTill() {
    Disk.fill(window.device());
    for (int sale = 0; sale < 60 && !window.sees("STORE-FULL"); sale++) {
      window.scan(Shelf.VODKA);
      window.await(() -> window.sees("Sale · one item") || window.sees("STORE-FULL"));
      if (!window.sees("STORE-FULL")) {
        window.press(KeyCode.F12);
        window.awaitText("Cash received");
        window.press(KeyCode.ENTER);
        window.await(() -> window.sees("Receipt R2-") || window.sees("STORE-FULL"));
      }
    }
    window.awaitText("The disk is full and nothing was recorded. Free some space");
    window.assertFits();
    Disk.free(window.device());
    if (window.sees("Cash received")) {
      window.press(KeyCode.ENTER);
      window.awaitText("Receipt R2-");
    } else {
      window.scan(Shelf.VODKA);
      window.awaitText("Sale · one item");
    }
    assertThat(window.sees("STORE-FULL")).isFalse();
  }

  @Test
  void aTillStartedTwiceOnOneFolderSaysThatItIsOpenAlready() throws Exception {
    try (Window second = new Window(directory).open()) {
      second.unlock("Ama K.");
      second.awaitText("open in another window already");
      second.assertSees("STORE-ALREADY-OPEN");
    }
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
  }

  @Test
  void aDamagedFileIsNotTouchedAndSaysWhatToDo() throws Exception {
    window.close();
    try (FileChannel file =
        FileChannel.open(
            directory.resolve("device").resolve("store.db"), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[4096]), 0);
    }
    window.open();
    window.unlock("Ama K.");
    window.awaitText("The till’s file is damaged. Stop selling here and call for help");
    window.assertSees("STORE-DAMAGED");
    window.assertFits();
  }

  @Test
  void aWrongPinHasACodeAndTheNextOneIsHeard() {
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("enter your PIN");
    window.type("9731");
    window.press(KeyCode.ENTER);
    window.awaitText("9 tries are left. (PIN-WRONG)");
    window.unlock("Ama K.");
    window.awaitText("Ready for the next customer");
  }

  @Test
  void aServerThatIsDownSaysWhatToDoWithACode() {
    window.await(() -> window.sees("waiting since"));
    window.awaitText("server not reachable");
    window.click(window.textWith("waiting since"));
    window.awaitText("go on selling");
    window.assertSees("SYNC-SERVER-DOWN");
  }
}
