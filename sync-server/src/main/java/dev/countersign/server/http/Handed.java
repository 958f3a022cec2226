package dev.countersign.server.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is handed to the edge by a method call instead of by a socket. It passes every
 * limit, access and filter that one from the network passes, but for TLS.
 *
 * @param path without the query
 * @param query encoded; null when there is none
 * @param headers by name as sent
 * @param address where it is said to come from
 */
public record Handed(
    String method,
    String path,
    @Nullable String query,
    Map<String, String> headers,
    byte[] body,
    String address) {

  /**
   * What the edge answers.
   *
   * @param headers by name; the values in the order they were set
   */
  public record Back(int status, Map<String, List<String>> headers, byte[] body) {
    /** The first value of a header, whatever the case of its name. */
    public @Nullable String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst()
          .orElse(null);
    }
  }
}
