package dev.countersign.server.http;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One line per request: time, address, method, route, status, device or person or key,
 * milliseconds. The route is the template, never the path that was asked for; no query and no body
 * is ever in it.
 */
final class RequestLog {
  /** The attribute of a request that names its device, person or key. */
  static final String DEVICE = "countersign.device";

  /** The attribute of a request that names its route. */
  static final String ROUTE = "countersign.route";

  private final Consumer<String> sink;

  RequestLog(Consumer<String> sink) {
    this.sink = sink;
  }

  void write(
      Instant at,
      String address,
      String method,
      @Nullable String route,
      int status,
      @Nullable UUID device,
      long millis) {
    // An unknown method is text of the caller's choice.
    String shownMethod = method.matches("[A-Z]{1,10}") ? method : "-";
    sink.accept(
        at
            + " "
            + address
            + " "
            + shownMethod
            + " "
            + (route == null ? "-" : route)
            + " "
            + status
            + " "
            + (device == null ? "-" : device)
            + " "
            + millis
            + "ms");
  }
}
