package dev.countersign.app.demo;

import dev.countersign.client.launch.Client;
import dev.countersign.common.log.LogKey;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.ExportVerifier;
import dev.countersign.server.ingest.ServerBooks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import javafx.scene.input.KeyCode;

/**
 * What a cashier does in a quarter of an hour, through the screens: enrol, open the shift, sell for
 * cash and by card, void a line, lock and unlock, go on selling while the network is cut, and see
 * everything accepted when it is back.
 */
final class DemoSession {
  /** Codes of the sample catalogue: as the till scans them, some without their leading zero. */
  private static final String CROWN_ROYAL = "87000007604";

  private static final String MONKEY_SHOULDER = "083664872541";
  private static final String GLENFIDDICH = "83664872565";
  private static final String SHARED_CODE = "82000771562";

  private final DemoShop shop;
  private final Client client;
  private final Hand hand;
  private final Path pictures;
  private final String pin;
  private final Consumer<String> say;
  private int taken;

  DemoSession(
      DemoShop shop, Client client, Hand hand, Path pictures, String pin, Consumer<String> say) {
    this.shop = shop;
    this.client = client;
    this.hand = hand;
    this.pictures = pictures;
    this.pin = pin;
    this.say = say;
  }

  boolean run() throws IOException, SQLException {
    enrol();
    openShift();
    sellForCash();
    sellByCard();
    lockAndUnlock();
    sellOffline();
    return compare();
  }

  private void enrol() throws IOException, SQLException {
    hand.await("Paste the code");
    hand.paste("enrol-code", shop.tillTicket().text());
    hand.click("Connect");
    hand.await("type a PIN, then Enter");
    picture("enrol");
    hand.type(pin);
    hand.press(KeyCode.ENTER);
    hand.type(pin);
    hand.press(KeyCode.ENTER);
    say.accept("Enrolled with a single-use code; the cashier chose a PIN.");
  }

  private void openShift() throws IOException {
    hand.await("Open shift");
    hand.type("10000");
    picture("open-shift");
    hand.press(KeyCode.ENTER);
    hand.await("Ready for the next customer");
    hand.await(() -> device().catalogue().size() == shop.products(), "every product");
    say.accept("Shift open with a float of 100.00.");
  }

  private void sellForCash() throws IOException {
    hand.scan(CROWN_ROYAL);
    hand.await("Sale · one item");
    hand.type("6*");
    hand.scan(MONKEY_SHOULDER);
    hand.await("Sale · 7 items");
    hand.scan(GLENFIDDICH);
    hand.await("Sale · 8 items");
    hand.press(KeyCode.DELETE);
    hand.await("voided");
    picture("selling");
    hand.type("jameson");
    hand.await(() -> !hand.sees("Crown Royal Regal") && hand.sees("Jameson"), "Jameson");
    picture("search");
    hand.press(KeyCode.ESCAPE);
    hand.press(KeyCode.F12);
    hand.await("Cash received");
    hand.type("30000");
    picture("paying");
    hand.press(KeyCode.ENTER);
    hand.await("Receipt ");
    picture("receipt");
    hand.press(KeyCode.ENTER);
    hand.await("Ready for the next customer");
    say.accept("Sold for cash, with change; a scanned line was voided first.");
  }

  private void sellByCard() throws IOException {
    hand.scan(SHARED_CODE);
    hand.await("2 products have this code");
    picture("chooser");
    hand.click("Crown Royal Regal Apple");
    hand.await("Sale · one item");
    hand.press(KeyCode.F12);
    hand.await("Cash received");
    hand.type("c");
    hand.await("Terminal reference");
    hand.paste("card-reference", "88 213");
    hand.paste("card-last-four", "4711");
    picture("card");
    // From the reference to the last four digits, and from there to paid.
    hand.press(KeyCode.ENTER);
    hand.press(KeyCode.ENTER);
    hand.await("Receipt ");
    hand.press(KeyCode.ENTER);
    hand.await("Ready for the next customer");
    say.accept("Two products on one code: chosen, and paid by card reference.");
  }

  private void lockAndUnlock() throws IOException {
    hand.scan(GLENFIDDICH);
    hand.await("Sale · one item");
    hand.pressWithControl(KeyCode.L);
    hand.await("a sale with one item is kept");
    hand.await("enter your PIN");
    picture("locked");
    hand.type(pin);
    hand.press(KeyCode.ENTER);
    hand.await("Sale · one item");
    say.accept("Locked and unlocked; the basket was kept.");
  }

  private void sellOffline() throws IOException, SQLException {
    shop.cutTheNetwork();
    payInCash();
    for (int i = 0; i < 3; i++) {
      hand.scan(CROWN_ROYAL);
      hand.await("Sale · one item");
      payInCash();
    }
    hand.await("4 waiting");
    picture("offline");
    say.accept("Network cut: four more sales, all kept and waiting.");
    shop.restoreTheNetwork();
    client.sync().orElseThrow().retryNow();
    hand.await("All sent and accepted");
    picture("synced");
    say.accept("Network back: all sent and accepted.");
  }

  private void payInCash() throws IOException {
    hand.press(KeyCode.F12);
    hand.await("Cash received");
    hand.press(KeyCode.ENTER);
    hand.await("Receipt ");
    hand.press(KeyCode.ENTER);
    hand.await("Ready for the next customer");
  }

  private boolean compare() throws IOException, SQLException {
    var till = device().books().totals(LocalDate.now(device().settings().zone()));
    ServerBooks.Total books = shop.provisioning().books(shop.tenant()).total();
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    shop.provisioning().export(shop.tenant(), export);
    LogKey key = LogKey.parse(shop.provisioning().logKey(shop.tenant()));
    ExportReport report =
        new ExportVerifier(key, ForkJoinPool.commonPool())
            .verify(new ByteArrayInputStream(export.toByteArray()));
    boolean sound =
        report instanceof ExportReport.Sound verified
            && verified.sales() == books.sales()
            && verified.total() == books.total()
            && verified.entries() > 0;
    boolean equal = till.sales() == books.sales() && till.total().minor() == books.total();
    say.accept(
        "Till: %d sales, %s. Server: %d sales, %d cents. Exported log: %s."
            .formatted(
                till.sales(),
                till.total().toDecimalString(),
                books.sales(),
                books.total(),
                sound ? "verified" : "NOT verified"));
    return sound && equal;
  }

  /** How many pictures have been taken. */
  int pictures() {
    return taken;
  }

  private dev.countersign.client.ledger.OpenDevice device() {
    return client.device().orElseThrow(() -> new IllegalStateException("the till is not open"));
  }

  private void picture(String name) throws IOException {
    hand.picture(pictures.resolve("%02d-%s.png".formatted(++taken, name)));
  }
}
