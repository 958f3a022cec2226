package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.Roles;
import dev.countersign.client.sync.OfficeForms.ShownRole;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.permission.Danger;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.Routes;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The roles of the business; one of them can be opened and changed. */
final class RolesPage {
  private final ServerRoom room;
  private final Words words;
  private final TableView<ShownRole> table;
  private final VBox list;
  private final StackPane content = new StackPane();
  private final Shelter shelter;

  RolesPage(ServerRoom room) {
    this.room = room;
    this.words = room.words();
    this.table =
        Columns.table(
            words.say("nav.roles"), words.say("roles.empty.title"), words.say("roles.empty.text"));
    table
        .getColumns()
        .add(Columns.text(words.say("roles.name"), 180, each -> Business.roleName(each.name())));
    table
        .getColumns()
        .add(
            Columns.figure(
                words.say("roles.allowed"),
                100,
                each -> count(each, Decision.ALLOWED),
                this::number));
    table
        .getColumns()
        .add(
            Columns.figure(
                words.say("roles.approval"),
                150,
                each -> count(each, Decision.NEEDS_APPROVAL),
                this::number));
    table
        .getColumns()
        .add(
            Columns.figure(
                words.say("roles.alone"),
                190,
                each -> (long) Danger.of(asRole(each)).size(),
                this::number));
    table
        .getColumns()
        .add(
            Columns.figure(
                words.say("roles.people"), 90, each -> (long) each.bearers(), this::number));
    VBox.setVgrow(table, Priority.ALWAYS);
    Button open = Forms.opens(table, words.say("roles.open"), this::edit);
    Button add = Parts.button(words.say("roles.add"), () -> edit(null), "primary");
    this.list = new VBox(14, Parts.row(10, Parts.spacer(), open, add), table);
    content.getChildren().setAll(list);
    this.shelter = new Shelter(content);
  }

  Shelter root() {
    return shelter;
  }

  void refresh() {
    content.getChildren().setAll(list);
    room.ask(
        shelter,
        () -> room.line().get(Routes.ROLES, Roles.class),
        read -> table.getItems().setAll(read.all()),
        this::refresh);
  }

  private void edit(@Nullable ShownRole role) {
    RoleEditor editor = new RoleEditor(room, role, this::refresh);
    content.getChildren().setAll(editor);
    if (role == null) {
      editor.first().requestFocus();
    }
  }

  private static Role asRole(ShownRole role) {
    Map<String, String> permissions = role.permissions();
    return Role.of(role.name(), permissions == null ? Map.of() : permissions);
  }

  private static long count(ShownRole role, Decision decision) {
    return asRole(role).decisions().values().stream().filter(each -> each == decision).count();
  }

  private String number(Long number) {
    return room.surface().amounts().count(number);
  }
}
