package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sale that the books have already, among others of its batch, over the network: they are taken
 * for new there, and what is said of each is as if each had been looked for.
 */
@ParameterizedClass
@EnumSource
class DoubledSaleTest {
  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private CreditTill till;
  private SellingTill selling;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    till = CreditTill.in(shop, shop.desk().addUser(shop.tenant.id(), "Max", "manager", null).id());
    selling = till.selling;
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private List<String> send(List<Change> changes) throws Exception {
    return till.send(changes);
  }

  private Change sale(UUID id, long total) {
    return selling.change(id, selling.saleBody(null, total));
  }

  @Test
  void aSaleThatIsThereIsADuplicateAndTheOthersCount() throws Exception {
    UUID sold = selling.id();
    assertThat(send(List.of(sale(sold, 100)))).containsExactly("ACCEPTED");
    List<Change> batch = new ArrayList<>();
    batch.add(sale(selling.id(), 20));
    batch.add(sale(sold, 100));
    batch.add(sale(selling.id(), 3));
    assertThat(send(batch)).containsExactly("ACCEPTED", "QUARANTINED duplicate", "ACCEPTED");
    assertThat(shop.number("SELECT count(*) FROM sale")).isEqualTo(3);
    assertThat(shop.number("SELECT sum(total) FROM takings")).isEqualTo(123);
    // The till goes on as if nothing had been tried twice.
    assertThat(send(List.of(sale(selling.id(), 4)))).containsExactly("ACCEPTED");
  }

  @Test
  void itIsADuplicateBeforeAnythingElseThatIsWrongWithIt() throws Exception {
    UUID sold = selling.id();
    SaleCompleted body = selling.saleBody(null, 100);
    assertThat(send(List.of(selling.change(sold, body)))).containsExactly("ACCEPTED");
    // Its receipt is used as well, so that it would never have reached the books.
    assertThat(send(List.of(selling.change(sold, body), sale(selling.id(), 20))))
        .containsExactly("QUARANTINED duplicate", "ACCEPTED");
    assertThat(shop.number("SELECT sum(total) FROM takings")).isEqualTo(120);
  }

  @Test
  void twiceInOneBatchItCountsOnce() throws Exception {
    UUID sold = selling.id();
    assertThat(send(List.of(sale(sold, 100), sale(sold, 100))))
        .containsExactly("ACCEPTED", "QUARANTINED duplicate");
    assertThat(shop.number("SELECT sum(total) FROM takings")).isEqualTo(100);
  }

  /** What a decision puts into the books is in them for the rest of its batch, and before it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSaleThatTheSameBatchAcceptsIsNotTakenTwice(boolean decidedFirst) throws Exception {
    CreditTill other = CreditTill.in(shop, shop.cashier.id());
    UUID sold = selling.id();
    Change open = other.selling.change(sold, other.selling.saleBody(null, 100));
    assertThat(other.send(List.of(open))).containsExactly("QUARANTINED not-permitted");
    VerdictResolved decision =
        new VerdictResolved(
            other.enrolled.id(), 2, open.number(), VerdictResolved.Resolution.ACCEPT, "");
    if (decidedFirst) {
      Change decided = selling.change(selling.id(), decision);
      assertThat(send(List.of(decided, sale(sold, 100))))
          .containsExactly("ACCEPTED", "QUARANTINED duplicate");
    } else {
      Change mine = sale(sold, 100);
      assertThat(send(List.of(mine, selling.change(selling.id(), decision))))
          .containsExactly("ACCEPTED", "QUARANTINED cannot-decide");
    }
    assertThat(shop.number("SELECT sum(total) FROM takings")).isEqualTo(100);
  }
}
