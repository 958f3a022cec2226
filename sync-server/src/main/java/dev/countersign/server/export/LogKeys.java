package dev.countersign.server.export;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.KeyLine;
import dev.countersign.common.protocol.Succession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys of a log: from the trusted one to the one in use, each of which consented to the next,
 * and those before it, each of which the next one says it follows.
 */
final class LogKeys {
  private final String origin;
  private final List<VerifyKey> keys;

  private LogKeys(String origin, List<VerifyKey> keys) {
    this.origin = origin;
    this.keys = keys;
  }

  /**
   * Reads the log's key and the statements by which it came to it. Afterwards the lines stand
   * behind them.
   */
  static LogKeys read(ExportLines lines, UUID tenant, LogKey pinned)
      throws IOException, BrokenExportException {
    String claimed = lines.content('K');
    KeyLine line = KeyLine.of(Succession.Kind.LOG, tenant.toString(), pinned.key());
    List<byte[]> statements = new ArrayList<>();
    next(lines);
    while (lines.kind() == 'N') {
      byte[] statement = lines.bytes('N');
      statements.add(statement);
      switch (line.follow(statement)) {
        case KeyLine.Step.Grown(KeyLine longer, var _) -> line = longer;
        case KeyLine.Step.Forked(String reason) -> throw lines.broken(reason);
        case KeyLine.Step.Known _, KeyLine.Step.Refused _ -> {
          // From before the key that is trusted, or of no use to follow it.
        }
      }
      next(lines);
    }
    if (!claimed.equals(new LogKey(pinned.name(), line.newest()).text())) {
      throw lines.broken(
          "the export is of another log, or its log has another key, than the one you trust");
    }
    List<VerifyKey> keys = former(statements, tenant, pinned.key());
    keys.addAll(line.keys());
    return new LogKeys(pinned.name(), keys);
  }

  /** The keys before one, the first one first, as each next one signed that it follows them. */
  private static List<VerifyKey> former(List<byte[]> statements, UUID tenant, VerifyKey trusted) {
    List<VerifyKey> former = new ArrayList<>();
    String next = trusted.toBase64();
    for (byte[] statement : statements.reversed()) {
      Optional<Succession> said = Succession.claimed(statement);
      if (said.isPresent()
          && said.get().kind() == Succession.Kind.LOG
          && said.get().owner().equals(tenant.toString())
          && said.get().key().equals(next)) {
        next = said.get().previous();
        try {
          former.addFirst(VerifyKey.fromBase64(next));
        } catch (IllegalArgumentException _) {
          return former;
        }
      }
    }
    return former;
  }

  /** The key in use. */
  LogKey current() {
    return new LogKey(origin, keys.getLast());
  }

  /** A text as a checkpoint of this log; empty when none of its keys signed it. */
  Optional<SignedCheckpoint> signed(String text) {
    for (VerifyKey key : keys) {
      if (Checkpoint.parse(text, origin, key) instanceof CheckpointReading.Verified(var signed)) {
        return Optional.of(signed);
      }
    }
    return Optional.empty();
  }

  private static void next(ExportLines lines) throws IOException, BrokenExportException {
    if (!lines.next()) {
      throw lines.broken("the export is cut off");
    }
  }
}
