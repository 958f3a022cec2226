package dev.countersign.server.integration;

/** The tables of integrations in a tenant's file. */
public final class IntegrationSchema {
  /** Statements separated by a line that holds only a semicolon. */
  public static final String TABLES =
      """
      CREATE TABLE secret_key (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        sealed BLOB NOT NULL,
        made INTEGER NOT NULL
      ) STRICT
      ;
      CREATE TABLE integration_secret (
        name TEXT PRIMARY KEY,
        sealed BLOB NOT NULL,
        previous BLOB,
        previous_until INTEGER,
        created INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        used INTEGER
      ) STRICT
      ;
      CREATE TABLE webhook_delivery (
        source TEXT NOT NULL,
        body_hash BLOB NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (source, body_hash)
      ) STRICT
      ;
      CREATE INDEX webhook_delivery_at ON webhook_delivery (at)\
      """;

  private IntegrationSchema() {}
}
