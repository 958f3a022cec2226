package dev.countersign.server.launch;

import dev.countersign.server.http.Route;
import dev.countersign.server.support.Touch;
import java.util.Comparator;
import picocli.CommandLine.Command;

/** Lists what the interface offers and to whom. */
@Command(
    name = "routes",
    description = "List every route with the permission it asks for, or public.",
    mixinStandardHelpOptions = true)
final class RoutesCommand extends AdminCommand {
  /** A route as it is printed for a script. */
  record Shown(String method, String path, String permission) {}

  @Override
  Touch touch() {
    return Touch.SERVER;
  }

  @Override
  int run(Desk desk) throws Exception {
    desk.backroom().routes().stream()
        .sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
        .map(route -> new Shown(route.method(), route.path(), route.access().shown()))
        .forEach(
            route ->
                desk.print(
                    route.method() + "  " + route.path() + "  " + route.permission(), route));
    return OK;
  }
}
