package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.FeedBody.ReceiptLogoItem;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.ReceiptLines;
import dev.countersign.common.protocol.ReceiptLogo;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Register;
import dev.countersign.server.account.Store;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Signed;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What receipts say beside the sale is said by who may, for their stores, and the tills hear it.
 */
@ParameterizedClass
@EnumSource
class StoreReceiptTest {
  private static final ReceiptLines LINES =
      new ReceiptLines(List.of("Harbour Wines Ltd", "1 Quay Street"), List.of("Come again"));

  private static final ReceiptLogo LOGO =
      new ReceiptLogo(List.of("apap", "papa"), List.of("ap", "pa"));

  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private Visitor visitor;
  private Enrolled till;
  private Signed owner;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    visitor = new Visitor(shop);
    till = visitor.client.enrol(shop.tillTicket(), "Till");
    owner = visitor.person("Olu", "owner", null);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private Reply set(UUID store, @Nullable Object lines, Signed who) throws Exception {
    return visitor.call("POST", path(store), lines, who.token());
  }

  private static String path(UUID store) {
    return Routes.STORE_RECEIPT.replace("{id}", store.toString());
  }

  private ReceiptLogo heardLogo(Enrolled by) throws Exception {
    return visitor.client.snapshot(visitor.client.token(by)).items().stream()
        .map(FeedItem::typed)
        .filter(ReceiptLogoItem.class::isInstance)
        .map(item -> ((ReceiptLogoItem) item).logo())
        .findFirst()
        .orElse(ReceiptLogo.NONE);
  }

