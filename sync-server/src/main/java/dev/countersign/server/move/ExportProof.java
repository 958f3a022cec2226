package dev.countersign.server.move;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.LogKey;
import dev.countersign.server.export.Export;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.ExportVerifier;
import dev.countersign.server.tenant.TenantScope;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A tenant's export, hashed and verified while it is written: the tree is built anew from the
 * leaves and compared with the signed checkpoint, every device's batches are followed from the
 * first.
 *
 * @param content SHA-256 of the whole export
 * @param report what verifying found
 */
record ExportProof(Hash content, ExportReport report) {
  private static final int PIPE = 256 * 1024;

  /** Exports what the scope shows, and verifies it under the tenant's own key. */
  static ExportProof of(TenantScope scope, Export export) throws SQLException, IOException {
    LogKey pinned = new LogKey(scope.logOrigin(), scope.logKey().verifyKey());
    MessageDigest digest = Hash.newDigest();
    try (ExecutorService signatures = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor();
        PipedInputStream in = new PipedInputStream(PIPE)) {
      Future<ExportReport> report;
      try (OutputStream out = new DigestOutputStream(new PipedOutputStream(in), digest)) {
        report = reading.submit(() -> verified(in, pinned, signatures));
        export.write(scope, out);
      }
      return new ExportProof(Hash.fromBytes(digest.digest()), report.get());
    } catch (ExecutionException e) {
      throw new IOException("The export could not be verified.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while verifying.", e);
    }
  }

  /** Reads on to the end after something was found, so that the writer is not left waiting. */
  private static ExportReport verified(
      PipedInputStream in, LogKey pinned, ExecutorService signatures) throws IOException {
    ExportReport report =
        new ExportVerifier(pinned, signatures).verify(new BufferedInputStream(in));
    in.transferTo(OutputStream.nullOutputStream());
    return report;
  }
}
