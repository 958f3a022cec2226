package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.ShownRole;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.permission.Danger;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.Routes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** What a role may do, act by act, and beside it what that makes possible for one person alone. */
final class RoleEditor extends HBox {
  private static final double BESIDE = 268;
  private static final double WIDEST_BESIDE = 480;

  /** Beyond this the eye loses the line between an act and its choice. */
  private static final double WIDEST = 860;

  private final ServerRoom room;
  private final Words words;
  private final Runnable back;
  private final boolean isNew;
  private final boolean fixed;
  private final TextField name = new TextField();
  private final Map<PermissionKey, Decision> decisions = new EnumMap<>(PermissionKey.class);
  private final VBox dangers = new VBox(10);
  private final VBox head = new VBox(2);

  /**
   * @param role null for a new one
   * @param back shows the list again
   */
  RoleEditor(ServerRoom room, @Nullable ShownRole role, Runnable back) {
    super(18);
    this.room = room;
    this.words = room.words();
    this.back = back;
    this.isNew = role == null;
    this.fixed = role != null && role.name().equals(Role.OWNER.name());
    name.setId("role-name");
    name.setText(role == null ? "" : role.name());
    name.setEditable(isNew);
    Map<String, String> given =
        role == null || role.permissions() == null ? Map.of() : role.permissions();
    var read = Role.of("", given);
    for (PermissionKey key : PermissionKey.values()) {
      decisions.put(key, read.decide(key, null));
    }
    VBox left = new VBox(12, title(role), acts(), buttons(role));
    left.setMinWidth(0);
    left.setMaxWidth(WIDEST);
    HBox.setHgrow(left, Priority.ALWAYS);
    VBox right = new VBox(12, head, dangersScroll());
    right.getStyleClass().add("card");
    right.setMinWidth(BESIDE);
    right.setPrefWidth(BESIDE);
    right.setMaxWidth(WIDEST_BESIDE);
    HBox.setHgrow(right, Priority.SOMETIMES);
    getChildren().addAll(left, right);
    showDangers();
  }

  TextField first() {
    return name;
  }

  private Node title(@Nullable ShownRole role) {
    if (isNew) {
      return Forms.named(words.say("role.name"), name);
    }
    VBox title = new VBox(2, Parts.label(Business.roleName(name.getText()), "title"));
    title
        .getChildren()
        .add(
            Parts.paragraph(
                fixed
                    ? words.say("role.fixed")
                    : words.say("role.bearers", role == null ? 0 : role.bearers()),
                "soft",
                "note"));
    return title;
  }

  private ScrollPane acts() {
    VBox all = new VBox(4);
    all.getStyleClass().add("beside-bar");
    for (PermissionWords.Module module : PermissionWords.Module.values()) {
      all.getChildren().add(Parts.label(module.title(words), "semi", "module"));
      module.keys().forEach(key -> all.getChildren().add(row(key)));
    }
    ScrollPane scroll = Forms.scroll(all, Double.MAX_VALUE);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    return scroll;
  }

  private HBox row(PermissionKey key) {
    Label act = Parts.paragraph(PermissionWords.of(words, key));
    HBox.setHgrow(act, Priority.ALWAYS);
    act.setMaxWidth(Double.MAX_VALUE);
    ToggleGroup group = new ToggleGroup();
    HBox choices =
        new HBox(
            choice(group, key, Decision.ALLOWED, words.say("decision.allowed")),
            choice(group, key, Decision.NEEDS_APPROVAL, words.say("decision.approval")),
            choice(group, key, Decision.DENIED, words.say("decision.denied")));
    choices.getStyleClass().add("three-way");
    choices.setMinWidth(USE_PREF_SIZE);
    group.selectedToggleProperty().addListener((_, before, now) -> chosen(key, before, now));
    HBox row = Parts.row(12, act, choices);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private ToggleButton choice(
      ToggleGroup group, PermissionKey key, Decision decision, String text) {
    ToggleButton button = new ToggleButton(text);
    button.setId("role-" + key.key().replace('.', '-') + "-" + decision.name());
    if (decision == Decision.DENIED) {
      button.getStyleClass().add("last");
    }
    button.setAccessibleText(PermissionWords.of(words, key) + ": " + text);
    button.setUserData(decision);
    button.setToggleGroup(group);
    button.setSelected(decisions.get(key) == decision);
    button.setDisable(fixed);
    button.setMinWidth(USE_PREF_SIZE);
    return button;
  }

  /** One of the three always stands. */
  private void chosen(PermissionKey key, @Nullable Toggle before, @Nullable Toggle now) {
    if (now == null) {
      if (before != null) {
        before.setSelected(true);
      }
      return;
    }
    decisions.put(key, (Decision) now.getUserData());
    showDangers();
  }

  private ScrollPane dangersScroll() {
    ScrollPane scroll = Forms.scroll(dangers, Double.MAX_VALUE);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    return scroll;
  }

  private void showDangers() {
    List<Danger> all = Danger.of(new Role("edited", decisions));
    head.getChildren()
        .setAll(
            Parts.paragraph(words.say("danger.title"), "semi"),
            Parts.paragraph(
                all.isEmpty() ? words.say("danger.none") : words.say("danger.text", all.size()),
                "soft",
                "note"));
    dangers.getChildren().clear();
    for (Danger danger : all) {
      Label text = Parts.paragraph(DangerWords.of(words, danger), "note");
      HBox.setHgrow(text, Priority.ALWAYS);
      HBox row = new HBox(10, Parts.icon(Feather.ALERT_TRIANGLE, "warn-icon"), text);
      row.setAlignment(Pos.TOP_LEFT);
      dangers.getChildren().add(row);
    }
  }

  private HBox buttons(@Nullable ShownRole role) {
    Button save = Parts.button(words.say("role.save"), this::save, "primary");
    save.setDisable(fixed);
    HBox row = Parts.row(10, Parts.button(words.say("role.back"), back), Parts.spacer());
    if (role != null && !role.builtIn()) {
      row.getChildren().add(Parts.button(words.say("role.remove"), this::askRemove, "danger"));
    }
    row.getChildren().add(save);
    return row;
  }

  private void save() {
    Map<String, String> permissions = new TreeMap<>();
    decisions.forEach(
        (key, decision) -> {
          // What goes with another act is denied only where it is said.
          if (decision != Decision.DENIED || key.within() != null) {
            permissions.put(key.key(), decision.name());
          }
        });
    String called = name.getText().strip();
    room.act(
        () -> room.line().post(Routes.ROLES, Map.of("name", called, "permissions", permissions)),
        _ -> {
          room.good(words.say("role.saved", Business.roleName(called)));
          back.run();
        });
  }

  private void askRemove() {
    Asking.open(
        room,
        words.say("role.remove.title", Business.roleName(name.getText())),
        words.say("role.remove.text"),
        words.say("role.remove"),
        () ->
            room.act(
                () -> room.line().delete(Routes.ROLE.replace("{name}", encoded(name.getText()))),
                _ -> {
                  room.good(words.say("role.removed", Business.roleName(name.getText())));
                  back.run();
                }));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
