package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.GIN;
import static dev.countersign.client.ledger.TillFixture.GIN_ITEM;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static dev.countersign.client.ledger.TillFixture.SUPERVISOR;
import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.ProductChanged.Field;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was edited here stands on top of what the server says, until the server has judged it. */
class EditedProductTest {
  private static final Actor MANAGER = new Actor(SUPERVISOR, null, NOON);

  @TempDir Path temp;
  private TillFixture office;
  private long cursor = 10;

  @BeforeEach
  void anOfficeOfAManager() throws Exception {
    office = TillFixture.in(temp, DeviceKind.OFFICE);
    hear(TillFixture.user(1, SUPERVISOR, "Supervisor Two", Role.MANAGER));
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void anEditShowsAtOnceIsFoundAndStaysThroughPageAndSnapshot() throws Exception {
    office.ledger().editProduct(MANAGER, GIN, Map.of(Field.NAME, "Juniper", Field.PRICE, "1600"));
    assertThat(gin().name()).isEqualTo("Juniper");
    assertThat(office.device().catalogue().search("junip", 5)).hasSize(1);
    assertThat(office.device().catalogue().search("dry gin", 5)).isEmpty();
    hear(FeedItem.of(1, GIN, with("Dry Gin", 1700)));
    assertThat(gin().name()).isEqualTo("Juniper");
    assertThat(gin().price()).isEqualTo(Money.of(1600, USD));
    List<FeedItem> snapshot = new ArrayList<>(TillFixture.feed());
    snapshot.add(TillFixture.user(9, SUPERVISOR, "Supervisor Two", Role.MANAGER));
    office
        .device()
        .replica()
        .replaceAll(
            new FeedPage(TillFixture.EPOCH, 40, false, List.of()),
            snapshot.stream().filter(item -> item.seq() != 3).iterator());
    assertThat(gin().name()).isEqualTo("Juniper");
    assertThat(office.device().catalogue().search("junip", 5)).hasSize(1);
    office.reopen();
    assertThat(gin().price()).isEqualTo(Money.of(1600, USD));
  }

  @Test
  void whatLosesGivesWayToTheServersWordFieldByField() throws Exception {
    office.ledger().editProduct(MANAGER, GIN, Map.of(Field.NAME, "Juniper", Field.PRICE, "1600"));
    hear(FeedItem.of(1, GIN, with("Dry Gin", 1500)));
    office.acknowledge(NOON, Verdict.SUPERSEDED, "superseded-price");
    assertThat(gin().name()).isEqualTo("Juniper");
    assertThat(gin().price()).isEqualTo(Money.of(1500, USD));
    hear(FeedItem.of(1, GIN, with("Juniper", 1500)));
    assertThat(gin().price()).isEqualTo(Money.of(1500, USD));
  }

  @Test
  void whatIsQuarantinedIsGoneFromHereAndTheNextEditStays() throws Exception {
    office.ledger().editProduct(MANAGER, GIN, Map.of(Field.PRICE, "1600"));
    office.device().outbox().nextToSend();
    office.ledger().editProduct(MANAGER, GIN, Map.of(Field.SIZE, "1 l"));
    office.acknowledge(NOON, Verdict.QUARANTINED, "not-permitted");
    assertThat(gin().price()).isEqualTo(Money.of(1550, USD));
    assertThat(gin().size()).isEqualTo("1 l");
    office.acknowledge(NOON, Verdict.ACCEPTED, "");
    assertThat(gin().size()).as("before the feed says so").isEqualTo("1 l");
  }

  @Test
  void anEditThatChangesNothingIsNoChangeAndOneThatDoesNotFitIsNone() {
    office.ledger().editProduct(MANAGER, GIN, Map.of(Field.PRICE, "1550"));
    assertThat(office.device().outbox().state().waiting()).isZero();
    for (Map<Field, String> bad :
        List.of(
            Map.of(Field.PRICE, "-5"),
            Map.of(Field.PRICE, "15.50"),
            Map.of(Field.NAME, "  "),
            Map.of(Field.NAME, "4111 1111 1111 1111"))) {
      assertThatThrownBy(() -> office.ledger().editProduct(MANAGER, GIN, bad))
          .isInstanceOf(ActRefusedException.class);
    }
  }

  private Product gin() {
    return office.device().catalogue().byId(GIN).orElseThrow();
  }

  private static ProductItem with(String name, long price) {
    return new ProductItem(
        GIN_ITEM.sku(),
        name,
        GIN_ITEM.category(),
        GIN_ITEM.size(),
        price,
        GIN_ITEM.taxes(),
        GIN_ITEM.barcodes());
  }

  private void hear(FeedItem... items) throws Exception {
    cursor++;
    office.device().replica().apply(new FeedPage(TillFixture.EPOCH, cursor, false, List.of(items)));
  }
}
