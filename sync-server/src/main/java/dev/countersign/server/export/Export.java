package dev.countersign.server.export;

import dev.countersign.common.change.ChangeType;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.MerkleTree;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.ReadBatch;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.audit.Cosignatures;
import dev.countersign.server.audit.LeafRun;
import dev.countersign.server.audit.ReadLeaf;
import dev.countersign.server.audit.StoredTiles;
import dev.countersign.server.ingest.StoredBatch;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a tenant's whole log with the batches it rests on. What it writes never changes, so it is
 * read in runs: whoever takes the export slowly holds no connection and no reader meanwhile, and
 * memory does not grow with the log.
 */
public final class Export {
  private static final int BUFFER = 256 * 1024;

  private static final Set<String> COUNTING =
      Set.of(Verdict.ACCEPTED.name(), Verdict.FLAGGED.name());

  /** How much is read before it is written, with the run that goes beyond. */
  private static final int RUN = 1024 * 1024;

  private final AuditLog log;
  private final Cosignatures witnesses = new Cosignatures();

  public Export(AuditLog log) {
    this.log = log;
  }

  /** Lends the tenant's data for one look. */
  @FunctionalInterface
  public interface Source {
    void look(Tenants.Work<Boolean, SQLException> work) throws SQLException;
  }

  /** Writes the export of what the scope shows and flushes; the stream stays open. */
  public void write(TenantScope scope, OutputStream target) throws SQLException, IOException {
    write(work -> work.run(scope), target);
  }

  /**
   * Writes the export as the log is at the first look and flushes; the stream stays open.
   *
   * @param source nothing of it is held while something is written
   */
  public void write(Source source, OutputStream target) throws SQLException, IOException {
    OutputStream out = new BufferedOutputStream(target, BUFFER);
    MessageDigest digest = Hash.newDigest();
    OutputStream frame = new DigestOutputStream(out, digest);
    Reading reading = new Reading(digest);
    source.look(scope -> begin(scope, reading));
    frame.write(reading.taken());
    while (reading.next <= reading.last) {
      source.look(scope -> run(scope, reading));
      out.write(reading.taken());
    }
    line(frame, "C " + StrictBase64.encode(reading.checkpoint));
    byte[] hash = digest.digest();
    source.look(scope -> sign(scope, hash, reading));
    out.write(reading.taken());
    out.flush();
  }

  /** How far it is, and what was read and not yet written. */
  private static final class Reading {
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final MessageDigest frame;
    private byte[] checkpoint = {};
    private long next;
    private long last = -1;

    /** The batch whose changes' entries are read, and how many of these have come. */
    private byte[] batch = {};

    private int change;

    Reading(MessageDigest frame) {
      this.frame = frame;
    }

    byte[] taken() {
      byte[] all = read.toByteArray();
      read.reset();
      return all;
    }
  }

  private boolean begin(TenantScope scope, Reading reading) throws SQLException {
    line(reading.read, ExportFormat.FIRST_LINE);
    line(reading.read, "T " + scope.tenantId() + " " + scope.currency());
    line(reading.read, "K " + new LogKey(scope.logOrigin(), scope.logKey().verifyKey()).text());
    for (byte[] statement :
        scope
            .db()
            .list(
                "SELECT statement FROM log_key WHERE number > 1 ORDER BY number",
                row -> row.bytes(1))) {
      line(reading.read, "N " + StrictBase64.encode(statement));
    }
    line(reading.read, "V " + scope.serverKey().verifyKey().toBase64());
    for (Cosignatures.Word word : witnesses.all(scope)) {
      byte[] text = word.checkpoint().getBytes(StandardCharsets.UTF_8);
      line(reading.read, "W " + word.device() + " " + StrictBase64.encode(text));
    }
    reading.checkpoint = log.checkpoint(scope).text().getBytes(StandardCharsets.UTF_8);
    reading.last =
        scope
            .db()
            .first("SELECT first FROM audit_run ORDER BY first DESC LIMIT 1", row -> row.integer(1))
            .orElse(-1L);
    return true;
  }

