package dev.countersign.client.sync;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.DeviceSession;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Keeps this device signed in for pulling: signs a fresh challenge, holds the token in memory, and
 * does it again when the server no longer knows the token. Used by one thread.
 */
final class DeviceSignIn {
  /** Signs as this device, under its id. */
  @FunctionalInterface
  interface Sealer {
    Envelope seal(String payloadType, byte[] payload);
  }

  private final ServerConnection connection;
  private final UUID device;
  private final String environment;
  private final Sealer sealer;
  private final Runnable onKeyWanted;
  private @Nullable String token;

  DeviceSignIn(
      ServerConnection connection,
      UUID device,
      String environment,
      Sealer sealer,
      Runnable onKeyWanted) {
    this.connection = connection;
    this.device = device;
    this.environment = environment;
    this.sealer = sealer;
    this.onKeyWanted = onKeyWanted;
  }

  /** Asks with a token; when it has run out, once more with a new one. */
  Reply asking(Function<String, Reply> request) {
    String known = token;
    if (known != null) {
      Reply reply = request.apply(known);
      // A person's wrong password is refused as well: asking again would count as another try.
      boolean ranOut =
          reply instanceof Reply.Refused refused
              && refused.problem().code().equals(Problem.UNAUTHENTICATED);
      if (!ranOut) {
        return reply;
      }
      token = null;
    }
    Reply signedIn = signIn();
    String fresh = token;
    return fresh == null ? signedIn : request.apply(fresh);
  }

  private Reply signIn() {
    Reply asked = connection.postForJson(Routes.CHALLENGES, new byte[0]);
    if (!(asked instanceof Reply.Answered challenge)) {
      return asked;
    }
    try {
      String text = Json.decodeKnown(challenge.body(), DeviceSession.Challenge.class).challenge();
      var request = new DeviceSession.Request(device, text, environment);
      byte[] sealed = sealer.seal(DeviceSession.PAYLOAD_TYPE, Json.encode(request)).encode();
      Reply reply = connection.postForJson(Routes.SESSIONS, sealed);
      if (reply instanceof Reply.Answered answered) {
        DeviceSession.Token given = Json.decodeKnown(answered.body(), DeviceSession.Token.class);
        token = given.token();
        if (given.newKeyWanted()) {
          onKeyWanted.run();
        }
      }
      return reply;
    } catch (JacksonException | NullPointerException e) {
      // A record read from JSON may lack any field.
      return new Reply.NotCountersign("a session that cannot be read: " + e.getMessage());
    }
  }
}
