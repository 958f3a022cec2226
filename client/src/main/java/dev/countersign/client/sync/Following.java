package dev.countersign.client.sync;

import dev.countersign.client.ledger.KnownKeys;
import dev.countersign.client.ledger.KnownKeys.Learned;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Succession.Kind;
import dev.countersign.common.protocol.Successions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Follows the server's and its log's keys when something is signed by one that this device does not
 * know: asks for the statements and believes those that a known key consents to. They prove
 * themselves, so they may come over any connection; when the server shows another certificate than
 * the pinned one, they are asked for over one that is not believed for anything else. Used by one
 * thread.
 */
final class Following {
  private static final Logger LOG = LoggerFactory.getLogger(Following.class);

  private final ServerConnection connection;
  private final Supplier<ServerConnection> unbelieved;
  private final KnownKeys keys;
  private final UUID tenant;

  /**
   * @param unbelieved opens a connection that takes whatever certificate is shown; closed here
   */
  Following(
      ServerConnection connection,
      Supplier<ServerConnection> unbelieved,
      KnownKeys keys,
      UUID tenant) {
    this.connection = connection;
    this.unbelieved = unbelieved;
    this.keys = keys;
    this.tenant = tenant;
  }

  /**
   * True when there was something to follow, so that what was not believed may be looked at anew.
   */
  boolean follow() {
    boolean news = learn(Kind.SERVER, connection, Routes.SERVER_KEYS);
    news |= learn(Kind.LOG, connection, Routes.LOG_KEYS.replace("{tenant}", tenant.toString()));
    if (news) {
      connection.believe(keys.pins());
    }
    return news;
  }

  /** The same after another certificate was shown; true when the server's own word explains it. */
  boolean followToCertificate() {
    if (keys.pins().isEmpty()) {
      return false;
    }
    try (ServerConnection any = unbelieved.get()) {
      if (!learn(Kind.SERVER, any, Routes.SERVER_KEYS)) {
        return false;
      }
    }
    connection.believe(keys.pins());
    return true;
  }

  private boolean learn(Kind kind, ServerConnection from, String path) {
    if (!(from.getJson(path, Map.of(), null) instanceof Reply.Answered(byte[] body))) {
      return false;
    }
    try {
      List<byte[]> statements = Json.decodeKnown(body, Successions.class).bytes();
      return switch (keys.learn(kind, statements)) {
        case Learned.News _ -> true;
        case Learned.Nothing _ -> false;
        case Learned.Forked(String reason) -> {
          LOG.error("not believed: {}", reason);
          yield false;
        }
      };
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      LOG.warn("statements of keys that cannot be read: {}", e.getMessage());
      return false;
    }
  }
}
