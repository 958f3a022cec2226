package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.change.PriceListWritten;
import dev.countersign.common.change.PromotionWritten;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.BoughtBy;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Terms;
import dev.countersign.common.promotion.Validity;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.PriceListItem;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.PromotionItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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

/** Promotions and price lists are written in offices, and what tills made of them is judged. */
@ParameterizedClass
@EnumSource
class PromotionsOfSalesTest {
  private static final UUID PROMOTION = new UUID(7, 7);

  @Parameter Stored stored;
  @TempDir Path folder;
  private TestShop shop;
  private SellingTill till;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(folder, stored);
    shop.products.put(
        shop.product, new ProductItem("1002", "Gin", "Gin", "", 1000, List.of(), List.of()));
    till = shop.enrol();
    assertThat(send(till.opening()).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(shop.now, ZoneOffset.UTC);
  }

  /** A tenth off all gin. */
  private Promotion tenth(int version) {
    return promotion(version, null, Validity.from(today().minusDays(3), null));
  }

  private static Promotion promotion(int version, @Nullable Coupon coupon, Validity validity) {
    return new Promotion(
        "Gin week",
        version,
        5,
        false,
        true,
        Terms.of(new Offer.PercentOff(1000)),
        Selection.ofCategories("Gin"),
        Caps.NONE,
        coupon,
        validity);
  }

  private Judged send(Change change) throws SQLException {
    return ((IngestOutcome.Stored) shop.accept(till.seal(List.of(change))))
        .acknowledgement()
        .verdicts()
        .getFirst();
  }

  private Judged write(UUID entity, ChangeBody body) throws SQLException {
    Change change = till.change(entity, body);
    return send(
        new Change(
            change.id(), change.number(), entity, shop.manager, null, change.at(), change.body()));
  }

  private Judged write(Promotion promotion) throws SQLException {
    return write(PROMOTION, new PromotionWritten(promotion));
  }

  /** Two bottles at ten, with so much off by that version. */
  private Judged sell(int version, long off, String... coupons) throws SQLException {
    return sell(version, off, null, coupons);
  }

  private Judged sell(int version, long off, @Nullable BoughtBy customer, String... coupons)
      throws SQLException {
    SaleCompleted plain = till.saleBody(shop.product, 2000 - off);
    SaleCompleted.Off by =
        new SaleCompleted.Off(
            "Gin week", null, off, false, new SaleCompleted.Promised(PROMOTION, version));
    SaleCompleted.Line line =
        new SaleCompleted.Line(
            1,
            shop.product,
            "",
            "Gin",
            Quantity.of(2),
            1000L,
            null,
            2000 - off,
            List.of(),
            null,
            List.of(by),
            "");
    return send(
        till.change(
            till.id(),
            new SaleCompleted(
                plain.store(),
                plain.register(),
                plain.shift(),
                plain.receipt(),
                plain.businessDate(),
                plain.currency(),
                List.of(line),
                plain.tenders(),
                plain.total(),
                0,
                0,
                0,
                List.of(),
                null,
                List.of(),
                "",
                List.of(),
                0,
                List.of(coupons),
                customer,
                null)));
  }

