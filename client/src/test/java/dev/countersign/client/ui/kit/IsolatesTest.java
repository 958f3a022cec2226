package dev.countersign.client.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.office.OfficeController;
import java.text.Bidi;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Names of foreign letters on a screen from right to left. */
class IsolatesTest {
  private static final String NAME = "Ama (till 2)";

  private final Words arabic = Words.beside(OfficeController.class, new Speech(Language.ARABIC));
  private final Words german = Words.beside(OfficeController.class, new Speech(Language.GERMAN));

  @Test
  void aNameKeepsItsBracketsInAnArabicSentence() {
    String said = arabic.say("person.reset-pin.title", NAME);
    var bidi = new Bidi(said, Bidi.DIRECTION_RIGHT_TO_LEFT);
    int bracket = said.indexOf(')');
    assertThat(bidi.getLevelAt(said.indexOf('A')) % 2).isZero();
    assertThat(bidi.getLevelAt(bracket)).isEqualTo(bidi.getLevelAt(said.indexOf('A')));
    assertThat(said.codePoints().filter(c -> c == Isolates.OPEN).count()).isOne();
  }

  @Test
  void aNameAloneKeepsThemToo() {
    String said = arabic.name(NAME);
    var bidi = new Bidi(said, Bidi.DIRECTION_RIGHT_TO_LEFT);
    assertThat(bidi.getLevelAt(said.indexOf(')')) % 2).isZero();
    assertThat(arabic.name("سارة (2)")).isEqualTo("سارة (2)");
    assertThat(german.name(NAME)).isEqualTo(NAME);
  }

  @Test
  void otherLanguagesSayNothingMore() {
    assertThat(german.say("person.reset-pin.title", NAME)).doesNotContain("\u2068");
  }

  @Test
  void countsAreStillCounted() {
    assertThat(arabic.say("people.count", 0)).isNotEqualTo(arabic.say("people.count", 1));
  }

  /** The marks are not drawn, and an Arabic title is as bold as its Latin letters. */
  @Test
  void marksHaveNoWidthAndATitleHasOneWeight() throws Exception {
    FxToolkit.registerPrimaryStage();
    WaitForAsyncUtils.waitForAsyncFx(
        60_000,
        () -> {
          Label title = Parts.label("المطلوب Total", "title");
          Label medium = Parts.label("المطلوب Total", "medium");
          VBox column = new VBox(title, medium);
          Scene scene = new Scene(column, 800, 400);
          Wardrobe.dress(scene, new View(Language.ARABIC, Look.LIGHT, TextSize.USUAL));
          column.applyCss();
          assertThat(title.getFont().getStyle()).isEqualTo("Bold");
          assertThat(title.getFont().getFamily()).isEqualTo(medium.getFont().getFamily());
          assertThat(medium.getFont().getStyle()).isEqualTo("Regular");
          double plain = wide(NAME + " · R2", medium);
          String marked = arabic.say("place.role", NAME, "R2");
          assertThat(marked.length()).isGreaterThan((NAME + " · R2").length());
          assertThat(wide(marked, medium)).isBetween(plain - 3, plain + 3);
          assertThat(wide(arabic.name(NAME), medium))
              .isBetween(wide(NAME, medium) - 3, wide(NAME, medium) + 3);
          return title;
        });
  }

  private static double wide(String text, Label like) {
    Text alone = new Text(text);
    alone.setFont(like.getFont());
    return alone.getLayoutBounds().getWidth();
  }
}
