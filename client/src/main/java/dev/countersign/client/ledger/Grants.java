package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.GrantSheet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The sheet of rights that the server gave this device last. It is checked when it comes and kept
 * as it was signed. Safe for any thread.
 */
public final class Grants {
  private final TillStore store;
  private final Enrolled enrolled;
  private volatile @Nullable Held held;

  /** By this device's own clock, so that one that is wrong by a year changes nothing. */
  private record Held(GrantSheet sheet, Instant received) {}

  Grants(TillStore store, Enrolled enrolled) {
    this.store = store;
    this.enrolled = enrolled;
    this.held =
        store
            .read(
                db ->
                    db.first(
                        "SELECT envelope, received FROM grant_sheet",
                        row -> {
                          Instant received = row.instant(2);
                          return read(row.bytes(1)).map(sheet -> new Held(sheet, received));
                        }))
            .flatMap(kept -> kept)
            .orElse(null);
  }

  /** What came of a sheet. */
  public enum Taken {
    /** It is the one from here on. */
    NEWER,
    /** Not signed by the server, for another device, or older than the one that is here. */
    REFUSED
  }

  /** The sheet in use; empty before the first one has come. */
  public Optional<GrantSheet> current() {
    return Optional.ofNullable(held).map(Held::sheet);
  }

  /** The id that a change names; null before the first sheet. */
  @Nullable UUID authority() {
    Held now = held;
    return now == null ? null : now.sheet().id();
  }

  /**
   * Whether the lease for an act has ended; never before the first sheet. The time since the sheet
   * came counts, by this device's clock: one that is wrong ends nothing, and what is done under one
   * that was set back is for the server to judge.
   */
  public boolean isOver(PermissionKey key, Instant now) {
    Held standing = held;
    return standing != null
        && now.isAfter(
            standing
                .received()
                .plus(Duration.between(standing.sheet().issued(), standing.sheet().until(key))));
  }

  /** Whether a new sheet should be asked for. */
  public boolean isDue(Instant now) {
    Held standing = held;
    if (standing == null) {
      return true;
    }
    Duration young = Duration.between(standing.sheet().issued(), standing.sheet().renewAfter());
    return now.isAfter(standing.received().plus(young))
        || now.isBefore(standing.received().minus(GrantSheet.TOLERANCE));
  }

  /**
   * Takes a sheet in place of the one that is here.
   *
   * @param envelope as it came
   * @param serverKey the one in use
   * @param now by this device's clock
   */
  public synchronized Taken take(byte[] envelope, VerifyKey serverKey, Instant now) {
    Optional<GrantSheet> read = genuine(envelope, serverKey, enrolled);
    Held standing = held;
    boolean newer =
        read.isPresent()
            && (standing == null || !read.get().issued().isBefore(standing.sheet().issued()));
    if (!newer) {
      return Taken.REFUSED;
    }
    store.write(
        db ->
            db.update(
                "INSERT OR REPLACE INTO grant_sheet (one, received, envelope) VALUES (1, ?, ?)",
                now,
                envelope));
    held = new Held(read.get(), now);
    return Taken.NEWER;
  }

  /**
   * A sheet that the server has signed for this device; else empty.
   *
   * @param envelope as it came
   */
  public static Optional<GrantSheet> genuine(
      byte[] envelope, VerifyKey serverKey, Enrolled enrolled) {
    return read(envelope)
        .filter(
            sheet ->
                isSigned(envelope, serverKey)
                    && sheet.hasAll()
                    && enrolled.tenant().equals(sheet.tenant())
                    && enrolled.device().equals(sheet.device())
                    && enrolled.store().equals(sheet.store())
                    && enrolled.environment().equals(sheet.environment()));
  }

  private static boolean isSigned(byte[] envelope, VerifyKey serverKey) {
    try {
      Envelope sealed = Envelope.decode(envelope);
      return sealed.payloadType().equals(GrantSheet.PAYLOAD_TYPE) && sealed.verifiedBy(serverKey);
    } catch (EnvelopeFormatException _) {
      return false;
    }
  }

  private static Optional<GrantSheet> read(byte[] envelope) {
    try {
      return Optional.of(Json.decodeKnown(Envelope.decode(envelope).payload(), GrantSheet.class));
    } catch (EnvelopeFormatException | JacksonException _) {
      return Optional.empty();
    }
  }
}
