package dev.countersign.client.ui.kit;

import dev.countersign.client.ledger.VerdictView;
import dev.countersign.client.sync.SyncState;
import dev.countersign.common.protocol.Verdict;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** How sending stands: what, since when, what to do, and everything a manager should look at. */
public final class StatusSheet {
  private static final double WIDTH = 600;
  private static final double LIST_HEIGHT = 260;

  private StatusSheet() {}

  /**
   * @param keys where the device's keys are kept, as a sentence
   * @param retry sends now
   */
  public static void open(
      Surface surface,
      SyncState state,
      List<VerdictView> needsManager,
      String keys,
      Runnable retry) {
    Words words = surface.kit();
    SyncWords says = new SyncWords(words, surface.amounts());
    Region dot = new Region();
    dot.getStyleClass().add("dot");
    says.mark(dot, state);
    Button close = Parts.button(words.say("status.close"), surface.sheets()::close);
    Button now =
        Parts.button(
            words.say("status.retry"),
            () -> {
              retry.run();
              surface.sheets().close();
            },
            "primary");
    Parts.show(now, !(state instanceof SyncState.AllAccepted));
    VBox content =
        new VBox(
            14,
            Parts.row(10, dot, Parts.label(says.line(state), "title")),
            Parts.paragraph(says.meaning(state)),
            Parts.paragraph(says.advice(state), "soft"));
    String code = says.code(state);
    if (!code.isEmpty()) {
      content.getChildren().add(Parts.label(code, "small", "faint"));
    }
    if (!needsManager.isEmpty()) {
      content.getChildren().add(list(surface, needsManager));
    }
    content.getChildren().add(Parts.paragraph(keys, "note", "faint"));
    content.getChildren().add(Parts.foot(close, now));
    surface.sheets().open(content, WIDTH, close, () -> {});
  }

  private static Region list(Surface surface, List<VerdictView> needsManager) {
    VBox rows = new VBox(10);
    for (VerdictView verdict : needsManager) {
      rows.getChildren().add(row(surface, verdict));
    }
    ScrollPane scroll = new ScrollPane(rows);
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(LIST_HEIGHT);
    return new VBox(
        8, Parts.label(surface.kit().say("status.list", needsManager.size()), "semi"), scroll);
  }

  private static HBox row(Surface surface, VerdictView verdict) {
    Words words = surface.kit();
    String what =
        verdict.receipt().isEmpty()
            ? words.say("status.record", Long.toString(verdict.change()))
            : words.say("status.receipt", verdict.receipt());
    VBox text =
        new VBox(
            Parts.label(what + " · " + surface.amounts().time(verdict.at()), "medium"),
            Parts.paragraph(VerdictWords.why(words, verdict.code()), "note", "soft"));
    HBox.setHgrow(text, Priority.ALWAYS);
    return Parts.row(12, badge(words, verdict.verdict()), text);
  }

  private static Label badge(Words words, Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> Parts.whole(words.say("verdict.accepted"), "badge");
      case FLAGGED -> Parts.whole(words.say("verdict.flagged"), "badge", "warn");
      case SUPERSEDED -> Parts.whole(words.say("verdict.superseded"), "badge", "warn");
      case QUARANTINED -> Parts.whole(words.say("verdict.quarantined"), "badge", "bad");
    };
  }
}