  private ReceiptLines heard() throws Exception {
    return visitor.client.snapshot(visitor.client.token(till)).items().stream()
        .map(FeedItem::typed)
        .filter(SettingsItem.class::isInstance)
        .map(item -> ((SettingsItem) item).receiptLines())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTillsOfTheStoreHearWhatTheirReceiptsSayAndTheRestStays() throws Exception {
    assertThat(set(shop.store.id(), LINES, owner).status()).isEqualTo(200);
    assertThat(heard()).isEqualTo(LINES);
    assertThat(
            visitor.call("GET", path(shop.store.id()), null, owner.token()).as(ReceiptLines.class))
        .isEqualTo(LINES);
    assertThat(shop.auditLog())
        .contains("settings.changed")
        .contains(owner.person().id().toString());
    assertThat(set(shop.store.id(), new ReceiptLines(List.of(), List.of()), owner).status())
        .isEqualTo(200);
    assertThat(heard().header()).isEmpty();
  }

  @Test
  void whoMayNotChangeSettingsOfThatStoreFindsNothingThere() throws Exception {
    Store second = shop.desk().addStore(shop.tenant.id(), "13", "Side Street", ZoneId.of("UTC"));
    var settings = Visitor.fields("settings.edit", "ALLOWED");
    visitor.call(
        "POST",
        Routes.ROLES,
        Visitor.fields("name", "shopkeeper", "permissions", settings),
        owner.token());
    Signed there = visitor.person("Lin", "shopkeeper", second.id());
    assertThat(set(second.id(), LINES, there).status()).isEqualTo(200);
    assertThat(set(shop.store.id(), LINES, there).problem().code()).isEqualTo(Problem.NOT_FOUND);
    assertThat(visitor.call("GET", path(shop.store.id()), null, there.token()).status())
        .isEqualTo(404);
    assertThat(set(UUID.randomUUID(), LINES, owner).status()).isEqualTo(404);
    Signed cashier = visitor.person("Max", "cashier", shop.store.id());
    assertThat(set(shop.store.id(), LINES, cashier).status()).isEqualTo(403);
    assertThat(heard()).isNotEqualTo(LINES);
  }

  @Test
  void whatCannotBePrintedIsRefused() throws Exception {
    for (ReceiptLines odd :
        List.of(
            new ReceiptLines(Collections.nCopies(9, "line"), List.of()),
            new ReceiptLines(List.of("x".repeat(61)), List.of()),
            new ReceiptLines(List.of(), List.of(" ")),
            new ReceiptLines(List.of("two\nlines"), List.of()),
            new ReceiptLines(List.of("\u001b[2J"), List.of()))) {
      assertThat(set(shop.store.id(), odd, owner).problem().code()).isEqualTo("malformed");
    }
    ReceiptLines card = new ReceiptLines(List.of("4111 1111 1111 1111"), List.of());
    assertThat(set(shop.store.id(), card, owner).problem().code()).isEqualTo(Problem.CARD_NUMBER);
    assertThat(heard().footer()).isEmpty();
  }

  @Test
  void theTillsOfThatStoreAloneHearItsLogoUntilItIsTakenAway() throws Exception {
    Store second = shop.desk().addStore(shop.tenant.id(), "13", "Side Street", ZoneId.of("UTC"));
    Register front = shop.desk().addRegister(shop.tenant.id(), second.id(), "S1");
    Enrolled elsewhere =
        visitor.client.enrol(
            shop.desk().tillTicket(shop.tenant.id(), front.id(), owner.person().id()), "Side");
    assertThat(set(shop.store.id(), LINES.with(LOGO), owner).as(ReceiptLines.class))
        .isEqualTo(LINES.with(LOGO));
    assertThat(heardLogo(till)).isEqualTo(LOGO);
    assertThat(heardLogo(elsewhere)).isEqualTo(ReceiptLogo.NONE);

    ReceiptLines other = new ReceiptLines(List.of("Harbour Wines"), List.of());
    assertThat(set(shop.store.id(), other, owner).as(ReceiptLines.class))
        .as("of the logo nothing was said")
        .isEqualTo(other.with(LOGO));
    assertThat(heardLogo(till)).isEqualTo(LOGO);
    assertThat(shop.auditLog()).contains("receipt-logo");

    assertThat(set(shop.store.id(), other.with(ReceiptLogo.NONE), owner).as(ReceiptLines.class))
        .isEqualTo(other);
    assertThat(heardLogo(till)).isEqualTo(ReceiptLogo.NONE);
    assertThat(
            visitor.call("GET", path(shop.store.id()), null, owner.token()).as(ReceiptLines.class))
        .isEqualTo(other);
  }

  @Test
  void aLogoThatNoPrinterCouldPrintIsRefused() throws Exception {
    List<String> row = List.of("ap");
    for (ReceiptLogo odd :
        List.of(
            new ReceiptLogo(row, List.of()),
            new ReceiptLogo(List.of(), row),
            new ReceiptLogo(List.of("apa"), row),
            new ReceiptLogo(List.of("ap", "apap"), row),
            new ReceiptLogo(List.of("aq"), row),
            new ReceiptLogo(List.of("a0"), row),
            new ReceiptLogo(List.of("", ""), row),
            new ReceiptLogo(List.of("a".repeat(128)), row),
            new ReceiptLogo(row, List.of("a".repeat(98))),
            new ReceiptLogo(Collections.nCopies(321, "ap"), row))) {
      assertThat(set(shop.store.id(), LINES.with(odd), owner).problem().code())
          .isEqualTo("malformed");
    }
    var huge = new ReceiptLogo(Collections.nCopies(2000, "a".repeat(126)), row);
    assertThat(set(shop.store.id(), LINES.with(huge), owner).problem().code())
        .isEqualTo(Problem.TOO_LARGE);
    assertThat(heardLogo(till)).isEqualTo(ReceiptLogo.NONE);
    assertThat(heard()).isNotEqualTo(LINES);
    var largest =
        new ReceiptLogo(
            Collections.nCopies(320, "p".repeat(126)), Collections.nCopies(320, "p".repeat(96)));
    assertThat(set(shop.store.id(), LINES.with(largest), owner).status()).isEqualTo(200);
    assertThat(heardLogo(till)).isEqualTo(largest);
  }

  @Test
  void whoMayNotChangeSettingsOfThatStoreSetsNoLogoThere() throws Exception {
    Store second = shop.desk().addStore(shop.tenant.id(), "13", "Side Street", ZoneId.of("UTC"));
    visitor.call(
        "POST",
        Routes.ROLES,
        Visitor.fields(
            "name", "shopkeeper", "permissions", Visitor.fields("settings.edit", "ALLOWED")),
        owner.token());
    Signed there = visitor.person("Lin", "shopkeeper", second.id());
    Signed cashier = visitor.person("Max", "cashier", shop.store.id());
    assertThat(set(shop.store.id(), LINES.with(LOGO), there).status()).isEqualTo(404);
    assertThat(set(shop.store.id(), LINES.with(LOGO), cashier).status()).isEqualTo(403);
    assertThat(heardLogo(till)).isEqualTo(ReceiptLogo.NONE);
    assertThat(set(second.id(), LINES.with(LOGO), there).status()).isEqualTo(200);
    assertThat(heardLogo(till)).as("another store's").isEqualTo(ReceiptLogo.NONE);
  }
}
