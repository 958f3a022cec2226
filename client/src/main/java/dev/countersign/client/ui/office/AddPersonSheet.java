package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.Added;
import dev.countersign.client.sync.OfficeForms.Code;
import dev.countersign.client.sync.OfficeForms.Store;
import dev.countersign.client.sync.Said;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Somebody new: name, role, where; then the code by which they choose a PIN, shown this once. */
final class AddPersonSheet {
  private static final double WIDTH = 560;

  private final ServerRoom room;
  private final Words words;
  private final Runnable changed;
  private final TextField name = new TextField();
  private final ComboBox<String> role;
  private final ComboBox<Optional<UUID>> store;
  private final Label wrong = Parts.paragraph("", "bad-text");

  private AddPersonSheet(ServerRoom room, Business business, Runnable changed) {
    this.room = room;
    this.words = room.words();
    this.changed = changed;
    this.role = Forms.choice(business.roles(), Business::roleName);
    this.store =
        Forms.choice(places(business), each -> business.place(room.words(), each.orElse(null)));
    name.setId("person-name");
    role.setId("person-role");
    store.setId("person-store");
    Parts.show(wrong, false);
  }

  static void open(ServerRoom room, Business business, Runnable changed) {
    new AddPersonSheet(room, business, changed).show();
  }

  /** The stores one by one, and behind them all of them. */
  static List<Optional<UUID>> places(Business business) {
    List<Optional<UUID>> places = new ArrayList<>();
    business.stores().stream().map(Store::id).map(Optional::of).forEach(places::add);
    places.add(Optional.empty());
    return places;
  }

  private void show() {
    name.setOnAction(_ -> add());
    VBox content =
        new VBox(
            12,
            Parts.label(words.say("person.add.title"), "title"),
            Parts.paragraph(words.say("person.add.text"), "soft", "note"),
            Forms.named(words.say("people.name"), name),
            Parts.row(
                12,
                Forms.named(words.say("person.role"), role),
                Forms.named(words.say("person.store"), store)),
            wrong,
            Parts.row(
                10,
                Parts.button(words.say("sheet.cancel"), room.surface().sheets()::close),
                Parts.button(words.say("person.add.act"), this::add, "primary")));
    room.surface().sheets().open(content, WIDTH, name, () -> {});
  }

  private void add() {
    String who = name.getText().strip();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", who);
    fields.put("role", role.getValue());
    Optional<UUID> place = store.getValue();
    if (place != null && place.isPresent()) {
      fields.put("store", place.get());
    }
    room.act(
        () -> {
          Said<Added> added = room.line().post(Routes.PEOPLE, fields, Added.class);
          return added instanceof Said.Got<Added>(Added person)
              ? room.line()
                  .post(
                      Routes.PERSON_JOIN_CODE.replace("{id}", person.id().toString()),
                      null,
                      Code.class)
              : added.map(_ -> new Code(""));
        },
        code -> {
          CodeSheet.open(
              room, words.say("code.join.title", who), words.say("code.join.text"), code.code());
          changed.run();
        },
        no -> {
          wrong.setText(room.why(no));
          Parts.show(wrong, true);
          room.surface().sounds().refused();
        });
  }
}
