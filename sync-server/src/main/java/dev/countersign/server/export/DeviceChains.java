package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.server.audit.ReadLeaf;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Every device that the log registered, its key, and how far its batches have come. */
final class DeviceChains {
  private static final class Chain {
    private final VerifyKey key;
    private long lastBatch;
    private Hash lastHash = Hash.ZERO;

    Chain(VerifyKey key) {
      this.key = key;
    }
  }

  private final Map<String, Chain> chains = new HashMap<>();
  private final Set<VerifyKey> keys = new HashSet<>();
  private final Set<String> cutOff = new HashSet<>();

  /**
   * Registers a device as its entry says.
   *
   * @throws IllegalArgumentException if the device or its key was registered before
   */
  void enrol(ReadLeaf leaf) {
    VerifyKey key = VerifyKey.fromBase64(leaf.key());
    if (!keys.add(key)) {
      throw new IllegalArgumentException("one key is registered for two devices");
    }
    if (chains.putIfAbsent(leaf.device(), new Chain(key)) != null) {
      throw new IllegalArgumentException("a device is registered twice");
    }
  }

  /** From here on nothing of this device counts: it was revoked or frozen. */
  void cutOff(String device) {
    cutOff.add(device);
  }

  boolean isCutOff(String device) {
    return cutOff.contains(device);
  }

  /**
   * Goes on by a batch.
   *
   * @return the key that must have signed it
   * @throws IllegalArgumentException if it does not follow the batch before it
   */
  VerifyKey advance(String device, BatchHeader header, Hash hash) {
    Chain chain = chains.get(device);
    if (chain == null) {
      throw new IllegalArgumentException("a batch of a device that the log never registered");
    }
    if (header.number() != chain.lastBatch + 1) {
      throw new IllegalArgumentException(
          "batch " + header.number() + " stands after batch " + chain.lastBatch);
    }
    if (!header.previous().equals(chain.lastHash)) {
      throw new IllegalArgumentException("the batch does not follow the one before it");
    }
    chain.lastBatch = header.number();
    chain.lastHash = hash;
    return chain.key;
  }
}
