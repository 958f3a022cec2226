package dev.countersign.app.simulate;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The disk of one machine, as the statements on its databases see it: it counts them, and at the
 * one that was chosen the power goes or the disk is full. Used by one thread.
 */
final class Disk {
  /** What is to go wrong. */
  enum Fault {
    /** The power goes before the statement. */
    CUT_BEFORE,
    /** The power goes after it, before anybody hears that it is done. */
    CUT_AFTER,
    /** No room is left for this write and those that follow, until somebody makes some. */
    FULL,
    /** Nothing can be written any more, as after an error of the disk, until it is repaired. */
    READ_ONLY
  }

  private final Path folder;
  private Fault fault = Fault.CUT_BEFORE;
  private long until = Long.MAX_VALUE;
  private @Nullable Fault refusing;
  private boolean dead;
  private boolean quiet;
  private String last = "";

  Disk(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** Plans a fault after so many more statements; of full disks, writes. */
  void plan(Fault kind, long statements) {
    fault = kind;
    until = statements;
  }

  /** Nothing goes wrong any more, and there is room. */
  void heal() {
    until = Long.MAX_VALUE;
    refusing = null;
  }

  boolean isDead() {
    return dead;
  }

  /** Nothing can be written on it at present. */
  boolean isRefusing() {
    return refusing != null;
  }

  /** What the machine was just doing. */
  String last() {
    return last;
  }

  /** Somebody clears away what a dead machine has open; nothing counts any more. */
  void clearAway() {
    quiet = true;
  }

  void before(String sql) throws SQLException {
    if (quiet) {
      return;
    }
    if (dead) {
      throw new PowerCut();
    }
    last = verb(sql);
    boolean write = isWrite(last);
    Fault now = refusing;
    if (now != null && write) {
      throw refused(now);
    }
    boolean refuses = fault == Fault.FULL || fault == Fault.READ_ONLY;
    if (until == Long.MAX_VALUE || (refuses && !write)) {
      return;
    }
    if (until-- <= 0 && fault != Fault.CUT_AFTER) {
      until = Long.MAX_VALUE;
      if (refuses) {
        refusing = fault;
        throw refused(fault);
      }
      die();
    }
  }

  void after() {
    if (!quiet && !dead && until < 0 && fault == Fault.CUT_AFTER) {
      die();
    }
  }

  private void die() {
    until = Long.MAX_VALUE;
    dead = true;
    throw new PowerCut();
  }

  private static SQLException refused(Fault fault) {
    return fault == Fault.FULL
        ? new SQLiteException("[SQLITE_FULL] no room", SQLiteErrorCode.SQLITE_FULL)
        : new SQLiteException("[SQLITE_READONLY] read-only", SQLiteErrorCode.SQLITE_READONLY);
  }

  /** The first words, enough for a story. */
  private static String verb(String sql) {
    String[] words = sql.strip().split("\\s+", 5);
    int count = Math.min(words.length, words[0].equalsIgnoreCase("UPDATE") ? 2 : 3);
    return words[0].equalsIgnoreCase("SELECT")
        ? "SELECT"
        : String.join(" ", java.util.Arrays.copyOf(words, count));
  }

  private static boolean isWrite(String verb) {
    String first = verb.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    return switch (first) {
      case "INSERT", "UPDATE", "DELETE", "REPLACE", "COMMIT", "CREATE" -> true;
      default -> false;
    };
  }
}
