package dev.countersign.server.tenant;

import dev.countersign.common.sql.Migrations;
import java.util.List;

/** The tables of the control data in a file; in PostgreSQL they have the same names and columns. */
final class ControlSchema {
  static final Migrations MIGRATIONS =
      new Migrations(
          List.of(
              """
              CREATE TABLE tenant (
                id BLOB PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                currency TEXT NOT NULL,
                environment TEXT NOT NULL,
                wrapped_key BLOB NOT NULL,
                wrapped_log_seed BLOB NOT NULL,
                created INTEGER NOT NULL
              ) STRICT
              ;
              CREATE TABLE installation (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                environment TEXT NOT NULL
              ) STRICT
              ;
              CREATE TABLE key_history (
                kind TEXT NOT NULL,
                owner TEXT NOT NULL,
                number INTEGER NOT NULL,
                public_key BLOB NOT NULL,
                statement BLOB NOT NULL,
                since INTEGER NOT NULL,
                PRIMARY KEY (kind, owner, number)
              ) STRICT
              ;
              CREATE TABLE device_index (device BLOB PRIMARY KEY, tenant BLOB NOT NULL) STRICT
              ;
              CREATE TABLE code_index (
                code TEXT PRIMARY KEY,
                tenant BLOB NOT NULL,
                expires INTEGER NOT NULL
              ) STRICT
              ;
              CREATE TABLE server_key (
                only INTEGER PRIMARY KEY CHECK (only = 1),
                wrapped_seed BLOB NOT NULL
              ) STRICT
              ;
              CREATE TABLE guess_count (
                subject BLOB PRIMARY KEY,
                failures INTEGER NOT NULL,
                last INTEGER NOT NULL,
                not_before INTEGER NOT NULL
              ) STRICT
              ;
              CREATE TABLE used_challenge (challenge BLOB PRIMARY KEY, expires INTEGER NOT NULL) STRICT
              ;
              CREATE TABLE departure (
                tenant BLOB PRIMARY KEY,
                destination TEXT NOT NULL,
                done INTEGER NOT NULL
              ) STRICT\
              """));

  private ControlSchema() {}
}
