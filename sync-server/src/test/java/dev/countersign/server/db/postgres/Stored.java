package dev.countersign.server.db.postgres;

/** The two stores that one contract holds for. */
public enum Stored {
  IN_FILES,
  IN_POSTGRES
}
