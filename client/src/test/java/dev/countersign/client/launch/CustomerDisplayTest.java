package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.CustomerDisplay.Shown;
import dev.countersign.client.device.Hardware;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Speech;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.TouchTyping;
import dev.countersign.client.ui.kit.View;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.till.CustomerWindow;
import dev.countersign.client.ui.till.TillController;
import dev.countersign.common.protocol.DeviceKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** What the customer sees while they pay, in a window and on a pole. */
class CustomerDisplayTest {
  private static final int COMMANDS = 8;

  @TempDir Path directory;

  @Test
  void thePoleSaysWhatIsOwedTakenLeftAndGivenBack() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    try (ServerSocket pole = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Window window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter()) {
      Thread.startVirtualThread(() -> read(pole, said));
      window.press(KeyCode.H, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("How it is connected");
      window.click("Customer display");
      window.onScreen(
          () -> {
            ((ComboBox<?>) window.scene().lookup("#display-way")).getSelectionModel().select(2);
            ((TextField) window.scene().lookup("#display-address")).setText("127.0.0.1");
            ((TextField) window.scene().lookup("#display-port"))
                .setText(Integer.toString(pole.getLocalPort()));
            return pole;
          });
      window.press(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("A supervisor approves");
      window.type(Window.PIN);
      window.press(KeyCode.ENTER);
      window.awaitText("It holds from now on");
      window.press(KeyCode.ESCAPE);
      window.awaitText("Ready for the next customer");
      window.await(() -> last(said).startsWith("Welcome"));

      window.scan(Shelf.JAMESON);
      window.await(() -> last(said).equals("1 Jameson Iris 32.99Total          32.99"));
      window.press(KeyCode.F12);
      window.awaitText("Cash received");
      window.type("2000");
      window.press(KeyCode.ENTER);
      window.await(() -> last(said).equals("Paid           20.00Still to pay   12.99"));
      window.type("1500");
      window.press(KeyCode.ENTER);
      window.awaitText("Receipt R2-000001");
      window.await(() -> last(said).equals("Change          2.01Thank you           "));
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void theWindowSaysItInTheTillsLanguage(Language language) throws Exception {
    FxToolkit.registerPrimaryStage();
    Words words = Words.beside(TillController.class, new Speech(language));
    View view = new View(language, Look.LIGHT, TextSize.USUAL, TouchTyping.BY_FINGER);
    WaitForAsyncUtils.waitForAsyncFx(
        20_000,
        () -> {
          Stage till = new Stage();
          till.setScene(new Scene(new Region(), 40, 40));
          till.show();
          CustomerWindow window = new CustomerWindow(words, () -> view, till);
          window.set(new Hardware.Display(true, ""));
          Scene scene = window.scene().orElseThrow();
          window.show(new Shown.Paying("32.99", "", "32.99"));
          assertThat(texts(scene)).containsExactly(words.say("display.total"), "32.99");
          window.show(new Shown.Paying("32.99", "20.00", "12.99"));
          assertThat(texts(scene))
              .containsExactly(
                  words.say("display.total"),
                  "32.99",
                  words.say("display.paid"),
                  "20.00",
                  words.say("display.left"),
                  "12.99");
          picture(scene, "customer-paying-" + language.code());
          window.show(new Shown.Paid("32.99", "2.01"));
          assertThat(texts(scene))
              .containsExactly(
                  words.say("display.paid"),
                  "32.99",
                  words.say("display.change"),
                  "2.01",
                  words.say("display.thanks"));
          picture(scene, "customer-paid-" + language.code());
          till.hide();
          return till;
        });
  }

  @Test
  void whatTheSystemClosedOpensAgainWithTheNextPerson() throws Exception {
    FxToolkit.registerPrimaryStage();
    Words words = Words.beside(TillController.class, new Speech(Language.ENGLISH));
    View view = new View(Language.ENGLISH, Look.LIGHT, TextSize.USUAL, TouchTyping.BY_FINGER);
    WaitForAsyncUtils.waitForAsyncFx(
        20_000,
        () -> {
          Stage till = new Stage();
          till.setScene(new Scene(new Region(), 40, 40));
          till.show();
          CustomerWindow window = new CustomerWindow(words, () -> view, till);
          window.set(new Hardware.Display(true, ""));
          window.scene().orElseThrow().getWindow().hide();
          window.show(new Shown.Paying("32.99", "", "32.99"));
          window.set(new Hardware.Display(true, ""));
          Scene again = window.scene().orElseThrow();
          assertThat(again.getWindow().isShowing()).isTrue();
          assertThat(texts(again)).containsExactly(words.say("display.total"), "32.99");
          till.hide();
          return till;
        });
  }

  private static void picture(Scene scene, String name) throws IOException {
    scene.getRoot().applyCss();
    scene.getRoot().layout();
    WritableImage image = scene.snapshot(null);
    new Picture(image).write(Pictures.folder().resolve(name + ".png"));
  }

  private static List<String> texts(Scene scene) {
    return scene.getRoot().lookupAll(".label").stream()
        .map(label -> ((Label) label).getText())
        .toList();
  }

  private static String last(List<String> said) {
    return said.isEmpty() ? "" : said.getLast();
  }

  private static void read(ServerSocket pole, List<String> said) {
    while (!pole.isClosed()) {
      try (Socket guest = pole.accept()) {
        byte[] bytes = guest.getInputStream().readAllBytes();
        said.add(new String(bytes, COMMANDS, bytes.length - COMMANDS, Charset.forName("IBM437")));
      } catch (IOException _) {
        // The test is over.
      }
    }
  }
}
