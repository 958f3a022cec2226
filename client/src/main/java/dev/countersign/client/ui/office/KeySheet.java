package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OversightForms.Key;
import dev.countersign.client.sync.OversightForms.NewKey;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** One key: what it may do, its replacement and its end. */
final class KeySheet {
  private static final double WIDTH = 600;
  private static final double SCOPE = 176;
  private static final List<Integer> OVERLAP_HOURS = List.of(0, 1, 24, 7 * 24);
  private static final int DAY = 24;

  private final ServerRoom room;
  private final Words words;
  private final Key key;
  private final Runnable changed;

  private KeySheet(ServerRoom room, Key key, Runnable changed) {
    this.room = room;
    this.words = room.words();
    this.key = key;
    this.changed = changed;
  }

  /**
   * @param changed runs when something about it is different now
   */
  static void open(ServerRoom room, Key key, Runnable changed) {
    new KeySheet(room, key, changed).show();
  }

  private void show() {
    var amounts = room.surface().amounts();
    VBox scope = new VBox(4);
    key.scope()
        .forEach(each -> scope.getChildren().add(Parts.paragraph(KeysPage.scope(words, each))));
    String address = key.address();
    VBox facts =
        new VBox(
            6,
            Forms.fact(words.say("keys.made-by"), KeysPage.maker(room, key)),
            Forms.fact(words.say("keys.created"), amounts.date(key.created())),
            Forms.fact(words.say("keys.used"), KeysPage.used(room, key)),
            Forms.fact(words.say("keys.expires"), amounts.date(key.expires())),
            Forms.fact(
                words.say("keys.address"),
                address == null || address.isEmpty() ? words.say("keys.any-address") : address));
    Button close =
        Parts.button(words.say("sheet.close"), room.surface().sheets()::close, "primary");
    HBox acts = Parts.row(10, close, Parts.spacer());
    if (key.live()) {
      acts.getChildren()
          .addAll(
              Parts.button(words.say("keys.rotate"), this::askRotate),
              Parts.button(words.say("keys.end"), this::askEnd, "danger"));
    }
    VBox content =
        new VBox(
            14,
            Parts.label(key.name(), "title"),
            Parts.label(words.say("keys.scope"), "semi"),
            Forms.scroll(scope, SCOPE),
            facts,
            acts);
    room.surface().sheets().open(content, WIDTH, close, () -> {});
  }

  private void askRotate() {
    ComboBox<Integer> days = AddKeySheet.days(words);
    ComboBox<Integer> overlap = Forms.choice(OVERLAP_HOURS, this::overlap);
    overlap.setId("key-overlap");
    overlap.getSelectionModel().select(Integer.valueOf(DAY));
    Button cancel = Parts.button(words.say("sheet.cancel"), room.surface().sheets()::close);
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("keys.rotate.title", key.name()), "title"),
            Parts.paragraph(words.say("keys.rotate.text"), "soft"),
            Parts.row(
                12,
                Forms.named(words.say("keys.life"), days),
                Forms.named(words.say("keys.overlap"), overlap)),
            Parts.row(
                10,
                cancel,
                Parts.spacer(),
                Parts.button(
                    words.say("keys.rotate.act"),
                    () -> rotate(days.getValue(), overlap.getValue()),
                    "primary")));
    room.surface().sheets().open(content, WIDTH, cancel, () -> {});
  }

  private String overlap(int hours) {
    return hours == 0
        ? words.say("keys.overlap.none")
        : hours < DAY ? words.say("for.hours", hours) : words.say("for.days", hours / DAY);
  }

  private void rotate(int days, int overlapHours) {
    room.act(
        () ->
            room.line()
                .post(
                    path(Routes.KEY_ROTATE),
                    Map.of("days", days, "overlapHours", overlapHours),
                    NewKey.class),
        made -> {
          AddKeySheet.shown(room, key.name(), made);
          changed.run();
        });
  }

  private void askEnd() {
    Asking.open(
        room,
        words.say("keys.end.title", key.name()),
        words.say("keys.end.text"),
        words.say("keys.end"),
        () ->
            room.act(
                () -> room.line().delete(path(Routes.KEY)),
                _ -> {
                  room.good(words.say("keys.end.done", key.name()));
                  changed.run();
                }));
  }

  private String path(String route) {
    return route.replace("{id}", key.id().toString());
  }
}
