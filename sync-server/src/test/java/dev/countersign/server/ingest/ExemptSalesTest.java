package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.BoughtBy;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.CustomerTermsItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
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

/** What customers were granted is written by few, and what tills made of it is judged. */
@ParameterizedClass
@EnumSource
class ExemptSalesTest {
  private static final UUID VAT = new UUID(0, 20);
  private static final UUID ADA = new UUID(3, 3);
  private static final CustomerTerms CHARITY = new CustomerTerms(1, null, "Charity 12", 0);

  @Parameter Stored stored;
  @TempDir Path folder;
  private TestShop shop;
  private SellingTill till;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(folder, stored);
    shop.taxes.put(VAT, new TaxItem("VAT", "percent", new BigDecimal("20"), true, false, true));
    till = shop.enrol();
    send(till.opening());
    send(till.change(ADA, new CustomerAdded("a".repeat(64))));
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private Judged send(Change change) throws SQLException {
    return ((IngestOutcome.Stored) shop.accept(till.seal(List.of(change))))
        .acknowledgement()
        .verdicts()
        .getFirst();
  }

  private Judged grant(UUID customer, CustomerTerms terms) throws SQLException {
    ChangeBody body = new CustomerTermsWritten(terms);
    Change change = till.change(customer, body);
    return send(
        new Change(change.id(), change.number(), customer, shop.manager, null, change.at(), body));
  }

  /** A bottle of 12.00, of which so much is left out as tax. */
  private Judged sell(@Nullable BoughtBy by, long leftOut) throws SQLException {
    long amount = 1200 - leftOut;
    SaleCompleted plain = till.saleBody(shop.product, amount);
    SaleCompleted.Line line =
        new SaleCompleted.Line(
            1,
            shop.product,
            "",
            "Gin",
            Quantity.ONE,
            1200L,
            null,
            amount,
            List.of(),
            null,
            List.of(),
            "",
            null,
            List.of(new Tax(VAT, "VAT", "20", amount, leftOut)),
            null);
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
                amount,
                0,
                0,
                0,
                List.of(),
                null,
                List.of(),
                "",
                List.of(),
                0,
                List.of(),
                by,
                null)));
  }

  private static BoughtBy charity(int version) {
    return new BoughtBy(ADA, version, "Charity 12");
  }

  @Test
  void whoeverWasGrantedItPaysNoTax() throws Exception {
    assertThat(grant(ADA, CHARITY).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(shop.told).contains(new CustomerTermsItem(CHARITY));
    assertThat(sell(charity(1), 200)).extracting(Judged::code).isEqualTo("");
  }

  @Test
  void whatATillKnewStaysRightAfterItWasTakenAway() throws Exception {
    grant(ADA, CHARITY);
    grant(ADA, new CustomerTerms(2, null, "", 0));
    assertThat(sell(charity(1), 200).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(sell(charity(2), 200).code()).isEqualTo("not-exempt");
  }

  @Test
  void whoeverWasGrantedNothingIsNotExempt() throws Exception {
    assertThat(sell(charity(0), 200).code()).isEqualTo("not-exempt");
    assertThat(sell(charity(1), 200).code()).isEqualTo("customer-terms,not-exempt");
    grant(ADA, CHARITY);
    assertThat(sell(new BoughtBy(ADA, 1, "Friend"), 200).code()).isEqualTo("not-exempt");
  }

  @Test
  void moreThanTheTaxIsNotLeftOutUnseen() throws Exception {
    grant(ADA, CHARITY);
    assertThat(sell(charity(1), 300).code()).isEqualTo("exemption-differs");
    shop.taxes.clear();
    assertThat(sell(charity(1), 200).code()).isEqualTo("exemption-differs");
  }

  @Test
  void noLineLeavesATaxOutWithoutAReason() throws Exception {
    assertThat(sell(null, 200).code()).isEqualTo("sums-do-not-agree");
    assertThat(sell(new BoughtBy(ADA, 0, ""), 200).code()).isEqualTo("sums-do-not-agree");
  }

  @Test
  void onlyWhoMayGrantsAndOnlyToACustomer() throws Exception {
    assertThat(send(till.change(ADA, new CustomerTermsWritten(CHARITY))).code())
        .isEqualTo("not-permitted");
    assertThat(grant(UUID.randomUUID(), CHARITY).code()).isEqualTo("unknown-customer");
    assertThat(grant(ADA, new CustomerTerms(1, null, "", -1)).code()).isEqualTo("malformed");
    assertThat(grant(ADA, CHARITY).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(grant(ADA, CHARITY).verdict()).isEqualTo(Verdict.SUPERSEDED);
  }
}
