package dev.countersign.client.sync;

import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.OlderSale;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sale.ReceiptNumber;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;

/**
 * Fetches a sale of this store that this device does not keep, by its id or the number on its
 * receipt, and hands it to the ledger, so that goods of it can come back. Safe for any thread;
 * blocks as long as a call.
 */
public final class OlderSales {
  private final ServerConnection connection;
  private final DeviceSignIn signIn;
  private final Ledger ledger;
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * Takes what it works with.
   *
   * @param connection stays the caller's
   * @param sealer signs as this device
   */
  public OlderSales(ServerConnection connection, Ledger ledger, OfficeLine.Sealer sealer) {
    Enrolled enrolled = ledger.enrolled();
    this.connection = connection;
    this.ledger = ledger;
    this.signIn =
        new DeviceSignIn(
            connection, enrolled.device(), enrolled.environment(), sealer::seal, () -> {});
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** The ledger has it. */
    record Fetched(UUID sale) implements Outcome {}

    /** There is no such sale in this store. */
    record NotThere() implements Outcome {}

    /** The server could not be asked. */
    record NotNow(Reply.NoAnswer reason) implements Outcome {}
  }

  /** Fetches a sale by its id. */
  public Outcome fetch(UUID sale) {
    return fetch(Map.of("id", sale.toString()));
  }

  /** Fetches a sale by the number on its receipt. */
  public Outcome fetch(ReceiptNumber receipt) {
    return fetch(Map.of("receipt", receipt.toString()));
  }

  private Outcome fetch(Map<String, String> query) {
    turn.lock();
    try {
      Reply reply = signIn.asking(token -> connection.getJson(Routes.SALES, query, token));
      return switch (reply) {
        case Reply.Answered(byte[] body) -> keep(body, query);
        case Reply.Refused refused when refused.problem().code().equals(Problem.NOT_FOUND) ->
            new Outcome.NotThere();
        case Reply.NoAnswer reason -> new Outcome.NotNow(reason);
      };
    } finally {
      turn.unlock();
    }
  }

  private Outcome keep(byte[] body, Map<String, String> query) {
    try {
      OlderSale sale = Json.decodeKnown(body, OlderSale.class);
      Optional<UUID> kept =
          ledger.keepOlder(
              Base64.getDecoder().decode(sale.change()), Objects.requireNonNull(sale.refunded()));
      if (kept.isPresent()
          && query.getOrDefault("id", kept.get().toString()).equals(kept.get().toString())) {
        return new Outcome.Fetched(kept.get());
      }
    } catch (JacksonException | IllegalArgumentException | NullPointerException _) {
      // Answered below: a record read from JSON may lack any field.
    }
    return new Outcome.NotNow(new Reply.NotCountersign("a sale that cannot be read"));
  }
}
