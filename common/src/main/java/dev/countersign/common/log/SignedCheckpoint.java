package dev.countersign.common.log;

import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.StrictBase64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint with its whole signed text, which is what is kept, shown and printed: C2SP
 * signed-note, with the log's signature and any that witnesses added. It only comes from signing or
 * from a reading that verified it. Immutable, safe for any thread.
 */
public final class SignedCheckpoint {
  private final Checkpoint checkpoint;
  private final String text;

  SignedCheckpoint(Checkpoint checkpoint, String text) {
    this.checkpoint = checkpoint;
    this.text = text;
  }

  static SignedCheckpoint by(Checkpoint checkpoint, SigningKey key) {
    LogKey signer = new LogKey(checkpoint.origin(), key.verifyKey());
    String body = checkpoint.body();
    byte[] signature = key.sign(body.getBytes(StandardCharsets.UTF_8));
    return new SignedCheckpoint(
        checkpoint, body + "\n" + signatureLine(signer.name(), signer.id(), signature));
  }

  /** Origin, size and root. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** The whole text, signatures included, with its last line end. */
  public String text() {
    return text;
  }

  static String signatureLine(String name, byte[] id, byte[] signature) {
    byte[] joined =
        ByteBuffer.allocate(id.length + signature.length).put(id).put(signature).array();
    return "— " + name + " " + StrictBase64.encode(joined) + "\n";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedCheckpoint that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
