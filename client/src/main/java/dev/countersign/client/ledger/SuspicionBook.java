package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.SuspicionReported.Kind;
import dev.countersign.common.sale.CardNumbers;

/** What people here noticed that should not be. */
final class SuspicionBook {
  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Recorder recorder;

  SuspicionBook(TillStore store, Enrolled enrolled, Users users, Recorder recorder) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.recorder = recorder;
  }

  void report(Actor actor, Kind kind, String note) {
    String said = note.strip();
    if (CardNumbers.isIn(said)) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    if (said.length() > SuspicionReported.LONGEST_NOTE) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    SuspicionReported body =
        new SuspicionReported(enrolled.store(), enrolled.register(), kind, said);
    users.require(actor, body);
    store.write(
        db -> {
          recorder.append(db, actor, State.read(db), recorder.newId(), body);
          return true;
        });
  }
}
