package dev.countersign.server.tenant;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Which tenants have left these files, and which are just leaving. A mark is durable before the
 * other side has the tenant, so that no moment has two servers that work for it, however the move
 * ends.
 */
final class Departures {
  private final ControlFile control;

  Departures(ControlFile control) {
    this.control = control;
  }

  List<Departure> all() throws SQLException {
    return control.run(
        db ->
            db.list(
                "SELECT tenant, destination, done FROM departure",
                row -> new Departure(row.uuid(1), row.text(2), row.flag(3))));
  }

  void begin(UUID tenant, String destination) throws SQLException {
    control.run(db -> db.update("INSERT INTO departure VALUES (?, ?, 0)", tenant, destination));
  }

  void finish(UUID tenant) throws SQLException {
    control.run(db -> db.update("UPDATE departure SET done = 1 WHERE tenant = ?", tenant));
  }

  void cancel(UUID tenant) throws SQLException {
    control.run(db -> db.update("DELETE FROM departure WHERE tenant = ? AND done = 0", tenant));
  }
}
