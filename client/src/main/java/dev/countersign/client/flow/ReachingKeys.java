package dev.countersign.client.flow;

import dev.countersign.client.flow.Unlocking.Outcome;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.ShareKeeper;
import dev.countersign.client.keys.ShareSource;
import dev.countersign.client.keys.ShareSource.Given;
import dev.countersign.client.keys.StoreKeys.Opening;
import dev.countersign.client.store.StoreKeyChoice;
import dev.countersign.common.crypto.Secret;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the inner key to all keys of a folder: with the server's share where it is needed, from its
 * lease or from the server. Blocking, as long as the server may take.
 */
final class ReachingKeys {
  private final DeviceFolder folder;
  private final PinVault vault;
  private final ShareSource server;

  ReachingKeys(DeviceFolder folder, PinVault vault, ShareSource server) {
    this.folder = folder;
    this.vault = vault;
    this.server = server;
  }

  /** What came of it. */
  sealed interface Reached {
    /** The keys; the receiver closes them. */
    record Keys(FolderKeys keys) implements Reached {}

    /** Why not; the inner key is closed. */
    record Not(Outcome outcome) implements Reached {}
  }

  /** Takes ownership of the inner key. */
  Reached from(Secret inner) {
    try {
      Opening opening = vault.storeKeys().open(inner, null);
      return opening instanceof Opening.ShareNeeded
          ? withShare(inner)
          : settled(inner, null, opening);
    } catch (IOException | KeyChestException e) {
      return not(inner, new Outcome.NoKeys(String.valueOf(e.getMessage())));
    }
  }

  private Reached withShare(Secret inner) throws IOException, KeyChestException {
    ShareKeeper keeper = vault.shareKeeper();
    Optional<Secret> lease = keeper.lease();
    if (lease.isPresent()) {
      return settled(inner, lease.get(), vault.storeKeys().open(inner, lease.get()));
    }
    Optional<ShareKeeper.Asking> asking = keeper.asking();
    if (asking.isEmpty()) {
      return not(inner, new Outcome.NoKeys("the chest does not know the server"));
    }
    Given given;
    try (ShareKeeper.Asking it = asking.get()) {
      given = server.ask(it, vault.tryCount().read().tries());
    }
    return switch (given) {
      case Given.Share share -> {
        keeper.keep(share.share(), share.lease());
        yield settled(inner, share.share(), vault.storeKeys().open(inner, share.share()));
      }
      case Given.Refused() -> not(inner, new Outcome.ShareRefused());
      case Given.Unreachable() -> not(inner, new Outcome.NeedsServer());
    };
  }

  private Reached settled(Secret inner, @Nullable Secret share, Opening opening)
      throws IOException {
    return switch (opening) {
      case Opening.Open open ->
          new Reached.Keys(
              new FolderKeys(inner, StoreKeyChoice.settle(folder, vault.storeKeys(), open), share));
      case Opening.ShareNeeded _ -> not(inner, new Outcome.NeedsServer());
      case Opening.Damaged(String reason) -> {
        if (share != null) {
          share.close();
        }
        yield not(inner, new Outcome.NoKeys(reason));
      }
    };
  }

  private static Reached not(Secret inner, Outcome outcome) {
    inner.close();
    return new Reached.Not(outcome);
  }
}
