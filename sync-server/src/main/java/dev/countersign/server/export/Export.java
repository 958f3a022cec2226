package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.log.LogKey;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.audit.LeafRun;
import dev.countersign.server.audit.ReadLeaf;
import dev.countersign.server.ingest.StoredBatch;
import dev.countersign.server.tenant.TenantScope;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Writes a tenant's whole log with the batches it rests on. One pass over one consistent state;
 * memory does not grow with the log.
 */
public final class Export {
  private static final int BUFFER = 256 * 1024;

  private final AuditLog log;

  public Export(AuditLog log) {
    this.log = log;
  }

  /**
   * Writes the export and flushes; the stream stays open.
   *
   * @param scope for reading, on one state of the file
   */
  public void write(TenantScope scope, OutputStream target) throws SQLException, IOException {
    OutputStream out = new BufferedOutputStream(target, BUFFER);
    MessageDigest digest = Hash.newDigest();
    OutputStream hashed = new DigestOutputStream(out, digest);
    line(hashed, ExportFormat.FIRST_LINE);
    line(hashed, "T " + scope.tenantId() + " " + scope.currency());
    line(hashed, "K " + new LogKey(scope.logOrigin(), scope.logKey().verifyKey()).text());
    line(hashed, "V " + scope.serverKey().verifyKey().toBase64());
    scope
        .db()
        .<IOException>each(
            "SELECT leaves FROM audit_run ORDER BY first",
            row -> entries(scope, LeafRun.unpack(row.bytes(1)), hashed));
    byte[] checkpoint = log.checkpoint(scope).text().getBytes(StandardCharsets.UTF_8);
    line(hashed, "C " + StrictBase64.encode(checkpoint));
    byte[] signature = scope.logKey().sign(ExportFormat.signedBytes(digest.digest()));
    line(out, "S " + StrictBase64.encode(signature));
    out.flush();
  }

  private static void entries(TenantScope scope, byte[] run, OutputStream out)
      throws SQLException, IOException {
    int start = 0;
    for (int i = 0; i < run.length; i++) {
      if (run[i] == '\n') {
        out.write('E');
        out.write(' ');
        out.write(run, start, i + 1 - start);
        ReadLeaf leaf = ReadLeaf.parse(run, start, i - start);
        if (leaf.what().equals(AuditEntry.BATCH)) {
          line(out, "P " + StrictBase64.encode(payload(scope, leaf)));
        }
        start = i + 1;
      }
    }
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

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
