package dev.countersign.server.feed;

/** The table of the feed in a tenant's file. */
public final class FeedSchema {
  /** Statements separated by a line that holds only a semicolon. */
  public static final String TABLES =
      """
      CREATE TABLE feed_epoch (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        epoch BLOB NOT NULL
      ) STRICT
      ;
      INSERT INTO feed_epoch VALUES (1, randomblob(16))
      ;
      CREATE TABLE feed (
        seq INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        entity BLOB NOT NULL,
        store BLOB,
        audience TEXT NOT NULL CHECK (audience IN ('ALL', 'OFFICE')),
        deleted INTEGER NOT NULL,
        body BLOB,
        UNIQUE (kind, entity)
      ) STRICT\
      """;

  private FeedSchema() {}
}
