package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.Succession;
import dev.countersign.common.sql.Db;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * This device's signing key, and how it gives way to the next: the next one and the statement are
 * on the disk before anybody is asked, and from then until the server's answer nothing new is
 * sealed. So whatever is interrupted, the same statement is brought again. Safe for any thread.
 */
public final class OwnKey implements AutoCloseable {
  private final TillStore store;
  private final Enrolled enrolled;
  private final InstantSource clock;
  private final SecureRandom random;
  private volatile SigningKey current;

  OwnKey(
      TillStore store,
      Enrolled enrolled,
      SigningKey current,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.enrolled = enrolled;
    this.current = current;
    this.clock = clock;
    this.random = random;
  }

  /** Signs as this device, under its id. */
  Envelope sign(String payloadType, byte[] payload) {
    return Envelope.seal(payloadType, payload, enrolled.device().toString(), current);
  }

  /** A checkpoint with this device's word, as a witness, that it saw it and no other history. */
  public SignedCheckpoint cosign(SignedCheckpoint seen) {
    Instant now = clock.instant();
    String name = LogKey.ofDevice(enrolled.device(), current.verifyKey()).name();
    // A clock that was never set is no reason to be silent.
    return seen.cosigned(name, now.isBefore(Instant.EPOCH) ? Instant.EPOCH : now, current);
  }

  /** The statement that the server has not answered yet. */
  public Optional<byte[]> pending() {
    return store.read(OwnKey::pending);
  }

  static Optional<byte[]> pending(Db db) throws SQLException {
    return db.first(
        "SELECT next_statement FROM device WHERE next_statement IS NOT NULL", row -> row.bytes(1));
  }

  /**
   * Makes the next key and the statement, from the next batch on; does nothing while a batch is in
   * flight or a statement waits already.
   */
  public void begin() {
    store.write(
        db -> {
          boolean busy =
              pending(db).isPresent()
                  || db.first("SELECT 1 FROM batch WHERE ack IS NULL", row -> row.flag(1))
                      .isPresent();
          return busy ? 0 : begin(db);
        });
  }

  private int begin(Db db) throws SQLException {
    long number = db.first("SELECT key_number FROM device", row -> row.integer(1)).orElse(1L) + 1;
    long from =
        db.first("SELECT coalesce(max(number), 0) FROM batch", row -> row.integer(1)).orElse(0L)
            + 1;
    try (SigningKey next = SigningKey.generate(random);
        Secret seed = next.seed()) {
      Succession said =
          new Succession(
              Succession.Kind.DEVICE,
              enrolled.device().toString(),
              number,
              current.verifyKey().toBase64(),
              next.verifyKey().toBase64(),
              from,
              clock.instant(),
              null);
      return db.update(
          "UPDATE device SET next_seed = ?, next_statement = ?",
          seed.bytes(),
          Succession.seal(said, current, next).encode());
    }
  }

  /** The server has registered the next key: it is the one from here on. */
  public void renewed() {
    Optional<byte[]> seed =
        store.write(
            db -> {
              Optional<byte[]> next =
                  db.first(
                      "SELECT next_seed FROM device WHERE next_seed IS NOT NULL",
                      row -> row.bytes(1));
              if (next.isPresent()) {
                db.update(
                    "UPDATE device SET seed = next_seed, key_number = key_number + 1,"
                        + " next_seed = NULL, next_statement = NULL");
              }
              return next;
            });
    if (seed.isPresent()) {
      try (Secret own = Secret.of(seed.get())) {
        SigningKey before = current;
        current = SigningKey.fromSeed(own.bytes());
        before.close();
      }
    }
  }

  /** The server wants none of it: the key stays, and sealing goes on under it. */
  public void kept() {
    store.write(db -> db.update("UPDATE device SET next_seed = NULL, next_statement = NULL"));
  }

  @Override
  public void close() {
    current.close();
  }
}
