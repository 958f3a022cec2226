package dev.countersign.client.launch;

import java.nio.file.Path;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The client as a program: a till or an office, whatever the server made of the folder. */
public final class TillApplication extends Application {
  private @Nullable Client client;

  @Override
  public void start(Stage stage) {
    Options options =
        Options.parse(
            getParameters().getRaw(),
            Options.usual(Path.of(System.getProperty("user.home")), "till"));
    Client made = new Client(options, Machine.here(options), stage);
    client = made;
    made.start();
  }

  @Override
  public void stop() {
    Client running = client;
    if (running != null) {
      running.close();
    }
  }
}
