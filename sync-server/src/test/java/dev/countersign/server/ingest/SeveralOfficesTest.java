package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.ProductChanged.Edit;
import dev.countersign.common.change.ProductChanged.Field;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.QuestionItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two managers change one product without knowing of each other. */
class SeveralOfficesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aPriceChangedWhileOffline(Stored stored) throws Exception {
    try (TestShop shop = shop(stored)) {
      SellingTill first = shop.enrol();
      SellingTill second = shop.enrol();
      assertThat(judged(shop, first, edit(Field.PRICE, "1550", "1500")).verdict())
          .isEqualTo(Verdict.ACCEPTED);
      Judged late =
          judged(
              shop,
              second,
              edit(Field.PRICE, "1550", "1600"),
              edit(Field.NAME, "Dry Gin", "London Dry Gin"));
      assertThat(late.verdict()).isEqualTo(Verdict.SUPERSEDED);
      assertThat(late.code()).isEqualTo("superseded-price");
      assertThat(shop.products.get(shop.product))
          .isEqualTo(
              new ProductItem(
                  "1002", "London Dry Gin", "Gin", "750 ml", 1500, List.of(), List.of()));
      assertThat(question(shop).edits())
          .contains(new QuestionItem.Edited(shop.product, "PRICE", "1550", "1600", "1500"));
      // Applied again by a person: on top of what stands, and the question is put away.
      assertThat(judged(shop, second, edit(Field.PRICE, "1500", "1600")).verdict())
          .isEqualTo(Verdict.ACCEPTED);
      assertThat(shop.products.get(shop.product).price()).isEqualTo(1600);
      Change seen =
          byManager(
              shop,
              second.change(
                  second.id(),
                  new VerdictResolved(
                      second.registered().device(), 1, 1, VerdictResolved.Resolution.SEEN, "")));
      assertThat(send(shop, second, seen).code()).isEqualTo("own-change");
      assertThat(question(shop).decision()).isEqualTo("SEEN");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameValueFromTwoPlacesIsNoConflict(Stored stored) throws Exception {
    try (TestShop shop = shop(stored)) {
      SellingTill first = shop.enrol();
      SellingTill second = shop.enrol();
      judged(shop, first, edit(Field.PRICE, "1550", "1500"));
      assertThat(judged(shop, second, edit(Field.PRICE, "1550", "1500")).verdict())
          .isEqualTo(Verdict.ACCEPTED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatNoFieldCanHoldAndWhatNobodySellsIsQuarantined(Stored stored) throws Exception {
    try (TestShop shop = shop(stored)) {
      SellingTill office = shop.enrol();
      for (Edit bad :
          List.of(
              edit(Field.PRICE, "1550", "-1"),
              edit(Field.PRICE, "1550", "01500"),
              edit(Field.PRICE, "1550", "1e3"),
              edit(Field.NAME, "Dry Gin", ""),
              edit(Field.NAME, "Dry Gin", " Gin"),
              edit(Field.NAME, "Dry Gin", "G\nin"),
              edit(Field.SIZE, "750 ml", "x".repeat(201)))) {
        assertThat(judged(shop, office, bad).code()).as(bad.to()).isEqualTo("malformed");
      }
      assertThat(
              judged(
                      shop,
                      office,
                      edit(Field.PRICE, "1550", "1500"),
                      edit(Field.PRICE, "1550", "1400"))
                  .code())
          .as("a field twice")
          .isEqualTo("malformed");
      Change unknown =
          byManager(
              shop,
              office.change(
                  UUID.randomUUID(), new ProductChanged(List.of(edit(Field.PRICE, "1", "2")))));
      assertThat(send(shop, office, unknown).code()).isEqualTo("unknown-product");
      assertThat(shop.products.get(shop.product).price()).isEqualTo(1550);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatSomebodyNoticedReachesTheOfficesWithTheirWords(Stored stored) throws Exception {
    try (TestShop shop = shop(stored)) {
      SellingTill till = shop.enrol();
      Change report =
          till.change(
              till.id(),
              new SuspicionReported(
                  till.registered().store(),
                  till.registered().register(),
                  SuspicionReported.Kind.SECRET_ASKED,
                  "a man in a jacket of the bank"));
      assertThat(send(shop, till, report).code()).isEqualTo("suspicion-reported");
      assertThat(shop.told)
          .filteredOn(QuestionItem.class::isInstance)
          .extracting(item -> ((QuestionItem) item).reported())
          .containsExactly(
              new QuestionItem.Reported("SECRET_ASKED", "a man in a jacket of the bank"));
    }
  }

  private TestShop shop(Stored stored) throws SQLException {
    TestShop shop = new TestShop(folder, stored);
    shop.products.put(
        shop.product,
        new ProductItem("1002", "Dry Gin", "Gin", "750 ml", 1550, List.of(), List.of()));
    return shop;
  }

  private static Edit edit(Field field, String from, String to) {
    return new Edit(field, from, to);
  }

  private static QuestionItem question(TestShop shop) {
    return shop.told.stream()
        .filter(QuestionItem.class::isInstance)
        .map(QuestionItem.class::cast)
        .filter(item -> item.type().equals("product.changed"))
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static Judged judged(TestShop shop, SellingTill office, Edit... edits)
      throws SQLException {
    return send(
        shop,
        office,
        byManager(shop, office.change(shop.product, new ProductChanged(List.of(edits)))));
  }

  private static Judged send(TestShop shop, SellingTill office, Change change) throws SQLException {
    return ((IngestOutcome.Stored) shop.accept(office.seal(List.of(change))))
        .acknowledgement()
        .verdicts()
        .getFirst();
  }

  private static Change byManager(TestShop shop, Change change) {
    return new Change(
        change.id(),
        change.number(),
        change.entity(),
        shop.manager,
        null,
        change.at(),
        change.body());
  }
}
