package dev.countersign.client.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.ledger.OpenDevice.Surroundings;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.money.Money;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDeviceTest {
  private static final Surroundings AROUND =
      new Surroundings(() -> TillFixture.NOON, System::nanoTime, new SecureRandom());

  @TempDir Path temp;
  private TillFixture till;
  private DeviceFolder beside;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(temp);
    beside = till.folder.throwAway();
  }

  @AfterEach
  void close() {
    till.close();
  }

  /** A table that is added must be put on one side or the other. */
  @Test
  void ofEveryTableItIsKnownWhetherSomebodyLearnsOnACopyOfIt() {
    List<String> tables =
        till.device()
            .store()
            .read(
                db ->
                    db.list(
                        "SELECT name FROM sqlite_schema WHERE type = 'table'"
                            + " AND name NOT LIKE 'product\\_search%' ESCAPE '\\'"
                            + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
                        row -> row.text(1)));
    Set<String> decided = new TreeSet<>(TrainingSeed.COPIED);
    decided.addAll(TrainingSeed.LEFT);
    assertThat(decided).isEqualTo(new TreeSet<>(tables));
    assertThat(TrainingSeed.COPIED).doesNotContainAnyElementsOf(TrainingSeed.LEFT);
  }

  @Test
  void goodsAndPeopleAreThoseOfTheTillAndNothingElseIs() throws Exception {
    till.openShift();
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
    try (OpenDevice training = till.device().training(beside, AROUND)) {
      assertThat(training.catalogue().byId(TillFixture.RUM))
          .isEqualTo(till.device().catalogue().byId(TillFixture.RUM));
      assertThat(training.catalogue().search("añejo", 5)).hasSize(1);
      assertThat(training.users().list()).isEqualTo(till.device().users().list());
      assertThat(training.books().lastSale()).isEmpty();
      assertThat(training.ledger().currentShift()).isEmpty();
      assertThat(training.outbox().state().waiting()).isZero();
    }
  }

  @Test
  void whatIsLearntUsesNoNumberOfTheTillAndIsSignedByNoKeyOfIt() throws Exception {
    till.openShift();
    long before = changes(till.device());
    try (OpenDevice training = till.device().training(beside, AROUND)) {
      training
          .ledger()
          .openShift(TillFixture.cashier(), TillFixture.DAY, Money.of(5_000, TillFixture.USD));
      CompletedSale learnt = training.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      assertThat(learnt.body().receipt()).isEqualTo("TRAINING-000001");
      assertThat(training.ledger().enrolled().environment()).isEqualTo("training");
      assertThat(training.ledger().enrolled().server()).endsWith(".invalid");
      byte[] text = {1};
      // The same key would make the same signature.
      assertThat(training.outbox().sign("text", text).encode())
          .isNotEqualTo(till.device().outbox().sign("text", text).encode());
      assertThat(training.stock().level(TillFixture.RUM))
          .isNotEqualTo(till.device().stock().level(TillFixture.RUM));
    }
    assertThat(changes(till.device())).isEqualTo(before);
    assertThat(till.ledger().complete(TillFixture.cashier(), TillFixture.draft()).body().receipt())
        .isEqualTo("R1-000001");
  }

  @Test
  void itsStoreIsNotOpenedByTheKeyOfTheTillAndGoesWhenItIsLeft() throws Exception {
    try (OpenDevice training = till.device().training(beside, AROUND)) {
      assertThat(training.ledger().enrolled().isTraining()).isTrue();
      till.folder.removeThrownAway();
      assertThat(beside.storeFile()).as("somebody is learning on it").exists();
    }
    try (Secret key = till.keys.database().copy()) {
      assertThatThrownBy(() -> TillStore.open(beside, key, LedgerSchema.MIGRATIONS))
          .isInstanceOf(RuntimeException.class);
    }
    till.folder.removeThrownAway();
    assertThat(Files.exists(beside.path())).isFalse();
    assertThat(till.folder.storeFile()).exists();
  }

  private static long changes(OpenDevice device) {
    return device
        .store()
        .read(db -> db.first("SELECT count(*) FROM change", row -> row.integer(1)))
        .orElseThrow();
  }
}
