package dev.countersign.app.simulate;

import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.Question;
import dev.countersign.client.ledger.UserView;
import dev.countersign.client.store.StoreException;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.protocol.Verdict;
import java.util.List;

/** A manager at the office's desk decides on what the server questioned. */
final class Desk {
  private final Chance chance;

  Desk(Chance chance) {
    this.chance = chance;
  }

  /** Decides on one question, if there is one. */
  void decide(Device office) throws Exception {
    try {
      OpenDevice open = office.open();
      List<Question> questions = open.books().questions();
      List<UserView> managers =
          open.users().list().stream()
              .filter(user -> user.role().name().equals("manager"))
              .toList();
      if (questions.isEmpty() || managers.isEmpty()) {
        return;
      }
      Question question = chance.of(questions);
      Resolution decision = decision(question);
      Actor actor = new Actor(managers.getFirst().id(), null, office.clock().instant());
      open.ledger().decide(actor, question, decision, "");
      office.tell(
          decision
              + ", decides a manager on "
              + question.type()
              + " "
              + question.receipt()
              + " of "
              + question.deviceName()
              + ", "
              + question.code());
      office.recorded();
    } catch (PowerCut _) {
      office.crashed();
    } catch (StoreException e) {
      office.tell("cannot save: " + e.fault().getClass().getSimpleName());
    } catch (NotPermittedException | ActRefusedException e) {
      office.tell("is refused: " + e.getMessage());
    }
  }

  private Resolution decision(Question question) {
    if (question.verdict() != Verdict.QUARANTINED) {
      return Resolution.SEEN;
    }
    return question.acceptable() && chance.oneIn(2) ? Resolution.ACCEPT : Resolution.REJECT;
  }
}
