package dev.countersign.server.db.postgres;

import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Looks, before a server works on a PostgreSQL, whether its role is held by row level security at
 * all: superusers, roles with BYPASSRLS and owners of tables are not, and neither is anyone who can
 * become one of them.
 */
final class RoleCheck {
  private RoleCheck() {}

  private record Question(String sql, String finding) {}

  private static final Question[] QUESTIONS = {
    new Question(
        "SELECT rolname FROM pg_roles WHERE rolname IN (current_user, session_user) AND rolsuper",
        "The role %s is a superuser, whom row level security does not hold."),
    new Question(
        "SELECT rolname FROM pg_roles WHERE rolname IN (current_user, session_user)"
            + " AND rolbypassrls",
        "The role %s has BYPASSRLS, so row level security does not hold it."),
    new Question(
        "SELECT relname FROM pg_class WHERE relnamespace = 'countersign'::regnamespace"
            + " AND relkind IN ('r', 'p') AND pg_has_role(session_user, relowner, 'MEMBER')",
        "The server's role owns the table %s, or may become its owner."),
    new Question(
        "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls)"
            + " AND pg_has_role(session_user, oid, 'MEMBER')",
        "The server's role may become %s, whom row level security does not hold."),
    new Question(
        "SELECT relname FROM pg_class WHERE relnamespace = 'countersign'::regnamespace"
            + " AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)",
        "The table %s is not under forced row level security."),
    new Question(
        "SELECT relname FROM pg_class WHERE relnamespace = 'countersign'::regnamespace"
            + " AND relkind IN ('r', 'p') AND has_table_privilege(oid, 'TRUNCATE')",
        "The server's role may empty the table %s."),
    new Question(
        "SELECT name FROM unnest(ARRAY['audit_run', 'audit_tile', 'batch']) AS name"
            + " WHERE has_table_privilege('countersign.' || name, 'UPDATE')"
            + " OR has_table_privilege('countersign.' || name, 'DELETE')",
        "The server's role may change or delete what stands in %s.")
  };

  /**
   * Refuses a role or tables that would not keep tenants apart.
   *
   * @throws UnsafeRoleException saying what is wrong and what to do
   */
  static void require(Db db) throws SQLException, UnsafeRoleException {
    for (Question question : QUESTIONS) {
      Optional<String> found = db.first(question.sql(), row -> row.text(1));
      if (found.isPresent()) {
        throw new UnsafeRoleException(
            question.finding().formatted(found.get())
                + " The server does not start like this: let it sign in as a role that has only"
                + " what migrate-schema grants to "
                + PostgresSchema.APP
                + ".");
      }
    }
  }
}
