package dev.countersign.common.log;

import dev.countersign.common.crypto.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
        checkpoint, body + "\n" + new NoteSignature(signer.name(), signer.id(), signature).line());
  }

  /** Origin, size and root. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** The whole text, signatures included, with its last line end. */
  public String text() {
    return text;
  }

  /**
   * The same with a witness's line added (C2SP tlog-cosignature). The witness must have checked
   * that this log is consistent with all it saw before. A line of the same witness stays beside the
   * new one: whoever publishes drops old ones.
   *
   * @param witness the key's name, under the rule of {@link LogKey}
   * @param time when it was seen; kept in whole seconds
   * @throws IllegalArgumentException if the name is none, or the time before 1970
   */
  public SignedCheckpoint cosigned(String witness, Instant time, SigningKey key) {
    byte[] id = new LogKey(witness, key.verifyKey()).id(Cosignature.ALGORITHM);
    byte[] cosignature = Cosignature.make(checkpoint, time, key);
    return new SignedCheckpoint(
        checkpoint, text + new NoteSignature(witness, id, cosignature).line());
  }

  /** When this witness last cosigned it; empty if it did not, or a line of its name is forged. */
  public Optional<Instant> cosignedAt(LogKey witness) {
    byte[] id = witness.id(Cosignature.ALGORITHM);
    List<NoteSignature> claimed =
        NoteSignature.parse(text.substring(text.indexOf("\n\n") + 2)).stream()
            .filter(line -> line.claims(witness.name(), id))
            .toList();
    for (NoteSignature line : claimed) {
      if (!Cosignature.fits(checkpoint, line.signature(), witness.key())) {
        return Optional.empty();
      }
    }
    return claimed.stream()
        .map(line -> Instant.ofEpochSecond(ByteBuffer.wrap(line.signature()).getLong()))
        .max(Comparator.naturalOrder());
  }

  /** The lines that this witness added; empty if there are none. */
  public String linesOf(LogKey witness) {
    byte[] id = witness.id(Cosignature.ALGORITHM);
    return lines(line -> line.claims(witness.name(), id));
  }

  /** The same with no other signatures than the log's own and this witness's. */
  public SignedCheckpoint withOnly(LogKey witness) {
    String log = lines(line -> line.name().equals(checkpoint.origin()));
    return new SignedCheckpoint(checkpoint, checkpoint.body() + "\n" + log + linesOf(witness));
  }

  private String lines(Predicate<NoteSignature> which) {
    return NoteSignature.parse(text.substring(text.indexOf("\n\n") + 2)).stream()
        .filter(which)
        .map(NoteSignature::line)
        .collect(Collectors.joining());
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
