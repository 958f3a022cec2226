package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.flow.Unlocking.Outcome;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import dev.countersign.server.account.By;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A till's keys and the real server: its share, its lease, and a key store put back from a copy.
 */
class TillKeysWithServerTest {
  private static final TillRuleItem ON = new TillRuleItem(true, 72, 30, 365);

  @TempDir Path folder;
  private Shop shop;
  private LockedTill till;
  private boolean up = true;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
  }

  @AfterEach
  void close() throws Exception {
    till.close();
    if (up) {
      shop.close();
    }
  }

  private void till(KeyChest chest) throws Exception {
    till = LockedTill.enrol(shop, folder.resolve("till"), chest);
  }

  private StrongChest strong() {
    return StrongChest.in(folder.resolve("chest"));
  }

  private FileKeyChest weak() {
    return new FileKeyChest(folder.resolve("chest"));
  }

  private void rule(TillRuleItem rule) throws Exception {
    shop.server.tillShares().setRule(shop.tenant.id(), By.OPERATOR, rule);
  }

  private void serverGoesDown() throws Exception {
    shop.close();
    up = false;
  }

  @Test
  void theShareIsTakenInAtContactWithoutAnybodysPin() throws Exception {
    till(strong());
    till.contact();
    assertThat(till.vault.storeKeys().isShared()).isFalse();
    rule(ON);
    till.contact();
    assertThat(till.vault.storeKeys().isShared()).isTrue();
    till.restart();
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
  }

  @Test
  void withoutALeaseAColdTillOpensOnlyWithItsServer() throws Exception {
    till(strong());
    rule(ON);
    till.contact();
    till.now.updateAndGet(now -> now.plus(Duration.ofHours(73)));
    till.restart();
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
    till.now.updateAndGet(now -> now.plus(Duration.ofHours(71)));
    serverGoesDown();
    till.restart();
    assertThat(till.unlock(LockedTill.PIN)).as("within the lease").isInstanceOf(Outcome.In.class);
    till.now.updateAndGet(now -> now.plus(Duration.ofHours(2)));
    till.restart();
    assertThat(till.unlock(LockedTill.PIN)).isEqualTo(new Outcome.NeedsServer());
    assertThat(till.unlock("9999")).isInstanceOf(Outcome.WrongPin.class);
  }

  @Test
  void aClockSetBackDoesNotBringALeaseBack() throws Exception {
    till(strong());
    till.now.updateAndGet(now -> now.plus(Duration.ofHours(1)));
    rule(ON);
    till.contact();
    serverGoesDown();
    till.now.updateAndGet(now -> now.minus(Duration.ofMinutes(10)));
    till.restart();
    assertThat(till.unlock(LockedTill.PIN)).isEqualTo(new Outcome.NeedsServer());
  }

  @Test
  void aLeaseThatEndsWhileSomebodyIsAtTheTillLocksNobodyOut() throws Exception {
    till(strong());
    rule(ON);
    till.contact();
    till.now.updateAndGet(now -> now.plus(Duration.ofDays(30)));
    serverGoesDown();
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
    assertThat(till.open.catalogue()).isNotNull();
  }

  @Test
  void aWeakerChestNeverHoldsTheShare() throws Exception {
    till(weak());
    rule(ON);
    till.contact();
    try (Stream<Path> entries = Files.list(folder.resolve("chest"))) {
      assertThat(entries.filter(file -> file.toString().endsWith(".share")))
          .singleElement()
          .satisfies(file -> assertThat(Files.readString(file)).doesNotContain("\"share\":"));
    }
    till.restart();
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
    serverGoesDown();
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
  }

  @Test
  void aRevokedTillIsNotGivenTheShare() throws Exception {
    till(strong());
    rule(ON);
    till.contact();
    till.vault.shareKeeper().forget();
    shop.server
        .provisioning()
        .revokeDevice(shop.tenant.id(), till.open.ledger().enrolled().device());
    till.restart();
    assertThat(till.unlock(LockedTill.PIN)).isEqualTo(new Outcome.ShareRefused());
  }

  @Test
  void turnedOffAgainTheTillOpensWithoutItsServer() throws Exception {
    till(strong());
    rule(ON);
    till.contact();
    rule(TillRuleItem.USUAL);
    till.contact();
    assertThat(till.vault.storeKeys().isShared()).isFalse();
    assertThat(till.vault.shareKeeper().lease()).as("nor does it lie in the chest").isEmpty();
    serverGoesDown();
    till.now.updateAndGet(now -> now.plus(Duration.ofDays(30)));
    till.restart();
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
  }

  @Test
  void foldersAndChestPutBackFromACopyAreFoundOutAtTheNextContact() throws Exception {
    till(weak());
    till.contact();
    till.restart();
    Path copy = folder.resolve("copy");
    copy(folder.resolve("till"), copy.resolve("till"));
    copy(folder.resolve("chest"), copy.resolve("chest"));
    for (int i = 0; i < 4; i++) {
      assertThat(till.unlock("9999")).isInstanceOf(Outcome.WrongPin.class);
    }
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
    till.contact();
    assertThat(till.held).isFalse();
    till.restart();
    putBack(copy.resolve("till"), folder.resolve("till"));
    putBack(copy.resolve("chest"), folder.resolve("chest"));

    assertThat(till.unlock(LockedTill.PIN)).as("tries are back").isInstanceOf(Outcome.In.class);
    till.contact();
    assertThat(till.held).isTrue();
    assertThat(till.unlock(LockedTill.PIN)).isEqualTo(new Outcome.Held());
    till.restart();
    assertThat(till.unlock(LockedTill.PIN)).isEqualTo(new Outcome.Held());
    assertThat(shop.server.tillShares().standings(shop.tenant.id()))
        .singleElement()
        .satisfies(standing -> assertThat(standing.held()).isTrue());

    shop.server
        .tillShares()
        .releaseByOperator(shop.tenant.id(), till.open.ledger().enrolled().device());
    till.contact();
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
    till.contact();
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
  }

  @Test
  void theShareIsNotLostWhenThePlugIsPulledWhileItIsTakenIn() throws Exception {
    till(strong());
    rule(ON);
    byte[] before = Files.readAllBytes(folder.resolve("till/key.json"));
    till.contact();
    till.restart();
    // The lease is in the chest, the key was not sealed with it yet.
    Files.write(folder.resolve("till/key.json"), before);
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
    till.contact();
    assertThat(till.vault.storeKeys().isShared()).isTrue();
  }

  /** What came into being since the copy was made goes. */
  private static void putBack(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(to)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    copy(from, to);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      files.forEach(
          file -> {
            try {
              Files.copy(
                  file,
                  to.resolve(file.getFileName()),
                  java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
