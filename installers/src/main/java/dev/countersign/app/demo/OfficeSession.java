package dev.countersign.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Consumer;
import javafx.scene.input.KeyCode;

/** What a manager does after closing time, through the screens: enrol an office and look at it. */
final class OfficeSession {
  private final DemoShop shop;
  private final Hand hand;
  private final Path pictures;
  private final String pin;
  private final Consumer<String> say;
  private int taken;

  /**
   * @param before how many pictures there are already
   */
  OfficeSession(
      DemoShop shop, Hand hand, Path pictures, int before, String pin, Consumer<String> say) {
    this.shop = shop;
    this.hand = hand;
    this.pictures = pictures;
    this.taken = before;
    this.pin = pin;
    this.say = say;
  }

  void run() throws IOException, SQLException {
    hand.await("Paste the code");
    hand.paste("enrol-code", shop.officeTicket().text());
    hand.click("Connect");
    hand.await("type a PIN, then Enter");
    hand.type(pin);
    hand.press(KeyCode.ENTER);
    hand.type(pin);
    hand.press(KeyCode.ENTER);
    hand.await("Average receipt");
    hand.await("Sales by hour");
    hand.await(() -> !hand.sees("No sales on this day"), "the sales of the till");
    picture("office-today");
    hand.click("Sales");
    hand.await("Accepted");
    picture("office-sales");
    hand.click("Products");
    hand.await("Barcodes");
    hand.await("1800 Reposado");
    picture("office-products");
    say.accept("Office: enrolled with a code of its own; it shows what the till sold.");
    say.accept(taken + " pictures in " + pictures);
  }

  private void picture(String name) throws IOException {
    hand.picture(pictures.resolve("%02d-%s.png".formatted(++taken, name)));
  }
}
