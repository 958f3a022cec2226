package dev.countersign.app;

import dev.countersign.client.launch.Options;
import dev.countersign.client.launch.TillApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.application.Application;

/**
 * Opens a till or an office without the library that knows all commands and explains their faults:
 * asking it takes longer than the window does. A command line that is not plainly right is left to
 * it.
 */
final class WindowStart {
  private static final String FOLDER = "--folder";
  private static final Set<String> NAMES = Set.of("till", "office");

  private WindowStart() {}

  /** Where the folder of a till or an office lies until somebody names another. */
  static Path usualFolder(String name) {
    return Path.of(System.getProperty("user.home"), ".countersign", name);
  }

  /** What the window's program takes, or empty when this command line is for the library. */
  static Optional<List<String>> read(String[] arguments) {
    if (arguments.length == 0 || !NAMES.contains(arguments[0]) || !Display.isThere()) {
      return Optional.empty();
    }
    String name = arguments[0];
    List<String> rest = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
    // The folder comes first: where the chest is follows from it until that is named itself.
    List<String> ordered = new ArrayList<>(List.of(FOLDER, usualFolder(name).toString()));
    int folder = rest.indexOf(FOLDER);
    if (folder >= 0 && folder + 1 < rest.size()) {
      ordered.set(1, rest.get(folder + 1));
      rest.subList(folder, folder + 2).clear();
    }
    ordered.addAll(rest);
    return isRight(ordered, name) ? Optional.of(ordered) : Optional.empty();
  }

  private static boolean isRight(List<String> arguments, String name) {
    List<String> said = new ArrayList<>(arguments);
    said.remove(TillApplication.UNTIL_PAINTED);
    Set<String> once = new HashSet<>();
    if (!said.stream().filter(each -> each.startsWith("--")).allMatch(once::add)) {
      return false;
    }
    try {
      Options.parse(said, Options.usual(Path.of(System.getProperty("user.home")), name));
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /**
   * Opens the window and returns when it is closed.
   *
   * @param arguments of {@link TillApplication}, its folder first
   */
  static void open(List<String> arguments) {
    TillApplication.readAhead(Path.of(arguments.get(1)));
    Application.launch(TillApplication.class, arguments.toArray(String[]::new));
  }
}
