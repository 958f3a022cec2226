package dev.countersign.server.guard;

/** The table of refused texts in a tenant's file. */
public final class GuardSchema {
  /** Statements separated by a line that holds only a semicolon; {@code month} is 2026-11. */
  public static final String TABLES =
      """
      CREATE TABLE refused_text (
        month TEXT NOT NULL,
        kind TEXT NOT NULL,
        surface TEXT NOT NULL,
        times INTEGER NOT NULL,
        PRIMARY KEY (month, kind, surface)
      ) STRICT\
      """;

  private GuardSchema() {}
}
