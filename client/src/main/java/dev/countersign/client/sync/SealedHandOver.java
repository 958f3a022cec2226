package dev.countersign.client.sync;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.SealedParts;
import dev.countersign.common.protocol.WipeOrder;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * Hands over what a wiped device sealed, part after part. It needs no key, may be broken off
 * anywhere and begun again: the server says which part it wants. For one thread.
 */
public final class SealedHandOver {
  private final ServerConnection connection;
  private boolean looked;

  public SealedHandOver(ServerConnection connection) {
    this.connection = connection;
  }

  /**
   * True when the server has all of it. Who says so is the server or nobody: what was sealed is
   * gone from here then.
   */
  public boolean bring(SealedParts sealed) {
    String path = Routes.WIPE.replace("{id}", sealed.head().device().toString());
    int part = 0;
    // Each answer names the next part; one that goes back again and again is not believed.
    for (int asked = 0; asked <= 2 * sealed.parts().size(); asked++) {
      Reply reply =
          connection.postForJson(
              path, Map.of("part", Integer.toString(part)), sealed.parts().get(part));
      switch (reply) {
        case Reply.Answered(byte[] body) -> {
          part = taken(body).parts();
          // Counted here: another copy of this device may have had fewer.
          if (part == sealed.parts().size()) {
            return true;
          }
        }
        case Reply.Refused refused when refused.problem().code().equals(Problem.GAP) -> {
          Long expected = refused.problem().expected();
          part = expected == null ? -1 : (int) Math.min(expected, Integer.MAX_VALUE);
        }
        case Reply.CertificateChanged _ when followed(sealed.head()) -> {
          // The same part again, to the server that its own key spoke for.
        }
        case Reply.NoAnswer _ -> {
          return false;
        }
      }
      if (part < 0 || part >= sealed.parts().size()) {
        return false;
      }
    }
    return false;
  }

  /** Once: whoever has yet another certificate afterwards is not the server. */
  private boolean followed(SealedParts.Head head) {
    if (looked) {
      return false;
    }
    looked = true;
    String pin = head.pin();
    String known = head.serverKey();
    try {
      return pin != null
          && known != null
          && new CertificateTrail(VerifyKey.fromBase64(known), List.of(pin)).follow(connection);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static WipeOrder.Taken taken(byte[] body) {
    try {
      return Json.decodeKnown(body, WipeOrder.Taken.class);
    } catch (JacksonException _) {
      return new WipeOrder.Taken(-1, false);
    }
  }
}
