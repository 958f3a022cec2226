package dev.countersign.client.sync;

import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.KnownKeys;
import dev.countersign.client.ledger.OwnKey;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.DeviceCertificate;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Succession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Brings the statement of this device's next key to the server, as often as it takes, and believes
 * only a certificate of that key under the server's signature. Used by one thread.
 */
final class Renewing {
  private static final Logger LOG = LoggerFactory.getLogger(Renewing.class);

  private final ServerConnection connection;
  private final Enrolled enrolled;
  private final OwnKey own;
  private final KnownKeys keys;
  private final Following following;
  private boolean wanted;

  Renewing(
      ServerConnection connection,
      Enrolled enrolled,
      OwnKey own,
      KnownKeys keys,
      Following following) {
    this.connection = connection;
    this.enrolled = enrolled;
    this.own = own;
    this.keys = keys;
    this.following = following;
  }

  /**
   * What the server answers.
   *
   * @param certificate the device certificate's envelope, base64
   */
  record Renewed(String certificate) {}

  /** The server has said that a new key is due. */
  void want() {
    wanted = true;
  }

  /**
   * Goes on with a statement that waits, and begins one when it is due and nothing is in flight.
   */
  void step() {
    if (wanted) {
      own.begin();
    }
    byte[] statement = own.pending().orElse(null);
    if (statement == null) {
      return;
    }
    switch (connection.postForJson(Routes.DEVICE_KEY, statement)) {
      case Reply.Answered(byte[] body)
          when isOurs(body, statement) || (following.follow() && isOurs(body, statement)) -> {
        own.renewed();
        wanted = false;
      }
      case Reply.Answered _ -> LOG.warn("the answer to a new key is not believed");
      case Reply.Refused refused -> {
        LOG.warn("the server does not take this device's new key: {}", refused.detail());
        own.kept();
        wanted = false;
      }
      case Reply.NoAnswer reason -> LOG.info("no answer to a new key yet: {}", reason.detail());
    }
  }

  private boolean isOurs(byte[] body, byte[] statement) {
    try {
      String text = Json.decodeKnown(body, Renewed.class).certificate();
      if (text == null) {
        return false;
      }
      Envelope envelope = Envelope.decode(StrictBase64.decode(text));
      DeviceCertificate certificate = Json.decodeKnown(envelope.payload(), DeviceCertificate.class);
      return envelope.payloadType().equals(DeviceCertificate.PAYLOAD_TYPE)
          && envelope.verifiedBy(keys.serverKey())
          && enrolled.tenant().equals(certificate.tenant())
          && enrolled.device().equals(certificate.device())
          && Succession.claimed(statement)
              .filter(said -> said.key().equals(certificate.publicKey()))
              .isPresent();
    } catch (EnvelopeFormatException | JacksonException | IllegalArgumentException _) {
      return false;
    }
  }
}
