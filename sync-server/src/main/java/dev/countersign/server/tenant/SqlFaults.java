package dev.countersign.server.tenant;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.sqlite.SQLiteException;

/** What an SQL error means for whoever asked. */
public final class SqlFaults {
  private static final int PRIMARY_CODE = 0xff;

  private SqlFaults() {}

  /** Kinds of faults. */
  public enum Fault {
    /** No room, or the disk cannot be written: nothing was stored, later it may be. */
    STORAGE,
    /** Another connection held the file for too long. */
    BUSY,
    /** A wrong key, or a first page that is none. */
    NOT_A_DATABASE,
    /** A rule of the schema was broken, such as a name given twice. */
    CONSTRAINT,
    OTHER
  }

  /** Looks at the error and what caused it. */
  public static Fault of(SQLException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return ofCode(sqlite.getResultCode().code & PRIMARY_CODE);
      }
      if (cause instanceof SQLTransientConnectionException) {
        return Fault.BUSY;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return ofState(sql.getSQLState());
      }
    }
    return Fault.OTHER;
  }

  /** PostgreSQL's codes (its manual, appendix A); a class is their first two characters. */
  private static Fault ofState(String state) {
    return switch (state) {
      case "55P03", "57014", "57P01", "57P02", "57P03", "40001", "40P01", "53300" -> Fault.BUSY;
      case "53100", "58030", "25006" -> Fault.STORAGE;
      default ->
          switch (state.substring(0, Math.min(2, state.length()))) {
            case "23" -> Fault.CONSTRAINT;
            case "08" -> Fault.BUSY;
            default -> Fault.OTHER;
          };
    };
  }

  private static Fault ofCode(int code) {
    return switch (code) {
      case 13, 10, 8, 14 -> Fault.STORAGE; // FULL, IOERR, READONLY, CANTOPEN
      case 5, 6 -> Fault.BUSY; // BUSY, LOCKED
      case 26 -> Fault.NOT_A_DATABASE;
      case 19 -> Fault.CONSTRAINT;
      default -> Fault.OTHER;
    };
  }
}
