package dev.countersign.server.signin;

/** The tables of passwords, second factors, passkeys, sessions and keys in a tenant's file. */
public final class SignInSchema {
  /** Statements separated by a line that holds only a semicolon. */
  public static final String TABLES =
      """
      CREATE TABLE person_password (
        person BLOB PRIMARY KEY REFERENCES user_account,
        salt BLOB NOT NULL,
        hash BLOB NOT NULL,
        memory_kib INTEGER NOT NULL,
        passes INTEGER NOT NULL,
        lanes INTEGER NOT NULL,
        policy INTEGER NOT NULL,
        changed INTEGER NOT NULL
      ) STRICT
      ;
      CREATE TABLE password_code (
        person BLOB PRIMARY KEY REFERENCES user_account,
        salt TEXT NOT NULL,
        hash TEXT NOT NULL,
        expires INTEGER NOT NULL
      ) STRICT
      ;
      CREATE TABLE second_factor (
        person BLOB PRIMARY KEY REFERENCES user_account,
        sealed BLOB NOT NULL,
        confirmed INTEGER NOT NULL,
        last_step INTEGER NOT NULL
      ) STRICT
      ;
      CREATE TABLE recovery_code (
        person BLOB NOT NULL REFERENCES user_account,
        hash BLOB NOT NULL,
        PRIMARY KEY (person, hash)
      ) STRICT
      ;
      CREATE TABLE passkey (
        id BLOB PRIMARY KEY,
        person BLOB NOT NULL REFERENCES user_account,
        credential BLOB NOT NULL UNIQUE,
        attested BLOB NOT NULL,
        eligible INTEGER NOT NULL,
        sign_count INTEGER NOT NULL,
        name TEXT NOT NULL,
        created INTEGER NOT NULL,
        used INTEGER
      ) STRICT
      ;
      CREATE INDEX passkey_person ON passkey (person)
      ;
      CREATE TABLE last_sign_in (
        person BLOB PRIMARY KEY REFERENCES user_account,
        at INTEGER NOT NULL
      ) STRICT
      ;
      CREATE TABLE person_session (
        id BLOB PRIMARY KEY,
        person BLOB NOT NULL REFERENCES user_account,
        token_hash BLOB NOT NULL UNIQUE,
        begun INTEGER NOT NULL,
        used INTEGER NOT NULL,
        expires INTEGER NOT NULL,
        address TEXT NOT NULL,
        strong INTEGER NOT NULL,
        device BLOB REFERENCES device
      ) STRICT
      ;
      CREATE INDEX person_session_person ON person_session (person)
      ;
      CREATE TABLE api_key (
        id BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        scope TEXT NOT NULL,
        address_range TEXT NOT NULL,
        key_hash BLOB NOT NULL UNIQUE,
        created INTEGER NOT NULL,
        expires INTEGER NOT NULL,
        used INTEGER
      ) STRICT\
      """;

  /** Who made a key: an id, or a word where it is no person; unknown for older keys. */
  public static final String MAKERS = "ALTER TABLE api_key ADD COLUMN made_by TEXT";

  private SignInSchema() {}
}
