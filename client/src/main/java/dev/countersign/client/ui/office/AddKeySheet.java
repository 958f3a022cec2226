package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OversightForms.NewKey;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Routes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** A key for a program: its name, what it may do and for how long; then its text, this once. */
final class AddKeySheet {
  private static final double WIDTH = 640;
  private static final double SCOPES = 220;
  private static final List<Integer> DAYS = List.of(30, 90, 180, 365);
  private static final int USUAL_DAYS = 90;

  /** As high as a finger needs. */
  private static final double TOUCH = 48;

  private final ServerRoom room;
  private final Words words;
  private final Runnable changed;
  private final TextField name = new TextField();
  private final TextField address = new TextField();
  private final ComboBox<Integer> days;
  private final Map<PermissionKey, CheckBox> scopes = new EnumMap<>(PermissionKey.class);
  private final Label wrong = Parts.paragraph("", "bad-text");

  private AddKeySheet(ServerRoom room, List<String> grantable, Runnable changed) {
    this.room = room;
    this.words = room.words();
    this.changed = changed;
    this.days = days(words);
    name.setId("key-name");
    address.setId("key-address");
    for (String each : grantable) {
      PermissionKey.of(each).ifPresent(key -> scopes.put(key, box(key)));
    }
    Parts.show(wrong, false);
  }

  /**
   * @param grantable what whoever is signed in can give a key
   * @param changed runs when there is a key more
   */
  static void open(ServerRoom room, List<String> grantable, Runnable changed) {
    new AddKeySheet(room, grantable, changed).show();
  }

  /** How long a key lives. */
  static ComboBox<Integer> days(Words words) {
    ComboBox<Integer> days = Forms.choice(DAYS, each -> words.say("for.days", each));
    days.setId("key-days");
    days.getSelectionModel().select(Integer.valueOf(USUAL_DAYS));
    return days;
  }

  /** Shows the text of a key. */
  static void shown(ServerRoom room, String name, NewKey made) {
    Words words = room.words();
    CodeSheet.open(
        room,
        words.say("keys.made.title", name),
        words.say("keys.made.text", room.surface().amounts().date(made.expires())),
        made.key());
  }

  private CheckBox box(PermissionKey key) {
    String text = PermissionWords.of(words, key);
    CheckBox box = new CheckBox(text);
    box.setAccessibleText(text);
    box.setId("key-" + key.key().replace('.', '-').replace('_', '-'));
    box.setMaxWidth(Double.MAX_VALUE);
    box.setMinHeight(TOUCH);
    return box;
  }

  private void show() {
    VBox all = new VBox();
    for (PermissionWords.Module module : PermissionWords.Module.values()) {
      List<CheckBox> boxes = new ArrayList<>();
      module.keys().stream().filter(scopes::containsKey).forEach(key -> boxes.add(scopes.get(key)));
      if (!boxes.isEmpty()) {
        all.getChildren().add(Parts.label(module.title(words), "semi", "module"));
        all.getChildren().addAll(boxes);
      }
    }
    VBox content =
        new VBox(
            12,
            Parts.label(words.say("keys.add.title"), "title"),
            Parts.paragraph(words.say("keys.add.text"), "soft", "note"),
            Forms.named(words.say("keys.name"), name),
            Parts.label(words.say("keys.scope"), "note", "soft"),
            Forms.scroll(all, SCOPES),
            Parts.row(
                12,
                Forms.named(words.say("keys.life"), days),
                Forms.named(words.say("keys.address.optional"), address)),
            wrong,
            Parts.row(
                10,
                Parts.button(words.say("sheet.cancel"), room.surface().sheets()::close),
                Parts.button(words.say("keys.add.act"), this::add, "primary")));
    room.surface().sheets().open(content, WIDTH, name, () -> {});
  }

  private void add() {
    String called = name.getText().strip();
    List<String> chosen =
        scopes.entrySet().stream()
            .filter(each -> each.getValue().isSelected())
            .map(each -> each.getKey().key())
            .toList();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", called);
    fields.put("permissions", chosen);
    fields.put("days", days.getValue());
    String range = address.getText().strip();
    if (!range.isEmpty()) {
      fields.put("address", range);
    }
    room.act(
        () -> room.line().post(Routes.KEYS, fields, NewKey.class),
        made -> {
          shown(room, called, made);
          changed.run();
        },
        no -> {
          wrong.setText(room.why(no));
          Parts.show(wrong, true);
          room.surface().sounds().refused();
        });
  }
}
