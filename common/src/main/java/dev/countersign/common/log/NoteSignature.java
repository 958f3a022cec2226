package dev.countersign.common.log;

import dev.countersign.common.crypto.StrictBase64;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One signature line of a C2SP signed note: an em dash, the key's name, and Base64 of its short
 * hash and the signature.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record NoteSignature(String name, byte[] id, byte[] signature) {
  private static final String DASH = "— ";

  /** The line, with its line end. */
  String line() {
    byte[] joined =
        ByteBuffer.allocate(id.length + signature.length).put(id).put(signature).array();
    return DASH + name + " " + StrictBase64.encode(joined) + "\n";
  }

  boolean claims(String signer, byte[] signerId) {
    return name.equals(signer) && Arrays.equals(id, signerId);
  }

  /**
   * Reads lines that each end with a line end.
   *
   * @throws IllegalArgumentException if one is malformed
   */
  static List<NoteSignature> parse(String lines) {
    List<NoteSignature> signatures = new ArrayList<>();
    for (int start = 0; start < lines.length(); ) {
      int end = lines.indexOf('\n', start);
      if (end < 0) {
        throw new IllegalArgumentException("the last signature line does not end");
      }
      signatures.add(parseLine(lines.substring(start, end)));
      start = end + 1;
    }
    return signatures;
  }

  private static NoteSignature parseLine(String line) {
    int space = line.indexOf(' ', DASH.length());
    if (!line.startsWith(DASH) || space < 0) {
      throw new IllegalArgumentException("not a signature line");
    }
    String name = line.substring(DASH.length(), space);
    LogKey.requireName(name);
    byte[] bytes = StrictBase64.decode(line.substring(space + 1));
    if (bytes.length <= LogKey.ID_LENGTH) {
      throw new IllegalArgumentException("a signature line without a signature");
    }
    return new NoteSignature(
        name,
        Arrays.copyOf(bytes, LogKey.ID_LENGTH),
        Arrays.copyOfRange(bytes, LogKey.ID_LENGTH, bytes.length));
  }
}
