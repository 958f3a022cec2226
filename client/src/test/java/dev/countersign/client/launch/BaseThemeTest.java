package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Wardrobe;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.css.CssMetaData;
import javafx.css.PseudoClass;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.effect.Effect;
import javafx.scene.layout.VBox;
import javafx.scene.shape.SVGPath;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Of the base theme only a part is shipped: what is shown looks as with the whole of it. */
class BaseThemeTest {
  /** What {@link #everything()} shows, and what has no looks of its own. */
  private static final Set<String> DRESSED =
      Set.of(
          "Button",
          "ButtonBase",
          "CheckBox",
          "ComboBox",
          "ComboBoxBase",
          "ContentDisplay",
          "Control",
          "Label",
          "Labeled",
          "ListCell",
          "ListView",
          "MultipleSelectionModel",
          "OverrunStyle",
          "PasswordField",
          "ScrollBar",
          "ScrollPane",
          "SelectionModel",
          "SelectionMode",
          "SingleSelectionModel",
          "Skin",
          "TableCell",
          "TableColumn",
          "TableView",
          "TextArea",
          "TextField",
          "TextInputControl",
          "Toggle",
          "ToggleButton",
          "ToggleGroup");

  private static final Pattern CONTROL = Pattern.compile("javafx/scene/control/([A-Z][A-Za-z]+)");

  private static final List<String> STATES =
      List.of("", "hover", "pressed", "focused", "focus-visible", "selected", "disabled", "armed");

  @ParameterizedTest
  @EnumSource(Look.class)
  void everyControlInEveryStateIsDressedAsByTheWholeTheme(Look look) throws Exception {
    FxToolkit.registerPrimaryStage();
    Theme whole = look == Look.LIGHT ? new PrimerLight() : new PrimerDark();
    Map<String, Object> shipped = looks(() -> Wardrobe.lay(look));
    Map<String, Object> complete =
        looks(() -> Application.setUserAgentStylesheet(whole.getUserAgentStylesheet()));
    Map<String, Object> bare = looks(() -> Application.setUserAgentStylesheet(null));
    assertThat(shipped).hasSizeGreaterThan(5_000);
    assertThat(differences(complete, shipped)).isEmpty();
    assertThat(differences(bare, shipped)).as("the toolkit's own theme").isNotEmpty();
  }

  @Test
  void whoeverShowsAnotherControlLetsItBeDressed() throws Exception {
    Set<String> mentioned = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes())) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String constants = Files.readString(file, StandardCharsets.ISO_8859_1);
        CONTROL.matcher(constants).results().forEach(found -> mentioned.add(found.group(1)));
      }
    }
    assertThat(mentioned).contains("Button").isSubsetOf(DRESSED);
  }

  private static Map<String, String> differences(Map<String, Object> one, Map<String, Object> two) {
    Map<String, String> found = new TreeMap<>();
    Stream.concat(one.keySet().stream(), two.keySet().stream())
        .distinct()
        .filter(key -> !Objects.equals(one.get(key), two.get(key)))
        .forEach(key -> found.put(key, one.get(key) + " / " + two.get(key)));
    return found;
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(Client.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Every value that a sheet may set, of every part of every control, in every state. */
  private static Map<String, Object> looks(Runnable dressing) throws IOException {
    return WaitForAsyncUtils.waitForAsyncFx(
        60_000,
        () -> {
          dressing.run();
          Map<String, Object> looks = new LinkedHashMap<>();
          Stage stage = new Stage();
          Parent root = everything();
          stage.setScene(new Scene(root, 800, 900));
          stage.show();
          ComboBox<?> choice = (ComboBox<?>) root.lookup("#choice");
          choice.show();
          ContextMenu menu = new ContextMenu(new MenuItem("Copy"), new CheckMenuItem("Wrap"));
          menu.show(root, 10, 10);
          for (String state : STATES) {
            for (Window window : new ArrayList<>(Window.getWindows())) {
              Parent top = window.getScene().getRoot();
              all(top).forEach(node -> show(node, state, true));
              top.applyCss();
              top.layout();
              List<Node> nodes = all(top);
              for (int i = 0; i < nodes.size(); i++) {
                read(state + " " + top.getStyleClass() + " " + i, nodes.get(i), looks);
              }
              all(top).forEach(node -> show(node, state, false));
            }
          }
          menu.hide();
          choice.hide();
          stage.hide();
          return looks;
        });
  }

  private static void show(Node node, String state, boolean on) {
    if (!state.isEmpty()) {
      node.pseudoClassStateChanged(PseudoClass.getPseudoClass(state), on);
    }
  }

  private static void read(String place, Node node, Map<String, Object> looks) {
    for (CssMetaData<? extends Styleable, ?> property : node.getCssMetaData()) {
      Object value = value(property, node);
      looks.put(
          place + " " + node.getTypeSelector() + node.getStyleClass() + property.getProperty(),
          comparable(value));
    }
  }

  /** Some of what is worn knows no equal. */
  private static Object comparable(Object value) {
    return switch (value) {
      case Object[] several -> List.of(several);
      case SVGPath path -> path.getContent();
      case Effect effect -> effect.getClass();
      case null, default -> value;
    };
  }

  @SuppressWarnings("unchecked")
  private static Object value(CssMetaData<? extends Styleable, ?> property, Node node) {
    StyleableProperty<?> styled = ((CssMetaData<Styleable, ?>) property).getStyleableProperty(node);
    return styled == null ? null : styled.getValue();
  }

  private static List<Node> all(Parent top) {
    List<Node> found = new ArrayList<>(List.of(top));
    for (Node child : top.getChildrenUnmodifiable()) {
      if (child instanceof Parent parent) {
        found.addAll(all(parent));
      } else {
        found.add(child);
      }
    }
    return found;
  }

  private static Parent everything() {
    TableView<String> table = new TableView<>();
    table.getColumns().add(new TableColumn<>("Column"));
    table.getItems().addAll("one", "two");
    table.setPrefHeight(120);
    ListView<String> list = new ListView<>();
    list.getItems().addAll("one", "two", "three", "four", "five", "six");
    list.setPrefHeight(60);
    ComboBox<String> choice = new ComboBox<>();
    choice.setId("choice");
    choice.getItems().addAll("one", "two");
    choice.setValue("one");
    ScrollPane scrolled = new ScrollPane(new Label("wide and\nhigh\nenough\nto scroll\nfor long"));
    scrolled.setPrefSize(40, 40);
    ToggleButton pressed = new ToggleButton("Toggle");
    pressed.setSelected(true);
    CheckBox checked = new CheckBox("Check");
    checked.setSelected(true);
    return new VBox(
        new Label("Label"),
        new Button("Button"),
        new TextField("Text"),
        new PasswordField(),
        new TextArea("Text"),
        checked,
        new CheckBox("Check"),
        pressed,
        choice,
        scrolled,
        list,
        table);
  }
}
