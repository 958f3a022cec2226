package dev.countersign.common.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The definitions of RFC 6962 section 2.1, written down once more without anything of the code
 * under test: slow, recursive, over bare arrays.
 */
final class NaiveTree {
  private NaiveTree() {}

  /** MTH(D[n]). */
  static byte[] root(List<byte[]> entries) {
    if (entries.isEmpty()) {
      return sha256();
    }
    if (entries.size() == 1) {
      return sha256(new byte[] {0}, entries.getFirst());
    }
    int k = split(entries.size());
    return sha256(
        new byte[] {1}, root(entries.subList(0, k)), root(entries.subList(k, entries.size())));
  }

  /** PATH(m, D[n]). */
  static List<byte[]> path(int m, List<byte[]> entries) {
    if (entries.size() == 1) {
      return new ArrayList<>();
    }
    int k = split(entries.size());
    List<byte[]> left = entries.subList(0, k);
    List<byte[]> right = entries.subList(k, entries.size());
    List<byte[]> path = m < k ? path(m, left) : path(m - k, right);
    path.add(root(m < k ? right : left));
    return path;
  }

  /** PROOF(m, D[n]), 0 &lt; m &lt; n. */
  static List<byte[]> proof(int m, List<byte[]> entries) {
    return subproof(m, entries, true);
  }

  private static List<byte[]> subproof(int m, List<byte[]> entries, boolean whole) {
    List<byte[]> proof = new ArrayList<>();
    if (m == entries.size()) {
      if (!whole) {
        proof.add(root(entries));
      }
      return proof;
    }
    int k = split(entries.size());
    List<byte[]> left = entries.subList(0, k);
    List<byte[]> right = entries.subList(k, entries.size());
    if (m <= k) {
      proof.addAll(subproof(m, left, whole));
      proof.add(root(right));
    } else {
      proof.addAll(subproof(m - k, right, false));
      proof.add(root(left));
    }
    return proof;
  }

  private static int split(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
