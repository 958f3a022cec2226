package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.SaleView.Standing;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import javafx.scene.control.Label;

/** What the server has said about a sale, as a badge. */
final class Standings {
  private Standings() {}

  static Label badge(Words words, Standing standing) {
    return switch (standing) {
      case WAITING -> Parts.whole(words.say("standing.waiting"), "badge", "warn");
      case ACCEPTED -> Parts.whole(words.say("standing.accepted"), "badge");
      case FLAGGED -> Parts.whole(words.say("standing.flagged"), "badge", "warn");
      case SUPERSEDED -> Parts.whole(words.say("standing.superseded"), "badge", "warn");
      case QUARANTINED -> Parts.whole(words.say("standing.quarantined"), "badge", "bad");
    };
  }
}
