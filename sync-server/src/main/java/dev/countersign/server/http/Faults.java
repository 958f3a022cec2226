package dev.countersign.server.http;

import dev.countersign.common.protocol.Problem;
import dev.countersign.server.account.AboveThemException;
import dev.countersign.server.account.NotTheirsException;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.tenant.SqlFaults;
import dev.countersign.server.tenant.TenantMovedException;
import dev.countersign.server.tenant.UnknownTenantException;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an error becomes for whoever asked. Nothing of a failure goes out: not its message, not its
 * type, not its trace; it is logged here once. A refusal carries a sentence for whoever asked.
 */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  /** Long enough for a person to make room, short enough that a till is soon well again. */
  private static final int RETRY_STORAGE = 30;

  private static final int RETRY_BUSY = 2;

  private Faults() {}

  static RefusedRequest of(Throwable error) {
    return switch (error) {
      case RefusedRequest refused -> refused;
      case NotTheirsException _ -> RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
      case AboveThemException above -> RefusedRequest.of(403, "not-permitted", text(above));
      case RefusedException refused -> RefusedRequest.of(422, "refused", text(refused));
      case UnknownTenantException _ -> RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
      // Tills keep what they have and try again: perhaps the address is soon the new server's.
      case TenantMovedException _ ->
          new RefusedRequest(
              503, Problem.of("moved", "This business is not served here now."), RETRY_STORAGE);
      case HttpResponseException known -> ofStatus(known.getStatus());
      case SQLException sql -> ofSql(sql);
      case IOException io -> {
        LOG.debug("a request was cut off", io);
        yield RefusedRequest.malformed("The request was cut off.");
      }
      default -> internal(error);
    };
  }

  /** What is written for the person who asked. */
  private static String text(RuntimeException error) {
    return String.valueOf(error.getMessage());
  }

  /** For what the HTTP layer itself answers. */
  static RefusedRequest ofStatus(int status) {
    return switch (status) {
      case 404 -> RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
      case 405 -> RefusedRequest.of(405, "method-not-allowed", "Not with this method.");
      case 408 -> RefusedRequest.of(408, "too-slow", "The request took too long.");
      case 413 -> RefusedRequest.of(413, Problem.TOO_LARGE, "The request is too large.");
      default ->
          status >= 400 && status < 500
              ? RefusedRequest.of(status, Problem.MALFORMED, "Not a request of this interface.")
              : RefusedRequest.of(500, Problem.INTERNAL, "The server failed.");
    };
  }

  private static RefusedRequest ofSql(SQLException error) {
    return switch (SqlFaults.of(error)) {
      case STORAGE -> {
        LOG.error("the server cannot store anything: {}", error.getMessage());
        yield new RefusedRequest(
            503,
            Problem.of(Problem.STORAGE_FULL, "The server has no room; nothing was stored."),
            RETRY_STORAGE);
      }
      case BUSY -> new RefusedRequest(503, Problem.of("busy", "The server is busy."), RETRY_BUSY);
      case NOT_A_DATABASE, CONSTRAINT, OTHER -> internal(error);
    };
  }

  private static RefusedRequest internal(Throwable error) {
    LOG.error("a request failed", error);
    return RefusedRequest.of(500, Problem.INTERNAL, "The server failed.");
  }
}
