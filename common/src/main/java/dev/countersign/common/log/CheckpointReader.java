package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads checkpoints of one log strictly. Extension lines, which C2SP allows and this log never
 * writes, are refused; signature lines of keys it does not know are let pass, as witnesses add
 * them.
 */
final class CheckpointReader {
  private static final int MAX_TEXT = 64 * 1024;

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
    Checkpoint checkpoint = bodyOf(text);
    List<NoteSignature> signatures = NoteSignature.parse(text.substring(text.indexOf("\n\n") + 2));
    if (!checkpoint.origin().equals(key.name())) {
      return new CheckpointReading.OtherLog(checkpoint.origin());
    }
    List<NoteSignature> own =
        signatures.stream().filter(line -> line.claims(key.name(), key.id())).toList();
    if (own.isEmpty()) {
      return new CheckpointReading.NotSigned();
    }
    byte[] signed = checkpoint.body().getBytes(StandardCharsets.UTF_8);
    if (own.size() > 1 || !key.key().verify(signed, own.getFirst().signature())) {
      return new CheckpointReading.Forged();
    }
    return new CheckpointReading.Verified(new SignedCheckpoint(checkpoint, text));
  }

  static Checkpoint bodyOf(String text) {
    int bodyEnd = text.indexOf("\n\n");
    if (bodyEnd < 0 || !text.endsWith("\n")) {
      throw new IllegalArgumentException("no signatures after the text");
    }
    return body(text.substring(0, bodyEnd + 1));
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
}
