package dev.countersign.app.bench;

import dev.countersign.client.launch.TillApplication;
import dev.countersign.client.ui.kit.Painting;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** The least that a program with a window does: one label, as large as the till's window. */
public final class LabelWindow {
  private LabelWindow() {}

  /** Says so when the label has been painted, and ends. */
  public static void main(String[] args) {
    Application.launch(Shown.class, args);
  }

  /** Public for the toolkit, which makes it. */
  public static final class Shown extends Application {
    @Override
    public void start(Stage stage) {
      Scene scene = new Scene(new StackPane(new Label("Countersign")), 1024, 768);
      stage.setScene(scene);
      stage.show();
      Painting.await(
          scene,
          () -> true,
          () -> {
            System.out.println(TillApplication.PAINTED);
            Platform.exit();
          });
    }
  }
}
