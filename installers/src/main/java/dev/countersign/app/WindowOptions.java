package dev.countersign.app;

import dev.countersign.client.launch.TillApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Application;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What till and office share on the command line. Which of the two it is, the server decided. */
final class WindowOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "where the device's encrypted store lies; usually ~/.countersign/ and its name")
  private @Nullable Path folder;

  @Option(
      names = "--chest",
      paramLabel = "DIR",
      description = "where the device's secrets are kept, outside the folder")
  private @Nullable Path chest;

  @Option(names = "--size", paramLabel = "WxH", description = "the window's size, 1024x768")
  private @Nullable String size;

  @Option(names = "--dark", description = "dark colours")
  private boolean dark;

  @Option(
      names = "--printer",
      paramLabel = "FILE|DEVICE",
      description =
          "where receipts are printed: an ESC/POS printer's device, such as /dev/usb/lp0, or a"
              + " file; without it they stay on the screen")
  private @Nullable Path printer;

  @Option(
      names = "--terminal",
      paramLabel = "HOST:PORT",
      description =
          "the card terminal that the till asks for payments; without it cards are taken on one"
              + " that stands alone")
  private @Nullable String terminal;

  @Option(
      names = "--environment",
      description =
          "production, staging, practice or demo: refuse to be set up in any other; without it the"
              + " screen says which one it is")
  private @Nullable String environment;

  /** Opens the window and returns when it is closed. */
  int open(String name) {
    if (!Display.isThere()) {
      throw new ParameterException(
          spec.commandLine(), "there is no display here; `countersign demo` works without one");
    }
    List<String> arguments = new ArrayList<>();
    Path usual = Path.of(System.getProperty("user.home"), ".countersign", name);
    add(arguments, "--folder", folder == null ? usual : folder);
    add(arguments, "--chest", chest);
    add(arguments, "--size", size);
    add(arguments, "--printer", printer);
    add(arguments, "--terminal", terminal);
    add(arguments, "--environment", environment);
    if (dark) {
      arguments.add("--dark");
    }
    Application.launch(TillApplication.class, arguments.toArray(String[]::new));
    return 0;
  }

  private static void add(List<String> arguments, String option, @Nullable Object value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value.toString());
    }
  }
}
