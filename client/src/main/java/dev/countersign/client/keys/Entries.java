package dev.countersign.client.keys;

import java.util.UUID;

/** The names of a folder's entries in the chest. */
final class Entries {
  private Entries() {}

  static String device(UUID folder) {
    return "countersign." + folder + ".device";
  }

  static String attempts(UUID folder, UUID user) {
    return "countersign." + folder + ".user." + user;
  }

  static String tries(UUID folder) {
    return "countersign." + folder + ".tries";
  }

  static String share(UUID folder) {
    return "countersign." + folder + ".share";
  }
}
