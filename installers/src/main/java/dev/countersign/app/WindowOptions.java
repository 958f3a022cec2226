package dev.countersign.app;

import dev.countersign.client.launch.TillApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      names = "--language",
      paramLabel = "CODE",
      description = "en, fr, de, es or ar; without it the one that was chosen last")
  private @Nullable String language;

  @Option(names = "--large-text", description = "larger letters")
  private boolean largeText;

  @Option(
      names = "--key-store",
      paramLabel = "WHICH",
      description =
          "where the secrets of a new device are kept: system for the key store of this system,"
              + " file for files, which are weaker")
  private @Nullable String keyStore;

  @Option(names = "--new-key", description = "give the store another key with the next PIN")
  private boolean newKey;

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

  @Option(
      names = TillApplication.UNTIL_PAINTED,
      hidden = true,
      description = "leave as soon as the PIN pad is painted; the benchmarks start it so")
  private boolean untilPainted;

  /** Opens the window and returns when it is closed. */
  int open(String name) {
    if (!Display.isThere()) {
      throw new ParameterException(
          spec.commandLine(), "there is no display here; `countersign demo` works without one");
    }
    List<String> arguments = new ArrayList<>();
    add(arguments, "--folder", folder == null ? WindowStart.usualFolder(name) : folder);
    add(arguments, "--chest", chest);
    add(arguments, "--size", size);
    add(arguments, "--printer", printer);
    add(arguments, "--terminal", terminal);
    add(arguments, "--environment", environment);
    add(arguments, "--language", language);
    add(arguments, "--key-store", keyStore);
    add(arguments, "--dark", dark);
    add(arguments, "--large-text", largeText);
    add(arguments, "--new-key", newKey);
    add(arguments, TillApplication.UNTIL_PAINTED, untilPainted);
    WindowStart.open(arguments);
    return 0;
  }

  private static void add(List<String> arguments, String option, boolean said) {
    if (said) {
      arguments.add(option);
    }
  }

  private static void add(List<String> arguments, String option, @Nullable Object value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value.toString());
    }
  }
}
