package dev.countersign.server.account;

/**
 * The tables of people, places and devices in a tenant's file. {@code role} holds what a business
 * changed or added; a built-in role that is not in it is what the program says. {@code last_act} is
 * kept to the day; {@code left_seq} is the number of the feed that a device has to have reached to
 * have forgotten a person who left.
 */
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
        active INTEGER NOT NULL DEFAULT 1,
        pin_epoch INTEGER NOT NULL DEFAULT 0,
        last_act INTEGER,
        left_at INTEGER,
        left_seq INTEGER
      ) STRICT
      ;
      CREATE TABLE role (
        name TEXT PRIMARY KEY,
        permissions TEXT NOT NULL
      ) STRICT
      ;
      CREATE TABLE assignment (
        id BLOB PRIMARY KEY,
        person BLOB NOT NULL REFERENCES user_account,
        store BLOB REFERENCES store,
        role TEXT NOT NULL
      ) STRICT
      ;
      CREATE UNIQUE INDEX assignment_in_store ON assignment (person, store)
      WHERE store IS NOT NULL
      ;
      CREATE UNIQUE INDEX assignment_everywhere ON assignment (person) WHERE store IS NULL
      ;
      CREATE INDEX assignment_role ON assignment (role)
      ;
      CREATE TABLE device (
        id BLOB PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('TILL', 'OFFICE')),
        store BLOB NOT NULL REFERENCES store,
        register BLOB REFERENCES register,
        series TEXT NOT NULL,
        name TEXT NOT NULL,
        public_key BLOB NOT NULL UNIQUE,
        environment TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'active'
          CHECK (state IN ('active', 'frozen', 'wiping', 'wiped', 'revoked')),
        enrolled_at INTEGER NOT NULL,
        last_seen INTEGER NOT NULL,
        confirmed_seq INTEGER NOT NULL DEFAULT 0,
        confirmed_at INTEGER,
        last_batch INTEGER NOT NULL DEFAULT 0,
        last_hash BLOB NOT NULL,
        last_change INTEGER NOT NULL DEFAULT 0,
        highest_receipt INTEGER NOT NULL DEFAULT 0,
        key_since INTEGER NOT NULL,
        key_number INTEGER NOT NULL DEFAULT 1,
        key_from INTEGER NOT NULL DEFAULT 1,
        key_wanted INTEGER NOT NULL DEFAULT 0
      ) STRICT
      ;
      CREATE TABLE former_key (
        device BLOB NOT NULL,
        number INTEGER NOT NULL,
        public_key BLOB NOT NULL UNIQUE,
        until INTEGER NOT NULL,
        statement BLOB NOT NULL,
        PRIMARY KEY (device, number)
      ) STRICT
      ;
      CREATE TABLE leaving_confirmed (
        person BLOB NOT NULL REFERENCES user_account,
        device BLOB NOT NULL REFERENCES device,
        at INTEGER NOT NULL,
        PRIMARY KEY (person, device)
      ) STRICT
      ;
      CREATE UNIQUE INDEX device_series ON device (series) WHERE kind = 'TILL'
      ;
      CREATE TABLE grant_people (
        hash BLOB PRIMARY KEY,
        body BLOB NOT NULL
      ) STRICT
      ;
      CREATE TABLE grant_sheet (
        id BLOB PRIMARY KEY,
        device BLOB NOT NULL,
        store BLOB NOT NULL,
        issued INTEGER NOT NULL,
        sell_until INTEGER NOT NULL,
        override_until INTEGER NOT NULL,
        office_until INTEGER NOT NULL,
        people BLOB NOT NULL
      ) STRICT
      ;
      CREATE TABLE rule (
        name TEXT PRIMARY KEY,
        seconds INTEGER NOT NULL
      ) STRICT
      ;
      CREATE TABLE wipe_order (
        device BLOB PRIMARY KEY,
        id BLOB NOT NULL,
        ordered_at INTEGER NOT NULL,
        parts INTEGER,
        taken INTEGER NOT NULL DEFAULT 0,
        wiped_at INTEGER
      ) STRICT
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