  @Test
  void aPromotionIsToldToAllDevicesUnderEveryVersion() throws Exception {
    assertThat(write(tenth(1)).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(write(tenth(2)).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(shop.told).contains(new PromotionItem(tenth(1)), new PromotionItem(tenth(2)));
    assertThat(shop.count("written_version")).isEqualTo(2);
  }

  @Test
  void everyVersionOfOneBatchIsKept() throws Exception {
    List<Change> both = new ArrayList<>();
    for (int version : List.of(1, 2)) {
      Change change = till.change(PROMOTION, new PromotionWritten(tenth(version)));
      both.add(
          new Change(
              change.id(),
              change.number(),
              PROMOTION,
              shop.manager,
              null,
              change.at(),
              change.body()));
    }
    shop.accept(till.seal(both));
    assertThat(shop.count("written_version")).isEqualTo(2);
    assertThat(sell(1, 200).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void whoeverWritesTheSameVersionSecondIsSupersededAndChangesNothing() throws Exception {
    write(tenth(1));
    Judged second = write(promotion(1, null, Validity.from(today().minusDays(9), null)));
    assertThat(second.verdict()).isEqualTo(Verdict.SUPERSEDED);
    assertThat(second.code()).isEqualTo("superseded-version");
    assertThat(shop.told.stream().filter(PromotionItem.class::isInstance))
        .containsExactly(new PromotionItem(tenth(1)));
    assertThat(write(tenth(3)).code()).as("version 2 was never written").isEqualTo("malformed");
  }

  @Test
  void whatDoesNotFitOrIsNotPermittedIsQuarantined() throws Exception {
    Promotion odd =
        new Promotion(
            "Odd",
            1,
            5,
            false,
            true,
            new Terms("percent-off", 0, 20_000, 0, 0, 0, List.of()),
            Selection.EVERYTHING,
            Caps.NONE,
            null,
            Validity.from(today(), null));
    assertThat(write(odd).code()).isEqualTo("malformed");
    Judged byCashier = send(till.change(PROMOTION, new PromotionWritten(tenth(1))));
    assertThat(byCashier.code()).isEqualTo("not-permitted");
    assertThat(shop.count("written_version")).isZero();
  }

  @Test
  void whatIsOverIsToldToNobodyAnyMore() throws Exception {
    write(tenth(1));
    LocalDate last = today().minusDays(2);
    assertThat(write(promotion(2, null, Validity.from(last, last))).verdict())
        .isEqualTo(Verdict.ACCEPTED);
    assertThat(shop.forgotten).containsExactly(PROMOTION);
    assertThat(shop.told.stream().filter(PromotionItem.class::isInstance)).hasSize(1);
  }

  /**
   * Priced within it and paid five minutes after it; neither now nor half an hour ago it counts.
   */
  @Test
  void aFewMinutesThatAreOverWhenItIsPaidCount() throws Exception {
    int now = LocalDateTime.ofInstant(shop.now, ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 60;
    Validity minutes =
        new Validity(
            today().minusDays(3),
            null,
            List.of(),
            Math.floorMod(now - 15, 1_440),
            Math.floorMod(now - 6, 1_440) + 1,
            List.of());
    write(promotion(1, null, minutes));
    assertThat(sell(1, 200).code()).isEmpty();
    shop.now = shop.now.plus(Duration.ofHours(1));
    assertThat(sell(1, 200).code()).isEqualTo("promotion-not-valid");
  }

  @Test
  void aPriceListIsWrittenInTheSameWay() throws Exception {
    PriceList list =
        new PriceList(
            "Staff", 1, today(), null, List.of(new PriceList.ListedPrice(shop.product, 900)));
    UUID id = UUID.randomUUID();
    assertThat(write(id, new PriceListWritten(list)).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(shop.told).contains(new PriceListItem(list));
    PriceList twice =
        new PriceList(
            "Staff",
            2,
            today(),
            null,
            List.of(
                new PriceList.ListedPrice(shop.product, 900),
                new PriceList.ListedPrice(shop.product, 800)));
    assertThat(write(id, new PriceListWritten(twice)).code()).isEqualTo("malformed");
  }

  @Test
  void whatAPriceListTookOffIsReckonedByItsVersionAndNeedsACustomerWhoWasGrantedIt()
      throws Exception {
    PriceList list =
        new PriceList(
            "Staff", 1, today(), null, List.of(new PriceList.ListedPrice(shop.product, 900)));
    write(PROMOTION, new PriceListWritten(list));
    UUID ada = UUID.randomUUID();
    write(ada, new CustomerAdded("a".repeat(64)));
    write(ada, new CustomerTermsWritten(new CustomerTerms(1, PROMOTION, "", 0)));
    write(ada, new CustomerTermsWritten(new CustomerTerms(2, null, "", 0)));
    BoughtBy staff = new BoughtBy(ada, 1, "");
    assertThat(sell(1, 200, staff).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(sell(1, 300, staff).code()).isEqualTo("promotion-differs");
    assertThat(sell(1, 200).code()).isEqualTo("promotion-not-valid");
    assertThat(sell(1, 200, new BoughtBy(ada, 2, "")).code()).isEqualTo("promotion-not-valid");
    assertThat(sell(1, 200, new BoughtBy(ada, 0, "")).code()).isEqualTo("promotion-not-valid");
    assertThat(sell(2, 200, staff).code()).isEqualTo("promotion-unknown");
    assertThat(sell(1, 200, new BoughtBy(UUID.randomUUID(), 0, "")).code())
        .isEqualTo("unknown-customer,promotion-not-valid");
  }

  @Test
  void aSaleByAPromotionThatCountsIsAccepted() throws Exception {
    write(tenth(1));
    assertThat(sell(1, 200).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void moreOffThanThePromotionGivesIsFlagged() throws Exception {
    write(tenth(1));
    Judged sale = sell(1, 300);
    assertThat(sale.verdict()).isEqualTo(Verdict.FLAGGED);
    assertThat(sale.code()).isEqualTo("promotion-differs");
  }

  @Test
  void aPromotionThatNobodyWroteIsFlagged() throws Exception {
    assertThat(sell(1, 200).code()).isEqualTo("promotion-unknown");
    write(tenth(1));
    assertThat(sell(2, 200).code()).isEqualTo("promotion-unknown");
  }

  @Test
  void aTillThatWasAwayIsRightByTheVersionThatItKnew() throws Exception {
    write(tenth(1));
    write(promotion(2, null, Validity.from(today().minusDays(3), today().minusDays(2))));
    assertThat(sell(1, 200).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(sell(2, 200).code()).isEqualTo("promotion-not-valid");
  }

  @Test
  void aCouponMustHaveBeenShown() throws Exception {
    write(promotion(1, new Coupon("GIN10", 1), Validity.from(today().minusDays(3), null)));
    assertThat(sell(1, 200).code()).isEqualTo("promotion-not-valid");
    assertThat(sell(1, 200, "GIN10").verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void aPromotionOfAnotherStoreIsFlagged() throws Exception {
    Validity elsewhere =
        new Validity(today().minusDays(3), null, List.of(), 0, 1440, List.of(UUID.randomUUID()));
    write(promotion(1, null, elsewhere));
    assertThat(sell(1, 200).code()).isEqualTo("promotion-not-valid");
  }
}
