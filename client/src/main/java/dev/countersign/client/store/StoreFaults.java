package dev.countersign.client.store;

import dev.countersign.common.sql.Migrations;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

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
    if (code == SQLiteErrorCode.SQLITE_FULL.code || hasNoRoomToOpen(e)) {
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

  /** What readers share with the writer needs a little room of its own. */
  private static boolean hasNoRoomToOpen(SQLException e) {
    return e instanceof SQLiteException fault
        && fault.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
  }

  private static String detail(SQLException e) {
    return String.valueOf(e.getMessage());
  }
}
