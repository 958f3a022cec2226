package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OversightForms.Key;
import dev.countersign.client.sync.OversightForms.Keys;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Routes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Keys by which programs use the server: what each may do, who made it and when it ends. */
final class KeysPage {
  private final ServerRoom room;
  private final Words words;
  private final TableView<Key> table;
  private final Label count = Parts.whole("", "soft");
  private final Shelter shelter;
  private List<String> grantable = List.of();

  KeysPage(ServerRoom room) {
    this.room = room;
    this.words = room.words();
    this.table =
        Columns.table(
            words.say("nav.keys"), words.say("keys.empty.title"), words.say("keys.empty.text"));
    table.getColumns().add(Columns.text(words.say("keys.name"), 106, Key::name));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("keys.scope"), 200, this::scope, text -> Parts.paragraph(text, "note")));
    table.getColumns().add(Columns.text(words.say("keys.made-by"), 118, each -> maker(room, each)));
    table.getColumns().add(Columns.text(words.say("keys.used"), 112, each -> used(room, each)));
    table.getColumns().add(Columns.text(words.say("keys.expires"), 120, this::expires));
    table.getColumns().add(Columns.part(words.say("keys.state"), 92, Key::live, this::badge));
    VBox.setVgrow(table, Priority.ALWAYS);
    Button open = Forms.opens(table, words.say("keys.open"), this::open);
    Button add = Parts.button(words.say("keys.add"), this::add, "primary");
    VBox content =
        new VBox(
            14,
            Parts.row(10, count, Parts.spacer(), open, add),
            table,
            Parts.paragraph(words.say("keys.note"), "note", "soft"));
    this.shelter = new Shelter(content);
  }

  Shelter root() {
    return shelter;
  }

  void refresh() {
    room.ask(shelter, () -> room.line().get(Routes.KEYS, Keys.class), this::show, this::refresh);
  }

  private void show(Keys read) {
    grantable = read.scopes();
    UUID chosen =
        Optional.ofNullable(table.getSelectionModel().getSelectedItem()).map(Key::id).orElse(null);
    table
        .getItems()
        .setAll(
            read.all().stream()
                .sorted(
                    Comparator.comparing((Key each) -> !each.live())
                        .thenComparing(Key::created, Comparator.reverseOrder()))
                .toList());
    table.getItems().stream()
        .filter(each -> each.id().equals(chosen))
        .findFirst()
        .ifPresent(each -> table.getSelectionModel().select(each));
    count.setText(words.say("keys.count", read.all().stream().filter(Key::live).count()));
  }

  private String scope(Key key) {
    return Forms.first(words, key.scope().stream().map(each -> scope(words, each)).toList());
  }

  /** What it is in words; one that this program does not know by its name. */
  static String scope(Words words, String permission) {
    return PermissionKey.of(permission)
        .map(key -> PermissionWords.of(words, key))
        .orElse(permission);
  }

  static String maker(ServerRoom room, Key key) {
    return Forms.who(room.words(), key.madeBy());
  }

  static String used(ServerRoom room, Key key) {
    var at = key.used();
    return at == null ? room.words().say("keys.never") : room.surface().amounts().moment(at);
  }

  private String expires(Key key) {
    return room.surface().amounts().date(key.expires());
  }

  private Label badge(boolean live) {
    return live
        ? Parts.whole(words.say("keys.live"), "badge")
        : Parts.whole(words.say("keys.ended"), "badge", "bad");
  }

  private void open(Key key) {
    KeySheet.open(room, key, this::refresh);
  }

  private void add() {
    AddKeySheet.open(room, grantable, this::refresh);
  }
}
