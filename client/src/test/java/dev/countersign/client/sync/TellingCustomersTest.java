package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.Customer;
import dev.countersign.common.protocol.CustomerDetails;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer whom one till adds without a network is found at another. */
class TellingCustomersTest {
  private static final CustomerDetails ADA =
      CustomerDetails.of("77", "Ada Nwosu", "555 0100", "ada@example.org");

  @TempDir Path folder;
  private Shop shop;
  private TillDevice here;
  private TillDevice there;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    here = shop.till();
    there = shop.till();
  }

  @AfterEach
  void close() throws Exception {
    here.close();
    there.close();
    shop.close();
  }

  private void meet() {
    try (ServerConnection connection = here.connect()) {
      var enrolled = here.open.ledger().enrolled();
      DeviceSignIn signIn =
          new DeviceSignIn(
              connection,
              enrolled.device(),
              enrolled.environment(),
              here.open.outbox()::sign,
              () -> {});
      new TellingCustomers(here.open.customers())
          .met((path, json) -> signIn.asking(token -> connection.postJson(path, json, token)));
    }
  }

  @Test
  void detailsFollowTheirChange() {
    Customer ada = here.open.ledger().addCustomer(here.actor(), ADA);
    assertThat(here.push()).isInstanceOf(PushOutcome.AllSent.class);
    there.pull();
    assertThat(there.open.customers().search("ada", 5)).isEmpty();
    meet();
    assertThat(here.open.customers().unsent()).isEmpty();
    there.pull();
    assertThat(there.open.customers().search("ada", 5)).containsExactly(ada);
  }

  @Test
  void detailsComeBeforeTheirChange() {
    Customer ada = here.open.ledger().addCustomer(here.actor(), ADA);
    meet();
    there.pull();
    assertThat(there.open.customers().search("ada", 5)).isEmpty();
    here.push();
    there.pull();
    assertThat(there.open.customers().search("ada", 5)).containsExactly(ada);
  }
}
