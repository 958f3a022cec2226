package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.crypto.VerifyKey;

/**
 * What a log commits to at one moment (C2SP tlog-checkpoint). Immutable, safe for any thread.
 *
 * @param origin the log's name and the name of its key: unique to the tenant's log, such as {@code
 *     shop.example/audit/…}
 * @param size how many entries
 * @param root the root over them
 */
public record Checkpoint(String origin, long size, Hash root) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the origin is no key name, the size out of range, or the
   *     root of an empty log not that of one
   */
  public Checkpoint {
    LogKey.requireName(origin);
    if (size < 0 || size > MerkleTree.MAX_SIZE) {
      throw new IllegalArgumentException("a log has 0 to 2^62 entries, not " + size);
    }
    if (size == 0 && !root.equals(MerkleTree.emptyRoot())) {
      throw new IllegalArgumentException("an empty log has one root only");
    }
  }

  /** The signed text: origin, size and root, each on its line, line end included. */
  public String body() {
    return origin + "\n" + size + "\n" + StrictBase64.encode(root.bytes()) + "\n";
  }

  /** Signs a checkpoint with the log's key, under the origin as the key's name. */
  public static SignedCheckpoint sign(String origin, long size, Hash root, SigningKey key) {
    return SignedCheckpoint.by(new Checkpoint(origin, size, root), key);
  }

  /**
   * What a signed text says, whoever signed it: for one that was checked before it was kept.
   *
   * @throws IllegalArgumentException if it is no checkpoint
   */
  public static Checkpoint unsigned(String text) {
    return CheckpointReader.bodyOf(text);
  }

  /** Reads a text as a checkpoint of that log, signed by that key. Never throws. */
  public static CheckpointReading parse(String text, String origin, VerifyKey key) {
    return new CheckpointReader(new LogKey(origin, key)).read(text);
  }
}
