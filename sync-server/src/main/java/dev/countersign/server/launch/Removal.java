package dev.countersign.server.launch;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.config.PrivateFiles;
import dev.countersign.server.db.postgres.Postgres;
import dev.countersign.server.db.postgres.PostgresAddress;
import dev.countersign.server.db.postgres.PostgresControl;
import dev.countersign.server.db.postgres.PostgresSchema;
import dev.countersign.server.db.postgres.PostgresTenants;
import dev.countersign.server.http.TlsCertificate;
import dev.countersign.server.move.TenantMove;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.Departure;
import dev.countersign.server.tenant.MasterKey;
import dev.countersign.server.tenant.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moving tenants away from this folder's files. The server that they go to may run meanwhile, or be
 * nothing yet but a folder that names a PostgreSQL: then it takes over the key that signs for
 * devices, and the certificate that they know the server by.
 */
final class Removal {
  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

  private final DataFolder here;
  private final ControlFile control;
  private final Tenants tenants;
  private final TenantMove move;
  private final Surroundings surroundings;

  Removal(
      DataFolder here,
      ControlFile control,
      Tenants tenants,
      TenantMove move,
      Surroundings surroundings) {
    this.here = here;
    this.control = control;
    this.tenants = tenants;
    this.move = move;
    this.surroundings = surroundings;
  }

  /** Work with the other side open. */
  @FunctionalInterface
  private interface Visit<T> {
    T run(DataFolder there, TenantMove.Destination destination) throws IOException, SQLException;
  }

  /**
   * What came of it.
   *
   * @param sameCertificate false when devices will not know the other server by its certificate
   */
  record Result(TenantMove.Moved moved, boolean sameCertificate) {}

  /**
   * Moves a tenant into the PostgreSQL that a folder names.
   *
   * @throws RefusedException when that cannot be; the tenant is then served here as before
   */
  Result move(UUID tenant, Path to) throws IOException, SQLException {
    return visit(
        to,
        (there, destination) -> {
          TenantMove.Moved moved = move.run(tenant, destination);
          return new Result(moved, certificateCarried(there));
        });
  }

  /** Settles the moves whose end nobody saw. A tenant whose new home cannot be asked waits. */
  void settle() throws SQLException {
    for (Departure departure : tenants.departures()) {
      if (!departure.done()) {
        try {
          visit(
              Path.of(departure.destination()),
              (there, destination) ->
                  move.settle(departure.tenant(), destination) && certificateCarried(there));
        } catch (IOException | SQLException | RefusedException e) {
          LOG.warn(
              "tenant {} was being moved to {}, which cannot be asked whether it is there: it is"
                  + " not served until then ({})",
              departure.tenant(),
              departure.destination(),
              e.getMessage());
        }
      }
    }
  }

  private <T> T visit(Path to, Visit<T> visit) throws IOException, SQLException {
    try (DataFolder there = entered(to)) {
      PostgresAddress address =
          PostgresAddress.of(there, surroundings.postgresPassword())
              .orElseThrow(
                  () ->
                      new RefusedException(
                          "There is no " + there.postgres() + ", which names the PostgreSQL."));
      if (there.isSetUp()) {
        throw new RefusedException(there.root() + " holds tenants in files itself.");
      }
      var schema = new PostgresSchema(Schema.scripts());
      try (Postgres postgres = Postgres.open(address, schema);
          Secret master = masterKey(there, postgres);
          ControlFile other =
              ControlFile.over(
                  new PostgresControl(postgres),
                  master,
                  surroundings.random(),
                  surroundings.clock(),
                  this::serverKey)) {
        requireOneKey(other);
        var storage = new PostgresTenants(postgres, schema);
        return visit.run(
            there, new TenantMove.Destination(there.root().toString(), postgres, storage, other));
      }
    }
  }

  private Secret masterKey(DataFolder there, Postgres postgres) throws IOException, SQLException {
    return MasterKey.load(
        there, postgres.isSetUp(), surroundings.masterKey(), surroundings.random());
  }

  private static DataFolder entered(Path to) throws IOException {
    if (!Files.isDirectory(to)) {
      throw new RefusedException("There is no folder " + to + ".");
    }
    try {
      return DataFolder.take(to);
    } catch (DataFolder.BusyException _) {
      // Its server runs: it finds the tenant when it is first asked for it.
      return DataFolder.visit(to);
    }
  }

  private SigningKey serverKey() {
    try (Secret seed = control.serverKey().seed()) {
      return SigningKey.fromSeed(seed.bytes());
    }
  }

  private void requireOneKey(ControlFile other) {
    if (!other.serverKey().verifyKey().equals(control.serverKey().verifyKey())) {
      throw new RefusedException(
          "The servers of that PostgreSQL sign with another key than the one that this server's"
              + " devices know, so they would not believe them. Move into a PostgreSQL that has"
              + " no server yet, or one that a tenant of this server was moved to before.");
    }
  }

  /** Hands the certificate over to a server that has none yet; true when devices will know it. */
  private boolean certificateCarried(DataFolder there) throws IOException {
    if (!Files.exists(here.tls())) {
      return true;
    }
    if (!Files.exists(there.tls())) {
      PrivateFiles.write(there.tls(), Files.readAllBytes(here.tls()));
    }
    return pin(here).equals(pin(there));
  }

  private String pin(DataFolder folder) throws IOException {
    return TlsCertificate.load(folder.tls(), Set.of(), surroundings.clock().instant()).pin();
  }
}
