package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads checkpoints of one log strictly. Extension lines, which C2SP allows and this log never
 * writes, are refused; signature lines of keys it does not know are let pass, as witnesses add
 * them.
 */
final class CheckpointReader {
  private static final int MAX_TEXT = 64 * 1024;
  private static final String DASH = "— ";

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record SignatureLine(String name, byte[] id, byte[] signature) {}

  private final LogKey key;

  CheckpointReader(LogKey key) {
    this.key = key;
  }

  CheckpointReading read(String text) {
    try {
      return check(text);
    } catch (IllegalArgumentException e) {
      return new CheckpointReading.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private CheckpointReading check(String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("longer than 64 KiB");
    }
    int bodyEnd = text.indexOf("\n\n");
    if (bodyEnd < 0 || !text.endsWith("\n")) {
      throw new IllegalArgumentException("no signatures after the text");
    }
    Checkpoint checkpoint = body(text.substring(0, bodyEnd + 1));
    List<SignatureLine> signatures = signatures(text.substring(bodyEnd + 2));
    if (!checkpoint.origin().equals(key.name())) {
      return new CheckpointReading.OtherLog(checkpoint.origin());
    }
    List<SignatureLine> own =
        signatures.stream()
            .filter(line -> line.name.equals(key.name()) && Arrays.equals(line.id, key.id()))
            .toList();
    if (own.isEmpty()) {
      return new CheckpointReading.NotSigned();
    }
    byte[] signed = checkpoint.body().getBytes(StandardCharsets.UTF_8);
    if (own.size() > 1 || !key.key().verify(signed, own.getFirst().signature)) {
      return new CheckpointReading.Forged();
    }
    return new CheckpointReading.Verified(new SignedCheckpoint(checkpoint, text));
  }

  private static Checkpoint body(String body) {
    String[] lines = body.split("\n", -1);
    if (lines.length != 4) {
      throw new IllegalArgumentException("a checkpoint has origin, size and root");
    }
    if (!lines[1].matches("0|[1-9][0-9]{0,18}")) {
      throw new IllegalArgumentException("the size is not a plain decimal number");
    }
    Hash root = Hash.fromBytes(StrictBase64.decode(lines[2]));
    return new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
  }

  private static List<SignatureLine> signatures(String text) {
    List<SignatureLine> signatures = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      signatures.add(signature(text.substring(start, end)));
      start = end + 1;
    }
    return signatures;
  }

  private static SignatureLine signature(String line) {
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
    return new SignatureLine(
        name,
        Arrays.copyOf(bytes, LogKey.ID_LENGTH),
        Arrays.copyOfRange(bytes, LogKey.ID_LENGTH, bytes.length));
  }
}
