package dev.countersign.client.sync;

import dev.countersign.client.keys.ShareKeeper.Asking;
import dev.countersign.client.keys.ShareSource;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.DeviceSession;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.TillKeys;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.core.JacksonException;

/**
 * Asks the server for its share: a fresh challenge, signed with the key that is for nothing else.
 * Neither goes to anybody whose certificate the server's own key does not speak for.
 */
public final class ServerShares implements ShareSource {
  private static final int UNAUTHORISED = 401;

  private final ServerConnection.Patience patience;

  public ServerShares(ServerConnection.Patience patience) {
    this.patience = patience;
  }

  @Override
  public Given ask(Asking asking, long tries) {
    try (ServerConnection connection =
        ServerConnection.believing(asking.server(), asking.pins(), patience)) {
      Reply asked = connection.postForJson(Routes.CHALLENGES, new byte[0]);
      if (asked instanceof Reply.CertificateChanged && followed(connection, asking)) {
        asked = connection.postForJson(Routes.CHALLENGES, new byte[0]);
      }
      if (!(asked instanceof Reply.Answered challenge)) {
        return new Given.Unreachable();
      }
      String text = Json.decodeKnown(challenge.body(), DeviceSession.Challenge.class).challenge();
      byte[] request = Json.encode(new TillKeys.ShareRequest(asking.device(), text, tries));
      byte[] sealed =
          Envelope.seal(
                  TillKeys.SHARE_PAYLOAD_TYPE, request, asking.device().toString(), asking.key())
              .encode();
      return switch (connection.postForJson(Routes.TILL_SHARES, sealed)) {
        case Reply.Answered answered -> given(answered.body());
        case Reply.Refused refused when refused.status() == UNAUTHORISED -> new Given.Refused();
        case Reply.NoAnswer _ -> new Given.Unreachable();
      };
    } catch (JacksonException | IllegalArgumentException | NullPointerException _) {
      // Somebody else answered, or nothing that can be read.
      return new Given.Unreachable();
    }
  }

  /** Off while the certificate gave way, as often as it did: the server's key leads to it. */
  private static boolean followed(ServerConnection connection, Asking asking) {
    VerifyKey known = asking.serverKey();
    return known != null && new CertificateTrail(known, asking.pins()).follow(connection);
  }

  private static Given given(byte[] body) {
    TillKeys.Share share = Json.decodeKnown(body, TillKeys.Share.class);
    byte[] bytes = Base64.getDecoder().decode(share.share());
    return bytes.length == TillKeys.SHARE_LENGTH
        ? new Given.Share(Secret.of(bytes), Duration.ofHours(share.leaseHours()))
        : new Given.Unreachable();
  }
}
