package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OversightForms.Access;
import dev.countersign.client.sync.OversightForms.Support;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.util.Optional;
import java.util.UUID;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the server's operator asked for: to be let in, refused, ended, and what was done. */
final class OperatorPage {
  private final ServerRoom room;
  private final Words words;
  private final TableView<Access> table;
  private final Label door = Parts.paragraph("", "soft");
  private final Shelter shelter;

  OperatorPage(ServerRoom room) {
    this.room = room;
    this.words = room.words();
    var amounts = room.surface().amounts();
    this.table =
        Columns.table(
            words.say("nav.operator"),
            words.say("operator.empty.title"),
            words.say("operator.empty.text"));
    table
        .getColumns()
        .add(
            Columns.text(words.say("operator.asked"), 146, each -> amounts.moment(each.askedAt())));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("operator.reason"),
                206,
                Access::reason,
                text -> Parts.paragraph(text, "note")));
    table
        .getColumns()
        .add(Columns.text(words.say("operator.extent"), 150, each -> extent(words, each.write())));
    table
        .getColumns()
        .add(Columns.text(words.say("operator.time"), 104, each -> hours(words, each.hours())));
    table
        .getColumns()
        .add(Columns.figure(words.say("operator.uses"), 70, Access::uses, amounts::count));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("operator.state"), 126, Access::state, each -> badge(words, each)));
    VBox.setVgrow(table, Priority.ALWAYS);
    HBox.setHgrow(door, Priority.ALWAYS);
    door.setMaxWidth(Double.MAX_VALUE);
    Button open = Forms.opens(table, words.say("operator.open"), this::open);
    VBox content = new VBox(14, Parts.row(10, door, open), table);
    this.shelter = new Shelter(content);
  }

  Shelter root() {
    return shelter;
  }

  void refresh() {
    room.ask(
        shelter, () -> room.line().get(Routes.SUPPORT, Support.class), this::show, this::refresh);
  }

  private void show(Support read) {
    UUID chosen =
        Optional.ofNullable(table.getSelectionModel().getSelectedItem())
            .map(Access::id)
            .orElse(null);
    table.getItems().setAll(read.all());
    table.getItems().stream()
        .filter(each -> each.id().equals(chosen))
        .findFirst()
        .ifPresent(each -> table.getSelectionModel().select(each));
    door.setText(
        switch (read.operator()) {
          case "SELF_RUN" -> words.say("operator.self-run");
          case "SETTING_UP" -> words.say("operator.setting-up");
          default -> words.say("operator.closed");
        });
  }

  static String extent(Words words, boolean write) {
    return write ? words.say("operator.write") : words.say("operator.read");
  }

  static String hours(Words words, int hours) {
    return words.say("for.hours", hours);
  }

  static Label badge(Words words, String state) {
    return switch (state) {
      case "ASKED" -> Parts.whole(words.say("operator.state.asked"), "badge", "warn");
      case "APPROVED" -> Parts.whole(words.say("operator.state.approved"), "badge", "warn");
      case "UNANSWERED" -> Parts.whole(words.say("operator.state.unanswered"), "badge", "bad");
      case "REFUSED" -> Parts.whole(words.say("operator.state.refused"), "badge");
      case "ENDED" -> Parts.whole(words.say("operator.state.ended"), "badge");
      default -> Parts.whole(state, "badge", "warn");
    };
  }

  private void open(Access access) {
    OperatorSheet.open(room, access, this::refresh);
  }
}
