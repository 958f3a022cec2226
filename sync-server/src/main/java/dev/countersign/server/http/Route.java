package dev.countersign.server.http;

/**
 * One entry of the server's interface.
 *
 * @param method {@code GET}, {@code POST}, {@code PUT} or {@code DELETE}
 * @param path as in {@code common.protocol.Routes}
 */
public record Route(String method, String path, Access access, Action action) {
  /** Answers a request. */
  @FunctionalInterface
  public interface Action {
    void answer(Exchange exchange) throws Exception;
  }

  static Route get(String path, Access access, Action action) {
    return new Route("GET", path, access, action);
  }

  static Route delete(String path, Access access, Action action) {
    return new Route("DELETE", path, access, action);
  }

  static Route put(String path, Access access, Action action) {
    return new Route("PUT", path, access, action);
  }

  static Route post(String path, Access access, Action action) {
    return new Route("POST", path, access, action);
  }
}
