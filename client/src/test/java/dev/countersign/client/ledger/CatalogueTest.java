package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.EPOCH;
import static dev.countersign.client.ledger.TillFixture.GIN;
import static dev.countersign.client.ledger.TillFixture.RUM;
import static dev.countersign.client.ledger.TillFixture.USD;
import static dev.countersign.client.ledger.TillFixture.VAT;
import static dev.countersign.client.ledger.TillFixture.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class CatalogueTest {
  @TempDir Path temp;
  private TillFixture till;
  private Catalogue catalogue;
  private long seq = 10;

  @BeforeEach
  void anEnrolledTill() throws Exception {
    till = TillFixture.in(temp);
    catalogue = till.device().catalogue();
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void aProductIsFoundByEveryWritingOfItsBarcode() {
    for (String scan :
        List.of(
            "00080480280024", "080480280024", "0080480280024", "80480280024", " 080480280024 ")) {
      assertThat(catalogue.byCode(scan))
          .as(scan)
          .singleElement()
          .satisfies(hit -> assertThat(hit.product().id()).isEqualTo(RUM));
    }
    Product rum = catalogue.byId(RUM).orElseThrow();
    assertThat(rum.price()).isEqualTo(Money.of(1999, USD));
    assertThat(rum.barcodes().getFirst().gtin14()).isEqualTo("00080480280024");
    assertThat(catalogue.taxes(rum, LocalDate.EPOCH)).containsExactly(VAT);
  }

  @Test
  void aPackBarcodeSellsThePackAndAShopsOwnCodeIsFoundAsPrinted() throws Exception {
    UUID id = UUID.randomUUID();
    ProductItem beer =
        new ProductItem(
            "2001",
            "Lager",
            "Beer",
            "",
            250,
            List.of(),
            List.of(
                new Barcode("10012345678902", Quantity.of(12)),
                new Barcode("LAG-1", Quantity.ONE)));
    page(FeedItem.of(11, id, beer));
    assertThat(catalogue.byCode("10012345678902"))
        .singleElement()
        .satisfies(hit -> assertThat(hit.pack()).isEqualTo(Quantity.of(12)));
    assertThat(catalogue.byCode("LAG-1")).hasSize(1);
    assertThat(catalogue.byCode("2001")).hasSize(1);
  }

  @Test
  void severalProductsOnOneCodeAreSeveralHitsAndAnUnknownCodeIsNone() throws Exception {
    page(
        FeedItem.of(
            11, UUID.randomUUID(), product("1003", "Rum Gift Box", "Rum", 2999, "00080480280024")));
    assertThat(catalogue.byCode("080480280024")).hasSize(2);
    for (String unknown : List.of("", "  ", "4006381333931", "' OR 1=1 --", "9".repeat(10_000))) {
      assertThat(catalogue.byCode(unknown)).as(unknown).isEmpty();
    }
  }

  @Test
  void searchFindsPrefixesWithoutAccentsInAnyOrder() {
    for (String typed : List.of("an", "anejo", "AÑEJO ru", "rum añ", "1001", "750 rum", "rum")) {
      assertThat(catalogue.search(typed, 10))
          .as(typed)
          .extracting(Product::id)
          .containsExactly(RUM);
    }
    assertThat(catalogue.search("nejo", 10)).isEmpty();
    assertThat(catalogue.search("750", 10)).hasSize(2);
    assertThat(catalogue.search("750", 1)).hasSize(1);
  }

  @Test
  void nothingTypedIsReadAsSearchSyntax() {
    for (String typed :
        List.of(
            "",
            " ",
            "\"",
            "*",
            "rum\"",
            "rum*",
            "name:rum",
            "rum OR gin",
            "NEAR(rum gin)",
            "^rum",
            "rum AND",
            "-rum",
            "(",
            "rum')--",
            "\u0000",
            "NOT",
            "{name} : x",
            "a".repeat(5000))) {
      assertThat(catalogue.search(typed, 10)).as(typed).isNotNull();
    }
    assertThat(catalogue.search("rum*", 10)).extracting(Product::id).containsExactly(RUM);
    assertThat(catalogue.search("rum OR gin", 10)).isEmpty();
  }

  @Test
  void everyLetterOfAnyScriptIsPartOfOneWordForTheIndexToo() {
    // Two words of what was one could not be looked for in an index that keeps no places.
    List<String> words = new ArrayList<>();
    for (int point = 0x80; point <= Character.MAX_CODE_POINT; point++) {
      if (Character.isLetterOrDigit(point) || Character.getType(point) == Character.OTHER_NUMBER) {
        words.add("a" + Character.toString(point) + "b");
      }
      if (words.size() == 8 || point == Character.MAX_CODE_POINT) {
        String typed = String.join(" ", words);
        assertThat(catalogue.search(typed, 1)).as(typed).isEmpty();
        words.clear();
      }
    }
  }

  @Test
  void anExactNumberComesFirstAndThenNamesThatBeginWithIt() throws Exception {
    UUID named = UUID.randomUUID();
    UUID mentioned = UUID.randomUUID();
    page(
        FeedItem.of(11, mentioned, product("3001", "Bottle of Gin", "Gin", 100)),
        FeedItem.of(12, named, product("3002", "1002 Bitter", "Bitter", 100)));
    assertThat(catalogue.search("1002", 10)).extracting(Product::id).containsExactly(GIN, named);
    assertThat(catalogue.search("gin", 10))
        .extracting(Product::name)
        .containsExactly("Bottle of Gin", "Dry Gin");
  }

  @Test
  void categoriesStandByTheirSizeAndFollowTheFeed() throws Exception {
    UUID second = UUID.randomUUID();
    page(FeedItem.of(11, second, product("1003", "Zacatecas", "Rum", 100)));
    assertThat(catalogue.categories()).containsExactly("Rum", "Gin");
    assertThat(catalogue.inCategory("Rum", 10, 0))
        .extracting(Product::name)
        .containsExactly("Añejo Rum", "Zacatecas");
    assertThat(catalogue.inCategory("Rum", 1, 1)).extracting(Product::id).containsExactly(second);
    page(gone(12, second), gone(13, RUM));
    assertThat(catalogue.categories()).containsExactly("Gin");
    assertThat(catalogue.size()).isEqualTo(1);
  }

  @Test
  void aChangedProductIsFoundByItsNewWordsOnly() throws Exception {
    page(FeedItem.of(11, RUM, product("1009", "Silver Cane", "Rum", 1899, "04006381333931")));
    assertThat(catalogue.search("anejo", 10)).isEmpty();
    assertThat(catalogue.search("silver", 10)).extracting(Product::id).containsExactly(RUM);
    assertThat(catalogue.byCode("080480280024")).isEmpty();
    assertThat(catalogue.byCode("4006381333931")).hasSize(1);
    assertThat(catalogue.size()).isEqualTo(2);
    assertThat(till.device().damage()).isEmpty();
  }

  @Test
  void aPageAndItsCursorAreOneTransaction() {
    Replica replica = till.device().replica();
    FeedItem good = FeedItem.of(11, UUID.randomUUID(), product("4001", "New", "New", 1));
    FeedItem bad =
        new FeedItem(
            12, "product", UUID.randomUUID(), false, JsonNodeFactory.instance.numberNode(1));
    assertThatThrownBy(() -> replica.apply(new FeedPage(EPOCH, 12, false, List.of(good, bad))))
        .isInstanceOf(RuntimeException.class);
    assertThat(replica.cursor()).isEqualTo(10);
    assertThat(catalogue.byCode("4001")).isEmpty();
  }

  @Test
  void unknownKindsAreSkippedAndAPageTwiceChangesNothing() throws Exception {
    Replica replica = till.device().replica();
    FeedItem strange =
        new FeedItem(
            11, "hologram", UUID.randomUUID(), false, JsonNodeFactory.instance.numberNode(1));
    FeedPage page = new FeedPage(EPOCH, 11, false, List.of(strange));
    replica.apply(page);
    replica.apply(page);
    assertThat(replica.cursor()).isEqualTo(11);
    replica.apply(new FeedPage(EPOCH, 5, false, List.of(gone(5, RUM))));
    assertThat(catalogue.byId(RUM)).isPresent();
  }

  @Test
  void aPageOfAnotherEpochIsRefused() {
    assertThatThrownBy(
            () ->
                till.device()
                    .replica()
                    .apply(new FeedPage(UUID.randomUUID(), 99, false, List.of())))
        .isInstanceOf(Replica.OtherEpochException.class);
  }

  @Test
  void aSnapshotReplacesEverythingOrNothing() {
    Replica replica = till.device().replica();
    UUID epoch = UUID.randomUUID();
    Iterator<FeedItem> broken =
        Stream.of(1, 2)
            .map(
                n -> {
                  if (n == 2) {
                    throw new IllegalStateException("the line broke");
                  }
                  return FeedItem.of(1, UUID.randomUUID(), product("5001", "New", "New", 1));
                })
            .iterator();
    assertThatThrownBy(() -> replica.replaceAll(new FeedPage(epoch, 50, false, List.of()), broken))
        .isInstanceOf(IllegalStateException.class);
    assertThat(catalogue.byId(RUM)).isPresent();
    assertThat(replica.epoch()).isEqualTo(EPOCH);
    replica.replaceAll(
        new FeedPage(epoch, 50, false, List.of()),
        List.of(FeedItem.of(1, UUID.randomUUID(), product("5001", "New", "New", 1))).iterator());
    assertThat(catalogue.size()).isEqualTo(1);
    assertThat(catalogue.search("rum", 10)).isEmpty();
    assertThat(catalogue.search("new", 10)).hasSize(1);
    replica.arrange(() -> false);
    assertThat(catalogue.search("rum", 10)).isEmpty();
    assertThat(catalogue.search("new", 10)).hasSize(1);
    assertThat(replica.cursor()).isEqualTo(50);
    assertThat(replica.epoch()).isEqualTo(epoch);
  }

  @Test
  void usersAndSettingsFollowTheFeed() throws Exception {
    assertThat(till.device().users().list())
        .extracting(UserView::name)
        .containsExactly("Cashier One", "Supervisor Two");
    page(new FeedItem(11, "user", TillFixture.CASHIER, true, null));
    assertThat(till.device().users().byId(TillFixture.CASHIER)).isEmpty();
    assertThatThrownBy(till::openShift).isInstanceOf(NotPermittedException.class);
    assertThat(till.device().settings().current().lockAfterSeconds()).isEqualTo(180);
    assertThat(till.device().settings().cashRounding()).isNull();
  }

  @Test
  void theRoleOfThisStoreCountsUntilItIsTakenAway() throws Exception {
    UUID here = UUID.randomUUID();
    UserItem ofStore =
        new UserItem(
            TillFixture.SUPERVISOR,
            UUID.randomUUID(),
            "Supervisor Two",
            "trainee",
            Map.of("sale.ring", "ALLOWED", "sale.return", "PERHAPS", "sale.all", "ALLOWED"),
            null,
            3);
    page(FeedItem.of(11, here, ofStore));
    UserView trainee = till.device().users().byId(TillFixture.SUPERVISOR).orElseThrow();
    assertThat(trainee.role())
        .isEqualTo(
            new Role(
                "trainee",
                Map.of(
                    PermissionKey.SALE_RING, Decision.ALLOWED,
                    PermissionKey.SALE_RETURN, Decision.DENIED)));
    assertThat(trainee.pinEpoch()).isEqualTo(3);
    page(new FeedItem(12, "user", here, true, null));
    assertThat(till.device().users().byId(TillFixture.SUPERVISOR).orElseThrow().role())
        .isEqualTo(Role.SUPERVISOR);
  }

  private static FeedItem gone(long seq, UUID id) {
    return new FeedItem(seq, "product", id, true, null);
  }

  private void page(FeedItem... items) throws Exception {
    seq += items.length;
    till.device().replica().apply(new FeedPage(EPOCH, seq, false, List.of(items)));
  }
}
