package dev.countersign.server.http;

import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.audit.Cosignatures;
import dev.countersign.server.tenant.Tenants;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant's log for anyone who wants to hold it to its word: checkpoints and proofs are hashes and
 * signatures, they say nothing about what is in the log. The proofs are the bytes of {@code
 * common.log}'s encodings.
 */
public final class LogRoutes {
  private final Tenants tenants;
  private final AuditLog log;
  private final Cosignatures cosignatures;

  public LogRoutes(Tenants tenants, AuditLog log, Cosignatures cosignatures) {
    this.tenants = tenants;
    this.log = log;
    this.cosignatures = cosignatures;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(Routes.CHECKPOINT, Access.OPEN, this::checkpoint),
        Route.get(Routes.INCLUSION, Access.OPEN, this::inclusion),
        Route.get(Routes.CONSISTENCY, Access.OPEN, this::consistency),
        Route.get(Routes.TILE, Access.OPEN, this::tile));
  }

  private void checkpoint(Exchange exchange) throws Exception {
    exchange.answerText(
        tenants.<String, SQLException>read(
            tenant(exchange),
            scope -> {
              SignedCheckpoint head = log.checkpoint(scope);
              return head.text() + cosignatures.linesOver(scope, head.checkpoint());
            }));
  }

  private void inclusion(Exchange exchange) throws Exception {
    long index = exchange.queryNumber("index");
    long size = exchange.queryNumber("size");
    proof(exchange, index < size, size, scope -> log.inclusion(scope, index, size).encode());
  }

  private void consistency(Exchange exchange) throws Exception {
    long from = exchange.queryNumber("from");
    long to = exchange.queryNumber("to");
    proof(exchange, from <= to, to, scope -> log.consistency(scope, from, to).encode());
  }

  private void proof(
      Exchange exchange, boolean ordered, long size, Tenants.Work<byte[], SQLException> work)
      throws IOException, SQLException {
    byte[] proof =
        tenants.<byte[], SQLException>read(
            tenant(exchange),
            scope -> {
              if (!ordered || size > log.size(scope)) {
                throw RefusedRequest.malformed("The log has no such entries.");
              }
              return work.run(scope);
            });
    exchange.answerBytes(proof);
  }

  private void tile(Exchange exchange) throws Exception {
    TilePath path =
        TilePath.parse(exchange.pathText("level"), exchange.pathText("index"))
            .orElseThrow(() -> RefusedRequest.malformed("Not the path of a tile."));
    byte[] tile =
        tenants
            .<Optional<byte[]>, SQLException>read(
                tenant(exchange),
                scope -> log.tile(scope, path.level(), path.index(), path.width()))
            .orElseThrow(() -> RefusedRequest.malformed("The log has no such tile."));
    exchange.answerBytes(tile);
  }

  private static UUID tenant(Exchange exchange) {
    return exchange.pathId("tenant");
  }
}
