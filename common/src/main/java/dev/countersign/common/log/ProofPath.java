package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a proof: its hashes one after the other. */
final class ProofPath {
  /** No honest path is longer: two per level of a log of 2^62. */
  static final int MAX_HASHES = 124;

  private ProofPath() {}

  static List<Hash> checked(List<Hash> path) {
    if (path.size() > MAX_HASHES) {
      throw new IllegalArgumentException("a proof has at most " + MAX_HASHES + " hashes");
    }
    return List.copyOf(path);
  }

  static byte[] encode(List<Hash> path) {
    byte[] bytes = new byte[path.size() * Hash.LENGTH];
    for (int i = 0; i < path.size(); i++) {
      path.get(i).copyTo(bytes, i * Hash.LENGTH);
    }
    return bytes;
  }

  static List<Hash> decode(byte[] bytes) {
    if (bytes.length % Hash.LENGTH != 0 || bytes.length > MAX_HASHES * Hash.LENGTH) {
      throw new IllegalArgumentException("a proof is whole hashes of 32 bytes, not too many");
    }
    List<Hash> path = new ArrayList<>();
    for (int offset = 0; offset < bytes.length; offset += Hash.LENGTH) {
      path.add(Hash.fromBytes(bytes, offset));
    }
    return path;
  }
}
