package dev.countersign.server.till;

/** The table of what the server keeps for the keys of devices. */
public final class TillSchema {
  /** Statements separated by a line that holds only a semicolon. */
  public static final String TABLES =
      """
      CREATE TABLE till_key (
        device BLOB PRIMARY KEY REFERENCES device,
        share_key BLOB NOT NULL,
        share BLOB,
        tries INTEGER NOT NULL,
        held INTEGER NOT NULL DEFAULT 0,
        chest TEXT NOT NULL,
        reported INTEGER NOT NULL
      ) STRICT\
      """;

  private TillSchema() {}
}
