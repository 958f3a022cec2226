package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.server.audit.AuditEntry;
import java.util.List;

/**
 * Puts entries that were looked at by themselves in their order: adds them to the tree, and checks
 * what rests on those before them.
 */
final class EntryCheck {
  private final SignatureChecks checks;
  private final SeenHeads heads;
  private final DeviceChains chains = new DeviceChains();
  private final TreeFrontier tree = new TreeFrontier();
  private long batches;
  private long sales;
  private long total;

  EntryCheck(SignatureChecks checks, SeenHeads heads) {
    this.checks = checks;
    this.heads = heads;
  }

  long count() {
    return tree.size();
  }

  Hash root() {
    return tree.root();
  }

  ExportReport report(String currency) {
    return new ExportReport.Sound(tree.size(), batches, sales, total, currency);
  }

  /** Goes on by what follows in the log. */
  void add(List<Looked> run) throws BrokenExportException {
    for (Looked next : run) {
      if (next.index() >= 0 && next.index() != tree.size()) {
        throw new BrokenExportException(
            next.line(), "entry " + next.index() + " stands in the place of " + tree.size());
      }
      switch (next) {
        case Looked.Wrong wrong -> throw new BrokenExportException(wrong.line(), wrong.reason());
        case Looked.Sound sound -> {
          tree.append(sound.leaf());
          try {
            follow(sound);
          } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BrokenExportException(sound.lastLine(), String.valueOf(e.getMessage()));
          }
          heads.compare(sound.lastLine() + 1, tree);
        }
      }
    }
  }

  private void follow(Looked.Sound entry) throws BrokenExportException {
    switch (entry) {
      case Looked.Batch batch -> {
        var key = chains.advance(batch.envelope().keyId(), batch.header(), batch.hash());
        checks.add(batch.lastLine(), batch.envelope(), key);
        batches++;
      }
      case Looked.Change change -> {
        if (change.counts() && chains.isCutOff(change.device())) {
          throw new BrokenExportException(
              change.line(), "a change counts that came after its device was cut off");
        }
        if (change.sale()) {
          sales++;
          total = Math.addExact(total, change.total());
        }
      }
      case Looked.KeyChange change -> chains.renew(change.entry(), change.statement());
      case Looked.Event event -> {
        if (event.entry().what().equals(AuditEntry.DEVICE_ENROLLED)) {
          chains.enrol(event.entry());
        } else {
          chains.heard(event.entry());
        }
      }
    }
  }
}