  private static boolean run(TenantScope scope, Reading reading) throws SQLException {
    while (reading.next <= reading.last && reading.read.size() < RUN) {
      byte[] leaves =
          scope
              .db()
              .first(
                  "SELECT first, leaves FROM audit_run WHERE first >= ? ORDER BY first LIMIT 1",
                  row -> {
                    reading.next = row.integer(1) + 1;
                    return LeafRun.unpack(row.bytes(2));
                  },
                  reading.next)
              .orElseThrow(() -> new SQLException("a run of the log is gone"));
      entries(scope, leaves, reading);
    }
    return true;
  }

  private static boolean sign(TenantScope scope, byte[] hash, Reading reading) {
    byte[] signature = scope.logKey().sign(ExportFormat.signedBytes(hash));
    line(reading.read, "S " + StrictBase64.encode(signature));
    return true;
  }

  private static void entries(TenantScope scope, byte[] run, Reading reading) throws SQLException {
    ByteArrayOutputStream out = reading.read;
    int start = 0;
    for (int i = 0; i < run.length; i++) {
      if (run[i] == '\n') {
        out.write('E');
        out.write(' ');
        out.write(run, start, i + 1 - start);
        ReadLeaf leaf = ReadLeaf.parse(run, start, i - start);
        if (leaf.what().equals(AuditEntry.BATCH)) {
          reading.batch = payload(scope, leaf);
          reading.change = 0;
          line(out, "P " + StrictBase64.encode(reading.batch));
        } else if (leaf.what().equals(AuditEntry.DEVICE_KEY_ROTATED)) {
          line(out, "P " + StrictBase64.encode(statement(scope, leaf)));
        } else if (!leaf.verdict().isEmpty()) {
          proof(scope, leaf, reading);
        }
        start = i + 1;
      }
    }
  }

  /** Below a Z report's entry: how the log went on from what the report says that it was. */
  private static void proof(TenantScope scope, ReadLeaf leaf, Reading reading) throws SQLException {
    int place = reading.change++;
    // An entry names a change as what it is wherever it counts.
    boolean counts = COUNTING.contains(leaf.verdict());
    if (counts && !leaf.what().equals(ChangeType.SHIFT_CLOSED.wireName())) {
      return;
    }
    ReadBatch.Slice slice = slice(reading.batch, place, leaf);
    Optional<SaidHead> head =
        ChangeGlance.headIn(reading.batch, slice.offset(), slice.length())
            .filter(said -> said.isBefore(leaf.index()));
    if (head.isPresent()) {
      byte[] path =
          MerkleTree.consistency(
                  head.get().size(), leaf.index(), new StoredTiles(scope.db()).nodes())
              .encode();
      byte[] line = ("Q " + StrictBase64.encode(path) + "\n").getBytes(StandardCharsets.US_ASCII);
      reading.frame.update(line);
      reading.read.writeBytes(line);
    }
  }

  private static ReadBatch.Slice slice(byte[] batch, int place, ReadLeaf leaf) throws SQLException {
    try {
      return BatchCodec.decode(batch).changes().get(place);
    } catch (BatchFormatException | IndexOutOfBoundsException e) {
      throw new SQLException("the change of entry " + leaf.index() + " is gone", e);
    }
  }

  private static byte[] statement(TenantScope scope, ReadLeaf leaf) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT statement FROM former_key WHERE device = ? AND until = ?",
            row -> row.bytes(1),
            UUID.fromString(leaf.device()),
            leaf.batch())
        .orElseThrow(() -> new SQLException("the statement of entry " + leaf.index() + " is gone"));
  }

  private static byte[] payload(TenantScope scope, ReadLeaf leaf) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT payload FROM batch WHERE device = ? AND number = ?",
            row -> StoredBatch.unpack(row.bytes(1)),
            UUID.fromString(leaf.device()),
            leaf.batch())
        .orElseThrow(() -> new SQLException("the batch of entry " + leaf.index() + " is gone"));
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
