package dev.countersign.client.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real till process is killed without warning while it takes a snapshot. */
class KilledSnapshotTest {
  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void anEnrolledTill() throws Exception {
    till = TillFixture.in(temp);
    till.device().close();
  }

  @AfterEach
  void close() {
    till.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2_047, 2_048, SnapshotHarness.ITEMS - 1})
  void killedWithinItTheTillSellsFromWhatItHad(int item) throws Exception {
    killBefore(item);
    till.reopen();
    Catalogue catalogue = till.device().catalogue();
    assertThat(till.device().replica().cursor()).isEqualTo(10);
    assertThat(catalogue.byCode("00080480280024")).hasSize(1);
    assertThat(catalogue.search("anejo", 10)).hasSize(1);
    assertThat(catalogue.search("snapshot", 10)).isEmpty();
    assertThat(catalogue.size()).isEqualTo(2);
    assertThat(till.device().damage()).isEmpty();
  }

  @Test
  void killedBehindItTheTillSellsFromItAndMakesTheRestLater() throws Exception {
    killBefore(SnapshotHarness.ITEMS);
    till.reopen();
    Replica replica = till.device().replica();
    assertThat(till.device().store().<Boolean, Exception>read(Restocking::isArranged)).isFalse();
    assertWhole();
    // A page changes a product also while that is missing.
    replica.apply(
        new FeedPage(
            TillFixture.EPOCH,
            71,
            false,
            List.of(new FeedItem(71, "product", new UUID(7, 4_999), true, null))));
    assertThat(till.device().catalogue().byCode("CODE-4999")).isEmpty();
    replica.arrange(() -> false);
    assertThat(till.device().store().<Boolean, Exception>read(Restocking::isArranged)).isTrue();
    assertThat(till.device().catalogue().size()).isEqualTo(SnapshotHarness.ITEMS - 1);
    assertThat(till.device().damage()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void killedBetweenTheStepsOfTheIndexTheTillGoesOnWhereItWas(int steps) throws Exception {
    killBefore(SnapshotHarness.ITEMS + steps);
    till.reopen();
    assertThat(indexed()).isStrictlyBetween(0L, (long) SnapshotHarness.ITEMS);
    assertWhole();
    till.device().replica().arrange(() -> false);
    assertThat(indexed()).isEqualTo(SnapshotHarness.ITEMS);
    assertWhole();
    assertThat(till.device().damage()).isEmpty();
  }

  private long indexed() throws Exception {
    return till.device()
        .store()
        .<Long, Exception>read(
            db ->
                db.first(
                        "SELECT count(*) FROM product_search WHERE product_search MATCH 'snapshot'",
                        row -> row.integer(1))
                    .orElseThrow());
  }

  private void assertWhole() {
    Catalogue catalogue = till.device().catalogue();
    assertThat(till.device().replica().cursor()).isEqualTo(70);
    assertThat(catalogue.size()).isEqualTo(SnapshotHarness.ITEMS);
    assertThat(catalogue.categories()).hasSize(7);
    assertThat(catalogue.inCategory("Category 3", 10, 0)).hasSize(10);
    for (int number : List.of(0, 31, 32, 2_047, 2_048, 4_095, 4_096, 4_991, 4_992, 4_999)) {
      assertThat(catalogue.byCode("CODE-" + number)).as("%d", number).hasSize(1);
      assertThat(catalogue.bySku("S" + number)).as("%d", number).isPresent();
      assertThat(catalogue.search("rum s" + number, 1))
          .as("%d", number)
          .singleElement()
          .satisfies(found -> assertThat(found.id()).isEqualTo(new UUID(7, number)));
    }
    assertThat(catalogue.search("anejo", 10)).isEmpty();
  }

  private void killBefore(int item) throws Exception {
    Process other =
        new ProcessBuilder(SnapshotHarness.command(temp, item))
            .redirectError(temp.resolve("errors").toFile())
            .start();
    try (BufferedReader lines = other.inputReader()) {
      assertThat(lines.readLine()).as("it got there").isEqualTo("stopped");
    } finally {
      other.destroyForcibly().waitFor();
    }
  }
}
