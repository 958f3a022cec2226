package dev.countersign.client.store;

import dev.countersign.common.sql.Migrations;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Reads the library's error codes (https://www.sqlite.org/rescode.html). */
final class StoreFaults {
  private static final int PRIMARY = 0xff;

  private StoreFaults() {}

  /** The fault of a store that was open: its key has been seen to be right. */
  static StoreFault of(SQLException e) {
    if (e instanceof Migrations.NewerFileException) {
      return new StoreFault.NewerFile();
    }
    int code = e.getErrorCode() & PRIMARY;
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return new StoreFault.Full();
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return new StoreFault.Damaged(detail(e));
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code
        || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || code == SQLiteErrorCode.SQLITE_PERM.code) {
      return new StoreFault.ReadOnly();
    }
    return new StoreFault.Other(detail(e));
  }

  private static String detail(SQLException e) {
    return String.valueOf(e.getMessage());
  }
}
