package dev.countersign.client.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The toolkit draws the Arabic letters of a family's regular and bold, and of no other weight. */
class ArabicLettersTest {
  @Test
  void aTitleHasOneWeight() throws Exception {
    FxToolkit.registerPrimaryStage();
    WaitForAsyncUtils.waitForAsyncFx(
        60_000,
        () -> {
          Label title = Parts.label("المطلوب Total", "title");
          Label medium = Parts.label("المطلوب Total", "medium");
          VBox column = new VBox(title, medium);
          Scene scene = new Scene(column, 800, 400);
          Wardrobe.dress(
              scene, new View(Language.ARABIC, Look.LIGHT, TextSize.USUAL, TouchTyping.BY_FINGER));
          column.applyCss();
          assertThat(title.getFont().getStyle()).isEqualTo("Bold");
          assertThat(title.getFont().getFamily()).isEqualTo(medium.getFont().getFamily());
          assertThat(medium.getFont().getStyle()).isEqualTo("Regular");
          return title;
        });
  }
}
