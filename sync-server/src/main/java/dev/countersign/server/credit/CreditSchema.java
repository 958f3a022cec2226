package dev.countersign.server.credit;

/** The tables of gift cards and store credit in a tenant's file. */
public final class CreditSchema {
  /**
   * Statements separated by a line that holds only a semicolon. What is on an account is the sum of
   * its movements, which are only ever added to; {@code credit_account.code} is a keyed hash.
   * {@code credit_pool} says what a device may still spend of an account: reserved less spent,
   * given back and taken away by a manager. Everything is in minor units of the tenant's currency.
   */
  public static final String TABLES =
      """
      CREATE TABLE credit_account (
        id BLOB PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('GIFT_CARD', 'STORE_CREDIT')),
        code BLOB NOT NULL UNIQUE,
        device BLOB NOT NULL,
        store BLOB NOT NULL,
        received INTEGER NOT NULL
      ) STRICT
      ;
      CREATE TRIGGER credit_account_is_not_changed BEFORE UPDATE ON credit_account
      BEGIN SELECT RAISE(ABORT, 'a credit account is never changed'); END
      ;
      CREATE TRIGGER credit_account_is_not_deleted BEFORE DELETE ON credit_account
      BEGIN SELECT RAISE(ABORT, 'a credit account is never changed'); END
      ;
      CREATE TABLE credit_movement (
        device BLOB NOT NULL,
        change_number INTEGER NOT NULL,
        part INTEGER NOT NULL,
        account BLOB NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('ISSUED', 'GIVEN', 'SPENT', 'REFUNDED')),
        amount INTEGER NOT NULL,
        sale BLOB,
        received INTEGER NOT NULL,
        PRIMARY KEY (device, change_number, part)
      ) STRICT
      ;
      CREATE INDEX credit_movement_account ON credit_movement (account)
      ;
      CREATE TRIGGER credit_movement_is_not_changed BEFORE UPDATE ON credit_movement
      BEGIN SELECT RAISE(ABORT, 'a credit movement is never changed'); END
      ;
      CREATE TRIGGER credit_movement_is_not_deleted BEFORE DELETE ON credit_movement
      BEGIN SELECT RAISE(ABORT, 'a credit movement is never changed'); END
      ;
      CREATE TABLE credit_allotment (
        id BLOB PRIMARY KEY,
        device BLOB NOT NULL REFERENCES device,
        request BLOB NOT NULL,
        account BLOB NOT NULL,
        amount INTEGER NOT NULL,
        made INTEGER NOT NULL,
        until INTEGER NOT NULL,
        envelope BLOB NOT NULL,
        UNIQUE (device, request)
      ) STRICT
      ;
      CREATE TABLE credit_return (
        id BLOB PRIMARY KEY,
        device BLOB NOT NULL REFERENCES device,
        account BLOB NOT NULL,
        amount INTEGER NOT NULL,
        received INTEGER NOT NULL
      ) STRICT
      ;
      CREATE TABLE credit_pool (
        account BLOB NOT NULL,
        device BLOB NOT NULL REFERENCES device,
        reserved INTEGER NOT NULL,
        spent INTEGER NOT NULL DEFAULT 0,
        returned INTEGER NOT NULL DEFAULT 0,
        freed INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (account, device),
        CHECK (spent >= 0 AND returned >= 0 AND freed >= 0
          AND spent + returned + freed <= reserved)
      ) STRICT\
      """;

  private CreditSchema() {}
}
