package dev.countersign.client.ledger;

import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.TrainingSwitched;
import java.util.UUID;

/** Who learned beside this till, and when. */
final class TrainingBook {
  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Recorder recorder;

  TrainingBook(TillStore store, Enrolled enrolled, Users users, Recorder recorder) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.recorder = recorder;
  }

  void note(Actor actor, UUID training, boolean begun) {
    TrainingSwitched body =
        new TrainingSwitched(enrolled.store(), enrolled.requireRegister(), begun);
    users.require(actor, body);
    store.write(
        db -> {
          recorder.append(db, actor, State.read(db), training, body);
          return true;
        });
  }
}
