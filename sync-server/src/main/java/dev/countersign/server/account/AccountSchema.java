package dev.countersign.server.account;

/** The tables of people, places and devices in a tenant's file. */
public final class AccountSchema {
  /** Statements separated by a line that holds only a semicolon. */
  public static final String TABLES =
      """
      CREATE TABLE store (
        id BLOB PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL
      ) STRICT
      ;
      CREATE TABLE register (
        id BLOB PRIMARY KEY,
        store BLOB NOT NULL REFERENCES store,
        name TEXT NOT NULL,
        next_series INTEGER NOT NULL DEFAULT 0,
        UNIQUE (store, name)
      ) STRICT
      ;
      CREATE TABLE user_account (
        id BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        store BLOB REFERENCES store,
        active INTEGER NOT NULL DEFAULT 1
      ) STRICT
      ;
      CREATE TABLE device (
        id BLOB PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('TILL', 'OFFICE')),
        store BLOB NOT NULL REFERENCES store,
        register BLOB REFERENCES register,
        series TEXT NOT NULL,
        name TEXT NOT NULL,
        public_key BLOB NOT NULL UNIQUE,
        state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'frozen', 'revoked')),
        enrolled_at INTEGER NOT NULL,
        last_seen INTEGER NOT NULL,
        last_batch INTEGER NOT NULL DEFAULT 0,
        last_hash BLOB NOT NULL,
        last_change INTEGER NOT NULL DEFAULT 0
      ) STRICT
      ;
      CREATE UNIQUE INDEX device_series ON device (series) WHERE kind = 'TILL'
      ;
      CREATE TABLE enrolment_code (
        code TEXT PRIMARY KEY,
        code_key BLOB NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('TILL', 'OFFICE')),
        store BLOB NOT NULL REFERENCES store,
        register BLOB REFERENCES register,
        first_user BLOB NOT NULL REFERENCES user_account,
        expires INTEGER NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0,
        device BLOB
      ) STRICT\
      """;

  private AccountSchema() {}
}
