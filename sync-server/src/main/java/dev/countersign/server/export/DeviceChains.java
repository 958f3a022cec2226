package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.common.protocol.Succession;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.ReadLeaf;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Every device that the log registered, its key, and how far its batches have come. */
final class DeviceChains {
  private static final class Chain {
    /** By the number of the first batch under it. */
    private final NavigableMap<Long, VerifyKey> keys = new TreeMap<>();

    private long lastBatch;
    private Hash lastHash = Hash.ZERO;

    Chain(VerifyKey key) {
      keys.put(1L, key);
    }

    VerifyKey keyOf(long batch) {
      return keys.floorEntry(batch).getValue();
    }
  }

  private final Map<String, Chain> chains = new HashMap<>();
  private final Set<VerifyKey> keys = new HashSet<>();
  private final Set<String> cutOff = new HashSet<>();
  private final Set<String> frozen = new HashSet<>();

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

  /**
   * A device's key gives way to the next.
   *
   * @param statement the bytes whose hash the entry names
   * @throws IllegalArgumentException if the key before did not consent to it
   */
  void renew(ReadLeaf leaf, byte[] statement) {
    Chain chain = chains.get(leaf.device());
    if (chain == null) {
      throw new IllegalArgumentException("a key of a device that the log never registered");
    }
    Succession said =
        Succession.read(statement, chain.keys.lastEntry().getValue())
            .orElseThrow(
                () ->
                    new IllegalArgumentException("a key that the one before did not give way to"));
    boolean follows =
        said.kind() == Succession.Kind.DEVICE
            && said.owner().equals(leaf.device())
            && said.key().equals(leaf.key())
            && said.number() == chain.keys.size() + 1
            && said.from() == leaf.batch()
            && said.from() > chain.lastBatch
            && said.from() > chain.keys.lastKey();
    if (!follows) {
      throw new IllegalArgumentException("the statement is not the one that its entry names");
    }
    VerifyKey key = VerifyKey.fromBase64(said.key());
    if (!keys.add(key)) {
      throw new IllegalArgumentException("one key is registered twice");
    }
    chain.keys.put(said.from(), key);
  }

  /** All keys that a device ever had; none where the log never registered it. */
  List<VerifyKey> keysOf(String device) {
    Chain chain = chains.get(device);
    return chain == null ? List.of() : List.copyOf(chain.keys.values());
  }

  /** Notes from where on nothing of a device counts, and where a frozen one goes on. */
  void heard(ReadLeaf leaf) {
    switch (leaf.what()) {
      case AuditEntry.DEVICE_REVOKED, AuditEntry.DEVICE_WIPE_ORDERED -> cutOff.add(leaf.device());
      case AuditEntry.DEVICE_FROZEN -> frozen.add(leaf.device());
      case AuditEntry.DEVICE_UNFROZEN -> frozen.remove(leaf.device());
      default -> {
        // Says nothing about whether a device counts.
      }
    }
  }

  boolean isCutOff(String device) {
    return cutOff.contains(device) || frozen.contains(device);
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
    return chain.keyOf(header.number());
  }
}
