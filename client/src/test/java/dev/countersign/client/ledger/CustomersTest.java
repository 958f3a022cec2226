package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.FeedBody.CustomerItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers at a till, with a network or without. */
class CustomersTest {
  static final CustomerDetails ADA =
      CustomerDetails.of("77-1", "Ada Nwósu", "+44 (555) 0100", "ada@example.org");
  private static final CustomerDetails BO = CustomerDetails.of("", "Bo Ek", "", "");

  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(temp);
  }

  @AfterEach
  void close() {
    till.close();
  }

  /** A customer whom the server has told of. */
  static UUID known(OpenDevice till) {
    UUID id = new UUID(3, till.replica().cursor());
    hear(till, FeedItem.of(1, id, new CustomerItem("a".repeat(64), BO)));
    return id;
  }

  private static void hear(OpenDevice till, FeedItem item) {
    try {
      till.replica().apply(new FeedPage(EPOCH, till.replica().cursor() + 1, false, List.of(item)));
    } catch (Replica.OtherEpochException e) {
      throw new AssertionError(e);
    }
  }

  private List<UUID> found(String typed) {
    return till.device().customers().search(typed, 10).stream().map(Customer::id).toList();
  }

  @Test
  void aCustomerIsFoundByNameNumberAddressAndTelephone() {
    UUID ada = till.ledger().addCustomer(TillFixture.cashier(), ADA).id();
    UUID bo = known(till.device());
    for (String typed : List.of("nwosu", "Ada", "ada n", "77-1", "ada@ex", "5550100", "555 01")) {
      assertThat(found(typed)).as(typed).containsExactly(ada);
    }
    assertThat(found("")).containsExactly(ada, bo);
    assertThat(found("nobody")).isEmpty();
    assertThat(till.device().customers().byNumber("77-1"))
        .extracting(Customer::details)
        .containsExactly(ADA);
    assertThat(till.device().customers().byNumber("")).isEmpty();
  }

  @Test
  void nothingOfACustomerStandsInWhatIsSigned() throws Exception {
    UUID ada = till.ledger().addCustomer(TillFixture.cashier(), ADA).id();
    till.ledger().changeCustomer(TillFixture.cashier(), ada, BO);
    String signed =
        new String(
            till.device().outbox().nextToSend().orElseThrow().envelope().payload(),
            StandardCharsets.UTF_8);
    assertThat(signed).contains("customer.added", "customer.changed");
    for (String text : List.of("Ada", "Nw", "(555)", "example.org", "Bo Ek")) {
      assertThat(signed).doesNotContain(text);
    }
    assertThat(till.device().customers().unsent()).hasSize(2);
  }

  @Test
  void whatWasChangedHereShowsAtOnceAndIsKept() throws Exception {
    UUID bo = known(till.device());
    till.ledger().changeCustomer(TillFixture.cashier(), bo, ADA);
    till.reopen();
    assertThat(found("nwosu")).containsExactly(bo);
    assertThat(till.device().customers().byId(bo).orElseThrow().details()).isEqualTo(ADA);
  }

  @Test
  void whoWasErasedIsGoneSentOrNot() throws Exception {
    UUID ada = till.ledger().addCustomer(TillFixture.cashier(), ADA).id();
    hear(till.device(), new FeedItem(2, "customer", ada, true, null));
    assertThat(found("")).isEmpty();
    assertThat(till.device().customers().unsent()).isEmpty();
    UUID bo = known(till.device());
    till.ledger().changeCustomer(TillFixture.cashier(), bo, ADA);
    till.device().customers().erased(bo);
    assertThat(found("")).isEmpty();
    assertThat(till.device().customers().unsent()).isEmpty();
  }

  @Test
  void whatDoesNotFitAndCardNumbersAreRefused() {
    for (CustomerDetails bad :
        List.of(
            CustomerDetails.of("", "", "555", ""),
            CustomerDetails.of("", "Two\nlines", "", ""),
            CustomerDetails.of("", "x".repeat(121), "", ""),
            CustomerDetails.of("4111 1111 1111 1111", "Ada", "", ""))) {
      assertThatThrownBy(() -> till.ledger().addCustomer(TillFixture.cashier(), bad))
          .isInstanceOf(ActRefusedException.class);
    }
    assertThatThrownBy(
            () -> till.ledger().changeCustomer(TillFixture.cashier(), UUID.randomUUID(), ADA))
        .isInstanceOf(ActRefusedException.class);
    assertThat(till.device().outbox().state().waiting()).isZero();
  }
}
