package dev.countersign.server.export;

import java.nio.charset.StandardCharsets;

/**
 * The lines of an export, each ended by a line feed, in this order and nothing else:
 *
 * <pre>
 * countersign-export 1
 * T tenant-id currency
 * K the log's verification key as C2SP signed-note writes it
 * N the statement by which the log's key gave way to the next, Base64 — once per succession
 * V the server's public key, Base64
 * W device, and the newest checkpoint that it cosigned as a witness, Base64 — once per witness
 * E an entry's JSON, the very bytes that were hashed   — once per entry, in order
 * P a batch's payload, Base64                          — directly after the batch's entry
 * P the statement of a device's next key, Base64       — directly after its entry
 * Q how the log went on from what a Z report says it was, Base64 — directly after that change's entry
 * C the signed checkpoint over all entries, Base64
 * S the log key's signature over the lines before it but E and P, Base64
 * </pre>
 *
 * <p>Every byte of an E line is in the tree that the checkpoint signs, and every P line is named by
 * the hash in its entry; signing them once more would only double the work.
 */
final class ExportFormat {
  static final String FIRST_LINE = "countersign-export 1";

  private static final byte[] SIGNED_AS =
      "countersign export v1\n".getBytes(StandardCharsets.US_ASCII);

  private ExportFormat() {}

  /** Whether lines of this kind stand among the entries. */
  static boolean isOfEntries(char kind) {
    return kind == 'E' || kind == 'P' || kind == 'Q';
  }

  /** Whether lines of this kind are signed at the end. */
  static boolean isOfFrame(char kind) {
    return kind != 'E' && kind != 'P';
  }

  /** What the last line signs: a label, so that it is no other signature, and the hash. */
  static byte[] signedBytes(byte[] sha256) {
    byte[] message = new byte[SIGNED_AS.length + sha256.length];
    System.arraycopy(SIGNED_AS, 0, message, 0, SIGNED_AS.length);
    System.arraycopy(sha256, 0, message, SIGNED_AS.length, sha256.length);
    return message;
  }
}
