package dev.countersign.server.feed;

/**
 * The tables of the feed in a tenant's file; sales that count are part of it and stand in the
 * books, as {@code ingest.IngestSchema} says. {@code at} is when a row was written, for what leaves
 * the scope of devices with time; null for what stays. {@code floor} is the number that a device
 * must have reached so that no mark it needs was taken away, {@code passed} the one up to which
 * sales have left everybody's scope; {@code feed_gone} are products whose mark was.
 */
public final class FeedSchema {
  /** Statements separated by a line that holds only a semicolon. */
  public static final String TABLES =
      """
      CREATE TABLE feed_epoch (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        epoch BLOB NOT NULL,
        floor INTEGER NOT NULL DEFAULT 0,
        passed INTEGER NOT NULL DEFAULT 0
      ) STRICT
      ;
      INSERT INTO feed_epoch VALUES (1, randomblob(16), 0, 0)
      ;
      CREATE TABLE feed (
        seq INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        entity BLOB NOT NULL,
        store BLOB,
        audience TEXT NOT NULL CHECK (audience IN ('ALL', 'OFFICE')),
        deleted INTEGER NOT NULL,
        body BLOB,
        at INTEGER,
        UNIQUE (kind, entity)
      ) STRICT
      ;
      CREATE INDEX feed_at ON feed (at) WHERE at IS NOT NULL
      ;
      CREATE INDEX feed_mark ON feed (seq) WHERE deleted = 1
      ;
      CREATE TABLE feed_gone (
        entity BLOB PRIMARY KEY
      ) STRICT\
      """;

  private FeedSchema() {}
}
