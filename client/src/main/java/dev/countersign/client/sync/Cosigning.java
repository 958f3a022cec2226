package dev.countersign.client.sync;

import dev.countersign.common.json.Json;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.CosignedCheckpoints;
import dev.countersign.common.protocol.Routes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;

/**
 * Makes this device a witness for the others of its business, and them for it: brings the newest
 * proven checkpoint with its cosignature to the server, takes those of the others, and has the
 * server prove that all were shown one log. A server that keeps two histories apart under one key
 * has to keep its devices' words apart as well. Used by one thread.
 */
final class Cosigning {
  /** Others that are looked at in one round; the rest comes in the next. */
  private static final int AT_ONCE = 4;

  /** Without news of its own a device looks at the others' every so many rounds. */
  private static final int ROUNDS = 20;

  /** What a device brings. */
  record Cosigned(String checkpoint) {}

  private final ServerConnection connection;
  private final DeviceSignIn signIn;
  private final UUID device;
  private final Witness witness;
  private final UnaryOperator<SignedCheckpoint> cosigner;
  private final Map<UUID, String> agreed = new HashMap<>();
  private String brought = "";
  private int idle;

  Cosigning(
      ServerConnection connection,
      DeviceSignIn signIn,
      UUID device,
      Witness witness,
      UnaryOperator<SignedCheckpoint> cosigner) {
    this.connection = connection;
    this.signIn = signIn;
    this.device = device;
    this.witness = witness;
    this.cosigner = cosigner;
  }

  /** One round; the contradiction when another device was shown another log. */
  Optional<String> step() {
    Optional<SignedCheckpoint> own = witness.proven();
    if (own.isEmpty() || (own.get().text().equals(brought) && ++idle < ROUNDS)) {
      return Optional.empty();
    }
    idle = 0;
    byte[] body = Json.encode(new Cosigned(cosigner.apply(own.get()).text()));
    Reply reply = signIn.asking(token -> connection.postJson(Routes.COSIGNATURES, body, token));
    if (!(reply instanceof Reply.Answered(byte[] answer))) {
      return Optional.empty();
    }
    try {
      Optional<String> contradiction =
          compare(own.get(), Json.decodeKnown(answer, CosignedCheckpoints.class));
      // What contradicts is looked at every time, also after a person has had it tried again.
      brought = contradiction.isPresent() ? "" : own.get().text();
      return contradiction;
    } catch (JacksonException | NullPointerException _) {
      return Optional.empty();
    }
  }

  private Optional<String> compare(SignedCheckpoint own, CosignedCheckpoints others) {
    int looked = 0;
    for (CosignedCheckpoints.Of other : others.newest()) {
      boolean known =
          other.device().equals(device) || other.checkpoint().equals(agreed.get(other.device()));
      Optional<SignedCheckpoint> theirs =
          known ? Optional.empty() : witness.believed(other.checkpoint());
      if (theirs.isPresent() && looked < AT_ONCE) {
        looked++;
        switch (witness.beside(own, theirs.get())) {
          case Witness.Beside.Agrees() -> agreed.put(other.device(), other.checkpoint());
          case Witness.Beside.Unproven() -> {}
          case Witness.Beside.Contradicts(String reason) -> {
            return Optional.of(reason);
          }
        }
      }
    }
    return Optional.empty();
  }
}
