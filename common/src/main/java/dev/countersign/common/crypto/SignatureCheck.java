package dev.countersign.common.crypto;

import java.security.GeneralSecurityException;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Checks one Ed25519 signature after the other with one engine, whose memory is used again: for
 * whoever checks thousands. For one thread at a time.
 */
public final class SignatureCheck {
  private @Nullable Signature engine;

  /** True if the signature is the key's over the message. Malformed input is false, no error. */
  public boolean holds(VerifyKey key, byte[] signature, byte[] message) {
    if (signature.length != VerifyKey.SIGNATURE_LENGTH) {
      return false;
    }
    Signature check = engine;
    // Whoever fails leaves something in it that the next one must not find.
    engine = null;
    try {
      if (check == null) {
        check = SignatureEngine.signature();
      }
      check.initVerify(key.platformKey());
      check.update(message);
      boolean holds = check.verify(signature);
      engine = check;
      return holds;
    } catch (GeneralSecurityException _) {
      // The platform reports a signature that is no point or scalar by an exception.
      return false;
    }
  }
}
