package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Register;
import dev.countersign.server.account.Store;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.launch.Provisioning;
import dev.countersign.server.launch.SyncServer;
import dev.countersign.server.tenant.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the pasted code to a countersigned sale, against a real server, through the screens. */
class RealServerTest {
  @TempDir Path directory;
  private SyncServer server;
  private Window window;
  private Tenant tenant;
  private Person cashier;
  private Person second;
  private Store store;
  private Register register;

  @BeforeEach
  void start() throws Exception {
    server = serve(0);
    Provisioning shop = server.provisioning();
    tenant = shop.addTenant("Central City Liquor", "USD", "practice");
    store = shop.addStore(tenant.id(), "1", "Central City", ZoneOffset.UTC);
    register = shop.addRegister(tenant.id(), store.id(), "R2");
    cashier = shop.addUser(tenant.id(), "Ama K.", "cashier", store.id());
    second = shop.addUser(tenant.id(), "Kofi B.", "cashier", store.id());
    Path catalogue = directory.resolve("catalogue.csv");
    Files.writeString(
        catalogue,
        """
        item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,bottle_retail,list_date
        1001,Jameson Irish Whiskey,Whisky,,750,12,80,080432500170,,,,32.99,
        1002,Tito's Handmade Vodka,Vodka,,750,12,80,619947000013,,,,19.50,
        """);
    shop.importCatalogue(tenant.id(), catalogue);
    window = new Window(directory.resolve("till"));
    window.clock.set(Instant.now(Clock.systemUTC()));
    window.open(Look.LIGHT, 1024, 768);
  }

  @AfterEach
  void stop() throws Exception {
    window.close();
    server.close();
  }

  @Test
  void fromThePastedCodeToASaleThatTheServerCountersigned() throws Exception {
    enrol();
    sell("00080432500170");
    window.awaitText("All sent and accepted");
    var books = server.provisioning().books(tenant.id());
    assertThat(books.total().toString()).contains("3299");
  }

  @Test
  void aUsedCodeIsRefusedInWordsAndTheFieldKeepsIt() throws Exception {
    window.awaitText("Paste the code");
    paste("https://127.0.0.1:1#ABCDEFGH.ABCDEFGHJKMNPQRS");
    window.awaitText("The server does not answer");
    paste("what is this");
    window.awaitText("This is not a code");
    paste(ticket().replaceAll("#[^.]*", "#ZZZZZZZZ"));
    window.awaitText("The server refuses this code");
    window.assertSees("ENROL-REFUSED");
  }

  @Test
  void aCodeThatWasUsedAndACertificateThatChangedAreRefusedEachInItsWords() throws Exception {
    String ticket = ticket();
    int last = ticket.lastIndexOf('.') - 1;
    char swapped = ticket.charAt(last) == '0' ? '1' : '0';
    paste(ticket.substring(0, last) + swapped + ticket.substring(last + 1));
    window.awaitText("Another server answers than the one that made this code");
    window.assertSees("ENROL-CERTIFICATE");
    paste(ticket);
    window.awaitText("Ama K., type a PIN");
    window.assertSees("Central City Liquor · Central City · Register R2");
    try (Window second = new Window(directory.resolve("second")).open()) {
      second.awaitText("Paste the code");
      Window first = window;
      window = second;
      paste(ticket);
      window = first;
      second.awaitText("The server refuses this code: it is wrong, used or too old");
    }
  }

  @Test
  void withoutTheServerSellingGoesOnAndWhatWaitsIsSentLater() throws Exception {
    enrol();
    sell("00080432500170");
    window.awaitText("All sent and accepted");
    int port = server.uri().getPort();
    server.close();
    window.press(KeyCode.ENTER);
    sell("00619947000013");
    window.awaitText("server not reachable");
    assertThat(window.device().outbox().state().waiting()).isEqualTo(1);
    server = serve(port);
    window.client().sync().orElseThrow().retryNow();
    window.awaitText("All sent and accepted");
    assertThat(server.provisioning().books(tenant.id()).total().toString()).contains("5249");
  }

  @Test
  void aFurtherPersonJoinsWithACode() throws Exception {
    enrol();
    String code = server.provisioning().joinCode(tenant.id(), second.id());
    window.client().sync().orElseThrow().retryNow();
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Someone else");
    window.await(
        () -> {
          window.press(KeyCode.ESCAPE);
          window.click("Someone else");
          return window.sees("Joining code");
        });
    join("AAAAA-AAAAA", "3690");
    window.awaitText("not your code");
    window.assertFits();
    join(code, "3690");
    window.awaitText("Kofi B. can unlock");
    window.click("Kofi B.");
    window.type("3690");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.assertSees("Kofi B.");
  }

  private SyncServer serve(int port) throws Exception {
    Path data = Files.createDirectories(directory.resolve("server"));
    return SyncServer.start(
        ServerConfig.in(data).listeningOn("127.0.0.1", port).limitedTo(1_000_000, 1_000_000));
  }

  private String ticket() throws Exception {
    return server.provisioning().tillTicket(tenant.id(), register.id(), cashier.id()).text();
  }

  private void enrol() throws Exception {
    window.awaitText("Paste the code");
    paste(ticket());
    window.awaitText("Ama K., type a PIN");
    var devices = server.provisioning().devices(tenant.id());
    window.assertSees(server.provisioning().fingerprint(devices.getFirst()));
    window.type("1234");
    window.press(KeyCode.ENTER);
    window.type("1234");
    window.press(KeyCode.ENTER);
    window.awaitText("A run of digits");
    window.assertFits();
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
    window.awaitText("Open a shift");
    window.type("10000");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }

  private void sell(String code) {
    window.scan(code);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Next customer");
  }

  private void paste(String text) {
    field("enrol-code", text);
    window.click("Connect");
  }

  private void join(String code, String pin) {
    field("join-code", code);
    field("join-pin", pin);
    field("join-again", pin);
    window.click("Choose this PIN");
  }

  private void field(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) window.scene().lookup("#" + id)).setText(text);
          return id;
        });
  }
}
