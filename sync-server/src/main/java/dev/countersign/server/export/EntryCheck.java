package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.export.ExportReport.Contradiction;
import java.util.List;

/**
 * Puts entries that were looked at by themselves in their order: adds them to the tree, and checks
 * what rests on those before them.
 */
final class EntryCheck {
  private final SignatureChecks checks;
  private final SeenHeads heads;
  private final WitnessWords witnesses;
  private final DeviceChains chains = new DeviceChains();
  private final Contradictions contradictions = new Contradictions();
  private final TreeFrontier tree = new TreeFrontier();
  private long batches;
  private long sales;
  private long total;

  /** Begins with an empty log, at the line of the first entry. */
  EntryCheck(SignatureChecks checks, SeenHeads heads, WitnessWords witnesses, long line)
      throws BrokenExportException {
    this.checks = checks;
    this.heads = heads;
    this.witnesses = witnesses;
    compare(line);
  }

  long count() {
    return tree.size();
  }

  Hash root() {
    return tree.root();
  }

  /** At the end of the log. */
  ExportReport report(String currency) throws BrokenExportException {
    var agreeing = witnesses.finish(chains, contradictions);
    return contradictions.over(
        new ExportReport.Sound(tree.size(), batches, sales, total, currency, agreeing));
  }

  private void compare(long line) throws BrokenExportException {
    heads.compare(line, tree);
    witnesses.compare(tree);
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
          if (sound instanceof Looked.Change change && change.said() != null) {
            compare(change, change.said());
          }
          tree.append(sound.leaf());
          try {
            follow(sound);
          } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BrokenExportException(sound.lastLine(), String.valueOf(e.getMessage()));
          }
          compare(sound.lastLine() + 1);
        }
      }
    }
  }

  /** What a Z report says of the log with the log as it is before that report. */
  private void compare(Looked.Change change, Looked.Said said) {
    SaidHead head = said.head();
    ConsistencyProof proof = said.proof();
    if (proof == null || !proof.verify(head.size(), head.root(), tree.size(), tree.root())) {
      contradictions.add(
          new Contradiction.Report(change.line(), change.device(), head.shift(), head.size()));
    }
  }

  private void follow(Looked.Sound entry) throws BrokenExportException {
    switch (entry) {
      case Looked.Batch batch -> {
        var key = chains.advance(batch.envelope().keyId(), batch.header(), batch.hash());
        checks.add(batch.lastLine(), batch.envelope(), batch.hash(), key);
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
