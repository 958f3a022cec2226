package dev.countersign.server.ingest;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.common.sql.Db;
import dev.countersign.server.account.People;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.ingest.Devices.Device;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a batch: one use case, one transaction. Verify with the registered key, find out whether
 * it is known, follows, leaves a gap or forks; judge every change; write batch, books, audit
 * entries and cursor; acknowledge with the server's signature. Nothing that was rightly signed is
 * dropped, and one bad change never blocks the rest.
 *
 * <p>The scope's transaction and lock make it atomic and one at a time per tenant: the same batch
 * sent twice at once is taken in once and answered twice with the same bytes.
 */
public final class Ingest {
  /** The key id under which acknowledgements are signed. */
  public static final String SERVER_KEY_ID = "server";

  /** How a batch is taken in. */
  private enum Manner {
    /** Its sales are taken for new; see {@link Intake}. */
    QUICK(BatchGround.Sales.TAKEN_FOR_NEW),

    CAREFUL(BatchGround.Sales.LOOKED_FOR),

    /** Sealed by a device before it forgot its keys: nothing of it counts. */
    HANDED_OVER(BatchGround.Sales.LOOKED_FOR);

    private final BatchGround.Sales sales;

    Manner(BatchGround.Sales sales) {
      this.sales = sales;
    }
  }

  private final AuditLog log;
  private final SaleFeed feed;
  private final Executor executor;
  private final Devices devices = new Devices();
  private final Judge judge = new Judge();
  private final People people = new People();
  private final Books books;

  /**
   * Takes its collaborators.
   *
   * @param executor reads, packs and signs beside what goes to the database
   */
  public Ingest(AuditLog log, SaleFeed feed, Executor executor) {
    this.log = log;
    this.feed = feed;
    this.executor = executor;
    this.books = new Books(feed);
  }

  /**
   * Takes in a batch.
   *
   * @param scope for writing, inside its transaction
   * @param address where the request came from, for the audit log
   */
  public IngestOutcome accept(TenantScope scope, Envelope envelope, String address)
      throws SQLException {
    return accept(scope, arrived(Hashed.of(envelope)), null, address, Manner.CAREFUL);
  }

  /**
   * The same when one of the device's keys is known to have signed it.
   *
   * @param verified {@link #signer}'s word; the device may have another key by now
   * @throws SQLException in a quick manner also when a sale that counts stands in the books already
   */
  IngestOutcome accept(
      TenantScope scope, Arrived arrived, VerifyKey verified, String address, boolean quick)
      throws SQLException {
    return accept(scope, arrived, verified, address, quick ? Manner.QUICK : Manner.CAREFUL);
  }

  /** Reads a batch; best before the tenant's one writer is waited for. */
  public Arrived arrived(Hashed posted) {
    return Arrived.of(posted, executor);
  }

  /** What {@link #signer} will say, where that is known without asking; empty where it is not. */
  public Optional<VerifyKey> lastSigner(UUID device, Hashed posted) {
    return devices.lastSigner(device, posted);
  }

  /** Which key of the device that it names has signed a batch; empty when none has. */
  public Optional<VerifyKey> signer(TenantScope scope, Hashed posted) throws SQLException {
    Optional<Device> device = devices.claimed(scope, posted.envelope());
    return device.isEmpty() ? Optional.empty() : devices.signer(scope, device.get(), posted);
  }

  /** The same for a batch that a device sealed before it forgot its keys: nothing of it counts. */
  IngestOutcome acceptHandedOver(TenantScope scope, Envelope envelope, String address)
      throws SQLException {
    return accept(scope, arrived(Hashed.of(envelope)), null, address, Manner.HANDED_OVER);
  }

