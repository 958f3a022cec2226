package dev.countersign.client.keys;

import dev.countersign.client.keys.DeviceFolder.Wraps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything of a folder's keys goes, in an order that can be broken off anywhere. */
final class Destruction {
  private final DeviceFolder folder;
  private final KeyChest chest;
  private final StoreKeys storeKeys;

  Destruction(DeviceFolder folder, KeyChest chest, StoreKeys storeKeys) {
    this.folder = folder;
    this.chest = chest;
    this.storeKeys = storeKeys;
  }

  void run() throws IOException, KeyChestException {
    Optional<UUID> sealed = storeKeys.folderId();
    if (folder.hasPins()) {
      Wraps wraps = folder.readWraps();
      List<UUID> people = new ArrayList<>(wraps.former());
      wraps.wraps().forEach(wrap -> people.add(wrap.user()));
      // The names of the chest's entries are kept until the chest has let go of all of them.
      folder.writeWraps(wraps.onlyFormer(people));
      storeKeys.destroy();
      emptyChest(wraps.folder(), people);
      folder.removeWraps();
    } else if (sealed.isPresent()) {
      emptyChest(sealed.get(), List.of());
      storeKeys.destroy();
    }
  }

  /** The device's secret first: without it no wrap opens, wherever a copy of it may lie. */
  private void emptyChest(UUID id, List<UUID> people) throws KeyChestException {
    chest.remove(Entries.device(id));
    chest.remove(Entries.share(id));
    chest.remove(Entries.tries(id));
    for (UUID user : people) {
      chest.remove(Entries.attempts(id, user));
    }
  }
}
