package dev.countersign.client.ui.kit;

import javafx.scene.text.Text;
import org.kordamp.ikonli.feather.Feather;

/**
 * One picture of the icon font, dressed by the sheets like any text. The library's own control
 * looks through all jars for icon fonts, and gives each icon a style sheet of its own to read.
 */
final class Icon extends Text {
  Icon(Feather shown, String... styles) {
    getStyleClass().add("icon-glyph");
    getStyleClass().addAll(styles);
    show(shown);
  }

  void show(Feather other) {
    setText(Character.toString(other.getCode()));
  }
}
