package dev.countersign.server.ingest;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SignatureCheck;
import dev.countersign.common.crypto.VerifyKey;

/**
 * An envelope and the SHA-256 of its payload, which its signature, the log and the next batch are
 * about, and which is reckoned once.
 */
public final class Hashed {
  private final Envelope envelope;
  private final Hash hash;

  private Hashed(Envelope envelope, Hash hash) {
    this.envelope = envelope;
    this.hash = hash;
  }

  public static Hashed of(Envelope envelope) {
    return new Hashed(envelope, Hash.of(envelope.payload()));
  }

  Envelope envelope() {
    return envelope;
  }

  Hash hash() {
    return hash;
  }

  boolean verifiedBy(VerifyKey key) {
    return envelope.verifiedBy(key, hash, new SignatureCheck());
  }
}
