package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.Question;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.SuspicionSheet;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.ProductChanged.Field;
import dev.countersign.common.change.SuspicionReported.Kind;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.FeedBody.QuestionItem.Edited;
import dev.countersign.common.protocol.FeedBody.QuestionItem.Reported;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.tax.Tax;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** One question: what happened, why the server asks, and what a person can make of it. */
final class DecisionSheet {
  private static final double WIDTH = 640;
  private static final double REASONS = 120;

  private final Surface surface;
  private final Words words;
  private final Ledger ledger;
  private final Map<UUID, Tax> taxes;
  private final Supplier<Actor> here;
  private final Question question;
  private final Runnable decided;
  private final TextField note = new TextField();

  private DecisionSheet(
      Surface surface,
      Ledger ledger,
      Map<UUID, Tax> taxes,
      Supplier<Actor> here,
      Question question,
      Runnable decided) {
    this.taxes = Map.copyOf(taxes);
    this.surface = surface;
    this.words = surface.words();
    this.ledger = ledger;
    this.here = here;
    this.question = question;
    this.decided = decided;
  }

  /**
   * @param taxes by their ids, as far as they are known
   * @param here whoever is in the office, at the moment of asking
   * @param decided runs when a decision is recorded
   */
  static void open(
      Surface surface,
      Ledger ledger,
      Map<UUID, Tax> taxes,
      Supplier<Actor> here,
      Question question,
      Runnable decided) {
    new DecisionSheet(surface, ledger, taxes, here, question, decided).show();
  }

  private void show() {
    VBox reasons = new VBox(4);
    WorklistWords.why(surface, question)
        .forEach(each -> reasons.getChildren().add(Parts.paragraph(each)));
    VBox facts =
        new VBox(
            6,
            Forms.fact(words.say("worklist.device"), question.deviceName()),
            Forms.fact(words.say("worklist.by"), question.actor()));
    Instant at = question.at();
    if (at != null) {
      facts.getChildren().add(Forms.fact(words.say("worklist.at"), surface.amounts().moment(at)));
    }
    Money total = question.total();
    if (total != null) {
      facts
          .getChildren()
          .add(Forms.fact(words.say("worklist.total"), surface.amounts().text(total)));
    }
    Reported reported = question.reported();
    if (reported != null) {
      facts.getChildren().add(Forms.fact(words.say("worklist.noticed"), noticed(reported)));
      if (!reported.note().isEmpty()) {
        facts
            .getChildren()
            .addAll(
                Parts.label(words.say("worklist.said"), "soft"),
                Parts.paragraph(reported.note(), "medium"));
      }
    }
    question.edits().forEach(edit -> facts.getChildren().add(edited(edit)));
    VBox content =
        new VBox(
            14,
            Parts.row(
                12,
                Parts.label(WorklistWords.what(words, question), "title"),
                Standings.badge(words, WorklistWords.standing(question))),
            Forms.scroll(reasons, REASONS),
            facts);
    Button close = Parts.button(words.say("sheet.close"), surface.sheets()::close);
    HBox acts = Parts.row(10, close, Parts.spacer());
    if (question.pending()) {
      content.getChildren().add(Parts.paragraph(words.say("worklist.pending.text"), "soft"));
    } else {
      content.getChildren().add(Forms.named(words.say("worklist.note"), note));
      addActs(acts);
    }
    content.getChildren().add(acts);
    surface.sheets().open(content, WIDTH, close, () -> {});
  }

  /** A kind of a later version stands for itself. */
  private String noticed(Reported reported) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.name().equals(reported.kind()))
        .findFirst()
        .map(kind -> SuspicionSheet.name(surface.kit(), kind))
        .orElse(reported.kind());
  }

  private HBox edited(Edited edit) {
    return Forms.fact(
        WorklistWords.field(words, edit),
        words.say("worklist.edit", value(edit, edit.to()), value(edit, edit.found())));
  }

  private String value(Edited edit, String value) {
    if (edit.field().equals(Field.TAXES.name()) && Field.TAXES.fits(value)) {
      String names =
          Field.taxes(value).stream()
              .map(id -> Optional.ofNullable(taxes.get(id)).map(Tax::name).orElse("?"))
              .collect(Collectors.joining(", "));
      return names.isEmpty() ? "–" : names;
    }
    if (!edit.field().equals(Field.PRICE.name()) || !Field.PRICE.fits(value)) {
      return value.isEmpty() ? "–" : value;
    }
    Currency currency = ledger.enrolled().currency();
    return surface.amounts().text(Money.of(Long.parseLong(value), currency));
  }

  private void addActs(HBox acts) {
    if (question.verdict() == Verdict.QUARANTINED) {
      acts.getChildren()
          .add(
              Parts.button(
                  words.say("worklist.reject"), () -> decide(Resolution.REJECT), "danger"));
      if (question.acceptable()) {
        acts.getChildren()
            .add(
                Parts.button(
                    words.say("worklist.accept"), () -> decide(Resolution.ACCEPT), "primary"));
      }
      return;
    }
    if (question.verdict() == Verdict.SUPERSEDED && !question.edits().isEmpty()) {
      acts.getChildren().add(Parts.button(words.say("worklist.again"), this::applyAgain));
    }
    acts.getChildren()
        .add(Parts.button(words.say("worklist.seen"), () -> decide(Resolution.SEEN), "primary"));
  }

  private void decide(Resolution decision) {
    String why = note.getText();
    act(() -> ledger.decide(here.get(), question, decision, why));
  }

  /** What lost is made anew on top of what stands, by whoever looks, and the question put away. */
  private void applyAgain() {
    String why = note.getText();
    UUID product = question.edits().getFirst().product();
    Map<Field, String> values = new EnumMap<>(Field.class);
    for (Edited edit : question.edits()) {
      for (Field field : Field.values()) {
        if (field.name().equals(edit.field())) {
          values.put(field, edit.to());
        }
      }
    }
    act(
        () -> {
          Actor actor = here.get();
          ledger.editProduct(actor, product, values);
          ledger.decide(actor, question, Resolution.SEEN, why);
        });
  }

  private void act(Runnable work) {
    surface
        .desk()
        .run(
            () -> {
              work.run();
              return true;
            },
            _ -> {
              surface.sheets().close();
              decided.run();
            },
            surface::trouble);
  }
}
