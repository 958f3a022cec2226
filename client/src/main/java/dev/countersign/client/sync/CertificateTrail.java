package dev.countersign.client.sync;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.KeyLine;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Succession;
import dev.countersign.common.protocol.Successions;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The way from a key of the server that is known to the certificate that it shows now, for whoever
 * has no open store: a till that is locked, or one that was wiped. The statements prove themselves,
 * so they are asked for over a connection on which whoever is there may answer; nothing else goes
 * over that one. Somebody in between can keep the statements back, or pass them on; a certificate
 * of their own is in none of them.
 */
final class CertificateTrail {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateTrail.class);

  private final VerifyKey known;
  private final List<String> pins;

  /**
   * @param known what the server signed with when somebody here last heard of it
   * @param pins those believed at that time, the newest last; empty when the system's trust decides
   */
  CertificateTrail(VerifyKey known, List<String> pins) {
    this.known = known;
    this.pins = List.copyOf(pins);
  }

  /** True when the connection believes other pins from now on. */
  boolean follow(ServerConnection connection) {
    if (pins.isEmpty()) {
      return false;
    }
    try (ServerConnection any = connection.unbelieved()) {
      return any.getJson(Routes.SERVER_KEYS, Map.of(), null) instanceof Reply.Answered(byte[] body)
          && follow(connection, Json.decodeKnown(body, Successions.class).bytes());
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      LOG.warn("statements of keys that cannot be read: {}", e.getMessage());
      return false;
    }
  }

  private boolean follow(ServerConnection connection, List<byte[]> statements) {
    KeyLine line = KeyLine.of(Succession.Kind.SERVER, Succession.SERVER, known);
    for (byte[] statement : statements) {
      switch (line.follow(statement)) {
        case KeyLine.Step.Grown(KeyLine longer, var _) -> line = longer;
        case KeyLine.Step.Forked(String reason) -> {
          LOG.error("not believed: {}", reason);
          return false;
        }
        case KeyLine.Step.Known _, KeyLine.Step.Refused _ -> {
          // Nothing to learn from it.
        }
      }
    }
    List<String> believed = line.pins(pins);
    if (believed.equals(pins)) {
      return false;
    }
    connection.believe(believed);
    return true;
  }
}
