package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody gets out of a stolen till with a program of their own. The PIN is 2580. */
class StolenDiskTest {
  private static final Logger LOG = LoggerFactory.getLogger(StolenDiskTest.class);

  /** A run of four digits is never chosen, so a search leaves these out as well. */
  private static final List<String> GUESSES = List.of("2577", "2578", "2579", "2580");

  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path temp;
  private TillFixture till;
  private Thief thief;

  @BeforeEach
  void aTillThatHasSoldIsSwitchedOff() throws Exception {
    till = TillFixture.in(temp, DeviceKind.TILL, Argon2Cost.FLOOR);
    till.openShift();
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
    till.device().close();
    thief = new Thief(temp.resolve("device"));
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void aGuessCostsAFullArgon2idAtTheFloorAndNoLess() throws Exception {
    assertThat(thief.cost().memoryKiB()).isGreaterThanOrEqualTo(64 * 1024);
    assertThat(thief.cost().passes()).isGreaterThanOrEqualTo(3);
    byte[] secrets = thief.secretsOf(temp.resolve("chest"));
    Argon2Cost cost = thief.cost();
    for (Argon2Cost less :
        List.of(
            new Argon2Cost(cost.memoryKiB() / 2, cost.passes(), cost.lanes()),
            new Argon2Cost(cost.memoryKiB(), cost.passes() - 1, cost.lanes()))) {
      assertThat(thief.inner("2580", secrets, less)).isEmpty();
    }
  }

  @Test
  void withTheFolderAloneEvenTheRightPinOpensNothing() throws Exception {
    for (byte[] secrets : List.of(new byte[0], new byte[64], random(64))) {
      assertThat(thief.inner("2580", secrets, thief.cost())).isEmpty();
    }
  }

  @Test
  void withTheFilesOfAWeakerChestASearchFindsFourDigits() throws Exception {
    byte[] secrets = thief.secretsOf(temp.resolve("chest"));
    long start = System.nanoTime();
    Secret inner = search(secrets).orElseThrow();
    Duration each = Duration.ofNanos((System.nanoTime() - start) / GUESSES.size());
    LOG.info(
        "one guess on one core: {} ms; all of four digits {} min, of six {} h, of eight {} d",
        each.toMillis(),
        each.multipliedBy(10_000).toMinutes(),
        each.multipliedBy(1_000_000).toHours(),
        each.multipliedBy(100_000_000).toDays());
    try (Secret key = thief.database(inner, new byte[0]).orElseThrow();
        Db db = new Db(SqlCipher.openReader(temp.resolve("device/store.db"), key))) {
      assertThat(db.list("SELECT name FROM product ORDER BY name", row -> row.text(1)))
          .containsExactly("Añejo Rum", "Dry Gin");
    }
  }

  /** The search finds the PIN as before, and still no page of the store opens. */
  @Test
  void withTheServersShareTheSameSearchReadsNothing() throws Exception {
    try (Secret share = Secret.random(32, RANDOM)) {
      till.vault.storeKeys().reseal(till.keys, share);
      thief = new Thief(temp.resolve("device"));
      Secret inner = search(thief.secretsOf(temp.resolve("chest"))).orElseThrow();
      for (byte[] guessed : List.of(new byte[0], new byte[32], random(32), inner.bytes())) {
        assertThat(thief.database(inner, guessed)).isEmpty();
      }
      assertThatThrownBy(() -> SqlCipher.openReader(temp.resolve("device/store.db"), inner))
          .isInstanceOf(SQLException.class);
      assertThat(thief.database(inner, share.bytes())).isPresent();
    }
  }

  @Test
  void noFileOfTheFolderNamesAProductAPersonOrAPin() throws Exception {
    till.reopen();
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
    assertNothingReadable();
    till.device().close();
    assertNothingReadable();
  }

  private void assertNothingReadable() throws Exception {
    try (Stream<Path> files = Files.walk(temp.resolve("device"))) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSizeGreaterThan(2);
      for (Path file : all) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String planted :
            List.of("Añejo Rum", "Dry Gin", "080480280024", "Cashier One", "Supervisor", "2580")) {
          assertThat(text.contains(asRead(planted))).as("%s in %s", planted, file).isFalse();
        }
        assertThat(text).doesNotStartWith("SQLite format 3");
      }
    }
  }

  private static String asRead(String planted) {
    return new String(planted.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private Optional<Secret> search(byte[] secrets) throws Exception {
    for (String pin : GUESSES) {
      Optional<Secret> found = thief.inner(pin, secrets, thief.cost());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
