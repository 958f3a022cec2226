package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OversightForms.Access;
import dev.countersign.client.sync.OversightForms.Use;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** One request of the operator: a yes for a time, a no, its end, and what was done under it. */
final class OperatorSheet {
  private static final double WIDTH = 640;
  private static final double HISTORY = 168;
  private static final List<Integer> HOURS = List.of(1, 2, 4, 8, 24, 48, 72);

  private final ServerRoom room;
  private final Words words;
  private final Access access;
  private final Runnable changed;

  private OperatorSheet(ServerRoom room, Access access, Runnable changed) {
    this.room = room;
    this.words = room.words();
    this.access = access;
    this.changed = changed;
  }

  /**
   * @param changed runs when it was answered or ended
   */
  static void open(ServerRoom room, Access access, Runnable changed) {
    new OperatorSheet(room, access, changed).show();
  }

  private void show() {
    Button close = Parts.button(words.say("sheet.close"), room.surface().sheets()::close);
    HBox acts = Parts.row(10, close, Parts.spacer());
    VBox content =
        new VBox(
            14,
            Parts.row(
                12,
                Parts.label(words.say("operator.title"), "title"),
                OperatorPage.badge(words, access.state())),
            Parts.paragraph(access.reason(), "medium"),
            facts());
    if (access.ownerLockedOut()) {
      content.getChildren().add(Parts.paragraph(words.say("operator.locked-out"), "note", "soft"));
    }
    switch (access.state()) {
      case "ASKED", "UNANSWERED" -> answering(content, acts);
      case "APPROVED" -> {
        content.getChildren().addAll(history());
        acts.getChildren().add(Parts.button(words.say("operator.end"), this::askEnd, "danger"));
      }
      default -> content.getChildren().addAll(history());
    }
    content.getChildren().add(acts);
    room.surface().sheets().open(content, WIDTH, close, () -> {});
  }

  private VBox facts() {
    var amounts = room.surface().amounts();
    VBox facts =
        new VBox(
            6,
            Forms.fact(words.say("operator.asked"), amounts.moment(access.askedAt())),
            Forms.fact(words.say("operator.extent"), OperatorPage.extent(words, access.write())),
            Forms.fact(
                words.say("operator.time.asked"), OperatorPage.hours(words, access.hours())));
    var decided = access.decidedAt();
    String by = access.decidedByName();
    if (decided != null) {
      facts
          .getChildren()
          .add(
              Forms.fact(
                  words.say("operator.answered"),
                  by == null
                      ? amounts.moment(decided)
                      : words.say("by.at", Forms.who(room.words(), by), amounts.moment(decided))));
    }
    var expires = access.expires();
    if (expires != null) {
      facts.getChildren().add(Forms.fact(words.say("operator.until"), amounts.moment(expires)));
    }
    return facts;
  }

  /** For what was asked, or for less; the least stands there first. */
  private void answering(VBox content, HBox acts) {
    List<Integer> times =
        Stream.concat(
                HOURS.stream().filter(each -> each < access.hours()), Stream.of(access.hours()))
            .toList();
    ComboBox<Integer> hours = Forms.choice(times, each -> OperatorPage.hours(words, each));
    hours.setId("operator-hours");
    ComboBox<Boolean> write =
        Forms.choice(
            access.write() ? List.of(false, true) : List.of(false),
            each -> OperatorPage.extent(words, each));
    write.setId("operator-extent");
    content
        .getChildren()
        .addAll(
            Parts.row(
                12,
                Forms.named(words.say("operator.let-in-for"), hours),
                Forms.named(words.say("operator.let-in-to"), write)),
            Parts.paragraph(words.say("operator.what-it-means"), "note", "soft"));
    acts.getChildren()
        .addAll(
            Parts.button(words.say("operator.refuse"), this::refuse, "danger"),
            Parts.button(
                words.say("operator.approve"),
                () -> approve(hours.getValue(), write.getValue()),
                "primary"));
  }

  private List<VBox> history() {
    VBox list = new VBox(6);
    for (Use use : access.done()) {
      list.getChildren()
          .add(
              Parts.row(
                  14,
                  Parts.whole(room.surface().amounts().moment(use.at()), "soft"),
                  Parts.paragraph(use.command(), "medium")));
    }
    VBox box = new VBox(8, Parts.label(words.say("operator.history"), "semi"));
    box.getChildren()
        .add(
            access.done().isEmpty()
                ? Parts.paragraph(words.say("operator.history.none"), "soft")
                : Forms.scroll(list, HISTORY));
    return List.of(box);
  }

  private void approve(int hours, boolean write) {
    room.act(
        () ->
            room.line()
                .post(
                    path(Routes.SUPPORT_APPROVE),
                    Map.of("hours", hours, "write", write),
                    Access.class),
        now -> {
          var until = now.expires();
          done(
              words.say(
                  "operator.approved",
                  until == null ? "" : room.surface().amounts().moment(until)));
        });
  }

  private void refuse() {
    room.act(
        () -> room.line().post(path(Routes.SUPPORT_REFUSE), null),
        _ -> done(words.say("operator.refused")));
  }

  private void askEnd() {
    Asking.open(
        room,
        words.say("operator.end.title"),
        words.say("operator.end.text"),
        words.say("operator.end"),
        () ->
            room.act(
                () -> room.line().post(path(Routes.SUPPORT_END), null),
                _ -> done(words.say("operator.ended"))));
  }

  private void done(String text) {
    room.surface().sheets().close();
    room.good(text);
    changed.run();
  }

  private String path(String route) {
    return route.replace("{id}", access.id().toString());
  }
}