  private IngestOutcome accept(
      TenantScope scope,
      Arrived arrived,
      @Nullable VerifyKey verified,
      String address,
      Manner manner)
      throws SQLException {
    Hashed posted = arrived.posted();
    Instant received = scope.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<Device> claimed = devices.claimed(scope, arrived.envelope());
    if (claimed.isEmpty()) {
      return new IngestOutcome.BadSignature();
    }
    Device device = claimed.get();
    boolean byNewest = device.key().equals(verified) || posted.verifiedBy(device.key());
    Reading reading = arrived.reading();
    boolean genuine =
        manner == Manner.HANDED_OVER
            ? byNewest || devices.signer(scope, device, posted).isPresent()
            : isUnderKeyOfItsTime(scope, device, posted, reading, byNewest);
    if (!genuine) {
      return new IngestOutcome.BadSignature();
    }
    return switch (reading) {
      case Reading.NoBatch(String reason) -> new IngestOutcome.Malformed(reason);
      case Reading.Batch batch -> take(scope, device, batch, arrived, address, received, manner);
    };
  }

  /** A batch from before the device's key was renewed is signed by the key of its time. */
  private boolean isUnderKeyOfItsTime(
      TenantScope scope, Device device, Hashed posted, Reading reading, boolean byNewest)
      throws SQLException {
    long number =
        reading instanceof Reading.Batch batch ? batch.read().header().number() : device.keyFrom();
    if (number >= device.keyFrom()) {
      return byNewest;
    }
    return posted.verifiedBy(devices.keyOf(scope, device, number));
  }

  /** Whether any key that this device has or had signed something. */
  boolean isSignedBy(TenantScope scope, Envelope envelope, UUID id) throws SQLException {
    Optional<Device> device = devices.find(scope, id);
    return device.isPresent()
        && devices.signer(scope, device.get(), Hashed.of(envelope)).isPresent();
  }

  private IngestOutcome take(
      TenantScope scope,
      Device device,
      Reading.Batch batch,
      Arrived arrived,
      String address,
      Instant received,
      Manner manner)
      throws SQLException {
    boolean handedOver = manner == Manner.HANDED_OVER;
    Envelope envelope = arrived.envelope();
    Hash hash = arrived.posted().hash();
    BatchHeader header = batch.read().header();
    if (!header.tenant().equals(scope.tenantId()) || !header.device().equals(device.id())) {
      refuse(scope, device, address, received, "foreign");
      return new IngestOutcome.Foreign();
    }
    if (!device.environment().equals(scope.environment().word())) {
      return new IngestOutcome.OtherEnvironment();
    }
    if (header.number() <= device.lastBatch()) {
      Optional<byte[]> known = acknowledgementOf(scope, device.id(), header.number(), hash);
      if (known.isPresent()) {
        return new IngestOutcome.Replayed(known.get());
      }
    }
    if (device.isWiped() && !handedOver) {
      return new IngestOutcome.CutOff();
    }
    if (device.isFrozen()) {
      return new IngestOutcome.Frozen();
    }
    if (header.number() > device.lastBatch() + 1) {
      return new IngestOutcome.Gap(device.lastBatch() + 1);
    }
    if (header.number() <= device.lastBatch() || !header.previous().equals(device.lastHash())) {
      // A revoked device has nothing to lose: with its key anyone could fill the disk with
      // evidence.
      if ((device.cutOff() == null || handedOver)
          && !devices.isEvidence(scope, device.id(), header.number(), envelope.payload())) {
        freeze(scope, device, header.number(), envelope, address, received);
      }
      return new IngestOutcome.Forked(header.number());
    }
    return store(scope, device, batch, arrived, address, received, manner);
  }

