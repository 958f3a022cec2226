package dev.countersign.client.ui.entry;

import dev.countersign.client.keys.Remains.Wiped;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.concurrent.Callable;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Says that this device was wiped, and what became of what it had not sent. */
public final class WipedController implements Screen {
  private static final double WIDTH = 560;

  private final Surface surface;
  private final Words words;
  private final Callable<Wiped> again;
  private final VBox view;
  private final Label text;
  private final Button retry;
  private final Button setUp;

  /**
   * @param again tries to hand over what still waits
   * @param setUp goes on to make this a new device; offered once nothing waits
   */
  public WipedController(Surface surface, Callable<Wiped> again, Runnable setUp) {
    this.surface = surface;
    this.words = surface.words();
    this.again = again;
    this.text = Parts.paragraph("", "lead");
    this.retry = Parts.button(words.say("wiped.again"), this::retry, "primary");
    this.setUp = Parts.button(words.say("wiped.set-up"), setUp);
    VBox all =
        new VBox(18, Parts.label(words.say("wiped.title"), "headline"), text, retry, this.setUp);
    all.setMaxWidth(WIDTH);
    this.view = new VBox(all);
    view.getStyleClass().add("stage-centre");
    Parts.show(retry, false);
    Parts.show(this.setUp, false);
    text.setText(words.say("wiped.working"));
  }

  @Override
  public Parent root() {
    return view;
  }

  /** Says how it stands. */
  public void stands(Wiped wiped) {
    String key =
        wiped.sales() == 0 && wiped.handedOver()
            ? "wiped.nothing"
            : wiped.handedOver() ? "wiped.handed-over" : "wiped.kept";
    text.setText(words.say(key, wiped.sales()));
    Parts.show(retry, !wiped.handedOver());
    Parts.show(setUp, wiped.handedOver());
  }

  private void retry() {
    retry.setDisable(true);
    surface
        .desk()
        .run(
            again,
            wiped -> {
              retry.setDisable(false);
              stands(wiped);
            },
            failure -> {
              retry.setDisable(false);
              surface.trouble(failure);
            });
  }
}
