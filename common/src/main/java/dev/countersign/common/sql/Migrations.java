package dev.countersign.common.sql;

import java.sql.SQLException;
import java.util.List;

/**
 * An ordered list of migrations; a file's {@code user_version} says how many it has had. A
 * migration is never changed once released, only followed by another.
 */
public final class Migrations {
  private final List<String> scripts;

  /**
   * @param scripts each a series of statements, separated by a line that holds only {@code ;}
   */
  public Migrations(List<String> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  /** The file was written by a newer program, which this one must not touch. */
  public static final class NewerFileException extends SQLException {
    private static final long serialVersionUID = 1L;

    NewerFileException(long found, long known) {
      super("the file has version " + found + ", this program knows " + known);
    }
  }

  /**
   * Brings a file up to date, each step in a transaction of its own.
   *
   * @throws NewerFileException when the file is ahead of this program
   */
  public void apply(Db db) throws SQLException {
    long version = db.first("PRAGMA user_version", row -> row.integer(1)).orElse(0L);
    if (version > scripts.size()) {
      throw new NewerFileException(version, scripts.size());
    }
    for (int step = (int) version; step < scripts.size(); step++) {
      String script = scripts.get(step);
      int next = step + 1;
      db.<SQLException>atomically(
          () -> {
            for (String statement : script.split("\n;\n")) {
              if (!statement.isBlank()) {
                db.execute(statement);
              }
            }
            db.execute("PRAGMA user_version = " + next);
          });
    }
  }
}
