package dev.countersign.client.chest;

import dev.countersign.client.chest.SecretBus.LockedException;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.KeyChestException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The Secret Service of a Linux desktop: GNOME Keyring, KWallet or KeePassXC behind one interface
 * (https://specifications.freedesktop.org/secret-service/latest/). Values go into the default
 * collection, which the system encrypts under the person's login password.
 *
 * <p>A locked collection is an answer at once; the system's own dialogue is brought up beside it,
 * so that the next try finds it open.
 */
public final class SecretServiceChest implements KeyChest {
  /** How this chest is called where a folder remembers it. */
  public static final String KIND = "secret-service";

  private static final Duration DIALOGUE = Duration.ofMinutes(2);

  private final @Nullable String address;
  private final AtomicBoolean asking = new AtomicBoolean();

  /**
   * @param address of the session's bus, or null for the one that the session names
   */
  public SecretServiceChest(@Nullable String address) {
    this.address = address;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String title() {
    return "The Secret Service of this login";
  }

  @Override
  public boolean isWeaker() {
    return false;
  }

  @Override
  public Optional<byte[]> read(String name) throws KeyChestException {
    return with(bus -> bus.find(name));
  }

  @Override
  public void write(String name, byte[] value) throws KeyChestException {
    with(
        bus -> {
          bus.store(name, value);
          return true;
        });
  }

  @Override
  public void remove(String name) throws KeyChestException {
    with(
        bus -> {
          bus.delete(name);
          return true;
        });
  }

  private interface Call<T> {
    T on(SecretBus bus) throws KeyChestException, LockedException;
  }

  private <T> T with(Call<T> call) throws KeyChestException {
    try (SecretBus bus = SecretBus.open(address)) {
      return call.on(bus);
    } catch (LockedException e) {
      askToUnlock();
      throw new KeyChestException(
          Reason.MISSING, title() + " is locked: unlock it and try again", e);
    }
  }

  /** The dialogue ends with the connection it was asked for on, so that one stays open a while. */
  private void askToUnlock() {
    if (asking.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("key-chest-unlock").start(this::holdDialogue);
    }
  }

  private void holdDialogue() {
    try (SecretBus bus = SecretBus.open(address)) {
      if (bus.promptToUnlock()) {
        Thread.sleep(DIALOGUE);
      }
    } catch (KeyChestException _) {
      // The answer that it is locked has been given already.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      asking.set(false);
    }
  }
}
