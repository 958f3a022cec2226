package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.flow.Joining;
import dev.countersign.client.flow.Unlocking;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.ShareSource;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.server.account.Person;
import dev.countersign.server.people.Leaving;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server takes for confirmed about somebody who left is so on the till, on a real port. */
class LeavingTest {
  private static final char[] ROBINS = "2580".toCharArray();
  private static final String KIMS = "97531";

  @TempDir Path temp;
  private final AtomicBoolean chestIsStuck = new AtomicBoolean();
  private Shop shop;
  private Person kim;
  private PinVault vault;
  private OpenDevice open;
  private Unlocking unlocking;
  private TillDevice till;

  @BeforeEach
  void twoPeopleHaveAPin() throws Exception {
    shop = Shop.open(temp);
    kim = shop.server.provisioning().addUser(shop.tenant.id(), "Kim", "cashier", shop.store.id());
    var enrolled = (EnrolOutcome.Enrolled) TillDevice.enrol(shop.tillTicket().text());
    EnrolmentResult result = enrolled.result();
    DeviceFolder folder = new DeviceFolder(temp.resolve("till"));
    KeyChest chest = new Sticking(new FileKeyChest(temp.resolve("chest")), chestIsStuck);
    InstantSource clock = InstantSource.system();
    vault = new PinVault(folder, chest, clock, new SecureRandom(), TillFixture.CHEAP);
    var around = new OpenDevice.Surroundings(clock, System::nanoTime, new SecureRandom());
    FolderKeys keys;
    try (Pin pin = Pin.typed(ROBINS.clone())) {
      keys =
          vault.create(
              new DeviceFolder.Title("Corner Shop", "Harbour", "R1", "practice"),
              shop.manager.id(),
              "Robin",
              pin);
    }
    open =
        OpenDevice.enrol(
            folder,
            keys.database(),
            result.enrolled(),
            result.key(),
            result.epoch(),
            result.firstUser(),
            around);
    unlocking =
        new Unlocking(
            folder, vault, around, (_, _) -> new ShareSource.Given.Unreachable(), _ -> {});
    unlocking.adopt(open, keys);
    till = new TillDevice(open, keys.database(), shop.manager.id(), clock);
    till.pull();
    join();
  }

  @AfterEach
  void close() throws Exception {
    unlocking.close();
    shop.close();
  }

  private void join() throws Exception {
    String code = shop.server.provisioning().joinCode(shop.tenant.id(), kim.id());
    till.pull();
    assertThat(
            unlocking
                .joining()
                .orElseThrow()
                .join(kim.id(), code, KIMS.toCharArray(), KIMS.toCharArray()))
        .isEqualTo(new Joining.Outcome.Joined(kim.id()));
    till.pull();
  }

  private Leaving.View leaving() throws Exception {
    return shop.server.admission().leaving(shop.tenant.id(), kim.id());
  }

  private List<UUID> holders() throws Exception {
    return vault.holders().stream().map(PinVault.Holder::user).toList();
  }

  @Test
  void aTillConfirmsOnceThePinIsGoneAndNotBefore() throws Exception {
    shop.server.provisioning().endUser(shop.tenant.id(), kim.id());
    assertThat(leaving().complete()).isFalse();
    assertThat(holders()).contains(kim.id());
    till.pull();
    assertThat(holders()).containsExactly(shop.manager.id());
    assertThat(leaving().complete()).as("it has not said so yet").isFalse();
    till.pull();
    assertThat(leaving().complete()).isTrue();
    assertThat(leaving().devices())
        .singleElement()
        .satisfies(device -> assertThat(device.confirmedAt()).isEqualTo(leaving().completeAt()));
  }

  @Test
  void aTillWhoseChestIsStuckConfirmsNothingAndGoesOnHearing() throws Exception {
    chestIsStuck.set(true);
    shop.server.provisioning().endUser(shop.tenant.id(), kim.id());
    till.pull();
    till.pull();
    assertThat(holders()).contains(kim.id());
    assertThat(leaving().complete()).isFalse();
    Person ada = shop.server.provisioning().addUser(shop.tenant.id(), "Ada", "cashier", null);
    till.pull();
    assertThat(open.users().byId(ada.id())).isPresent();
    chestIsStuck.set(false);
    till.pull();
    assertThat(holders()).containsExactly(shop.manager.id());
    assertThat(leaving().complete()).isTrue();
  }

  @Test
  void theOnlyPinOfATillStaysAndIsNotTakenForGone() throws Exception {
    shop.server.provisioning().addUser(shop.tenant.id(), "Owner", "owner", null);
    shop.server.provisioning().endUser(shop.tenant.id(), kim.id());
    till.pull();
    till.pull();
    shop.server.provisioning().endUser(shop.tenant.id(), shop.manager.id());
    till.pull();
    till.pull();
    assertThat(holders()).containsExactly(shop.manager.id());
    var view = shop.server.admission().leaving(shop.tenant.id(), shop.manager.id());
    assertThat(view.complete()).isFalse();
  }

  @Test
  void aPinThatWasResetOpensNothingAndAnotherIsChosenWithACode() throws Exception {
    shop.server.admission().resetPins(shop.tenant.id(), kim.id());
    till.pull();
    assertThat(holders()).containsExactly(shop.manager.id());
    assertThat(unlocking.unlock(kim.id(), KIMS.toCharArray()))
        .isInstanceOf(Unlocking.Outcome.Gone.class);
    join();
    assertThat(unlocking.unlock(kim.id(), KIMS.toCharArray()))
        .isInstanceOf(Unlocking.Outcome.In.class);
  }

  /** A chest that lets go of nothing for a while. */
  private record Sticking(KeyChest chest, AtomicBoolean stuck) implements KeyChest {
    @Override
    public String kind() {
      return chest.kind();
    }

    @Override
    public String title() {
      return chest.title();
    }

    @Override
    public boolean isWeaker() {
      return chest.isWeaker();
    }

    @Override
    public Optional<byte[]> read(String name) throws KeyChestException {
      return chest.read(name);
    }

    @Override
    public void write(String name, byte[] value) throws KeyChestException {
      chest.write(name, value);
    }

    @Override
    public void remove(String name) throws KeyChestException {
      if (stuck.get()) {
        throw new KeyChestException(KeyChestException.Reason.MISSING, "stuck", null);
      }
      chest.remove(name);
    }
  }
}