  private static Optional<byte[]> acknowledgementOf(
      TenantScope scope, UUID device, long number, Hash hash) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT ack FROM batch WHERE device = ? AND number = ? AND hash = ?",
            row -> StoredBatch.unpack(row.bytes(1)),
            device,
            number,
            hash);
  }

  private void refuse(
      TenantScope scope, Device device, String address, Instant received, String code)
      throws SQLException {
    log.append(
        scope,
        List.of(
            AuditEntry.aboutDevice(
                received,
                AuditEntry.DEVICE,
                device.id(),
                address,
                AuditEntry.BATCH_REFUSED,
                code)));
  }

  private void freeze(
      TenantScope scope,
      Device device,
      long number,
      Envelope evidence,
      String address,
      Instant received)
      throws SQLException {
    devices.freeze(scope, device.id());
    scope
        .db()
        .update(
            """
            INSERT INTO incident (kind, device, batch, received, payload, signature)
            VALUES ('fork', ?, ?, ?, ?, ?)\
            """,
            device.id(),
            number,
            received,
            evidence.payload(),
            evidence.signature());
    log.append(
        scope,
        List.of(
            AuditEntry.aboutDevice(
                received,
                AuditEntry.SYSTEM,
                device.id(),
                address,
                AuditEntry.DEVICE_FROZEN,
                "fork")));
  }

  private IngestOutcome store(
      TenantScope scope,
      Device device,
      Reading.Batch batch,
      Arrived arrived,
      String address,
      Instant received,
      Manner manner)
      throws SQLException {
    Envelope envelope = arrived.envelope();
    BatchHeader header = batch.read().header();
    Hash hash = arrived.posted().hash();
    Post post =
        new Post(
            device.store(), device.register(), device.series(), scope.currency(), device.cutOff());
    List<ReadChange> changes = batch.changes();
    Db.Answer<TreeFrontier> edge = log.end(scope);
    Db.Answer<Long> newest = feed.head(scope);
    Weighed weighed = weigh(scope, device, post, batch, received, manner.sales);
    if (manner == Manner.QUICK && !weighed.judged().everySaleCounts()) {
      // What does not go into the books cannot be found there twice: it must be looked for.
      weighed = weigh(scope, device, post, batch, received, BatchGround.Sales.LOOKED_FOR);
    }
    JudgedBatch judged = weighed.judged();
    BatchGround ground = weighed.ground();
    TreeFrontier end = edge.get();
    // Hashing, signing and packing need no database: they go on while the rows are written. What
    // is short is not worth a wait for another core, behind very many requests.
    CompletableFuture<Countersigned> countersigning =
        CompletableFuture.supplyAsync(
            () -> {
              AuditLog.Draft draft =
                  log.draft(
                      end,
                      scope.logOrigin(),
                      judged.entries(device.id(), header, hash, envelope, address, received));
              return Countersigned.of(scope, device.id(), header, hash, judged, draft, received);
            },
            ReadChange.beside(changes.size(), executor));
    Db.Answer<Integer> advanced;
    try {
      long head = newest.get();
      books.write(scope, device.id(), post, header.number(), judged, ground, head, received);
      for (UUID worker : ground.unnoted()) {
        people.acted(scope, worker, received);
      }
      advanced = devices.advance(scope, device, header, hash, judged.highestReceipt(), received);
      if (!countersigning.isDone()) {
        scope.db().settle();
      }
    } finally {
      // The keys are lent for this work only: nothing may sign after it, however it ends.
      countersigning.exceptionally(_ -> null).join();
    }
    Countersigned signed = countersigning.join();
    keep(scope.db(), device.id(), batch, arrived, received, signed);
    log.write(scope, signed.log());
    if (advanced.get() != 1) {
      throw new IllegalStateException("the device's row moved inside the transaction");
    }
    return new IngestOutcome.Stored(signed.ack(), signed.acknowledgement());
  }

  /** A batch that is judged, with the ground that it leaves. */
  private record Weighed(BatchGround ground, JudgedBatch judged) {}

  private Weighed weigh(
      TenantScope scope,
      Device device,
      Post post,
      Reading.Batch batch,
      Instant received,
      BatchGround.Sales sales)
      throws SQLException {
    BatchGround ground =
        BatchGround.of(
            scope,
            feed,
            people,
            judge,
            device.id(),
            post,
            device.highestReceipt(),
            batch.mentions(),
            sales,
            received);
    boolean numbered = batch.read().header().firstChange() == device.lastChange() + 1;
    return new Weighed(
        ground, JudgedBatch.of(judge, batch.changes(), post, ground, numbered, received));
  }

  private static void keep(
      Db db,
      UUID device,
      Reading.Batch batch,
      Arrived arrived,
      Instant received,
      Countersigned signed)
      throws SQLException {
    db.updateSoon(
        """
        INSERT INTO batch (device, number, payload, signature, hash, received, ack)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        device,
        batch.read().header().number(),
        arrived.packed().join(),
        arrived.envelope().signature(),
        arrived.posted().hash(),
        received,
        signed.packedAck());
  }
}
