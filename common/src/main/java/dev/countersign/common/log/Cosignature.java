package dev.countersign.common.log;

import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.VerifyKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * A witness's word that it saw a checkpoint, and no other history before it, at a time: C2SP
 * tlog-cosignature with Ed25519. The time in seconds stands before the signature and is signed with
 * the checkpoint's text. Pure functions, safe for any thread.
 */
final class Cosignature {
  /** The algorithm byte in a witness's key hash; sets its signatures apart from a log's own. */
  static final byte ALGORITHM = 4;

  private static final int LENGTH = Long.BYTES + VerifyKey.SIGNATURE_LENGTH;

  private Cosignature() {}

  static byte[] make(Checkpoint checkpoint, Instant time, SigningKey witness) {
    long seconds = time.getEpochSecond();
    if (seconds < 0) {
      throw new IllegalArgumentException("a cosignature has no time before 1970");
    }
    byte[] signature = witness.sign(message(checkpoint, seconds));
    return ByteBuffer.allocate(LENGTH).putLong(seconds).put(signature).array();
  }

  static boolean fits(Checkpoint checkpoint, byte[] cosignature, VerifyKey witness) {
    if (cosignature.length != LENGTH) {
      return false;
    }
    long seconds = ByteBuffer.wrap(cosignature).getLong();
    byte[] signature = Arrays.copyOfRange(cosignature, Long.BYTES, LENGTH);
    return seconds >= 0 && witness.verify(message(checkpoint, seconds), signature);
  }

  private static byte[] message(Checkpoint checkpoint, long seconds) {
    return ("cosignature/v1\ntime " + seconds + "\n" + checkpoint.body())
        .getBytes(StandardCharsets.UTF_8);
  }
}
