package dev.countersign.server.db.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tenant file's schema in PostgreSQL's words, so that there is one source for both: the same
 * tables and columns, with the tenant in front of every key, each table under forced row level
 * security, and what grows with every sale in hash partitions by tenant. What a trigger forbids
 * altogether is not granted either.
 *
 * <p>{@code tenant_id} stands last among the columns, so that an insert without a list of columns
 * means the same on both. Of a file's statements it knows those that the schemas are written in,
 * and refuses others.
 */
public final class PostgresDdl {
  /** Partitions of a table that is spread; a tenant is in one of each. */
  public static final int PARTITIONS = 16;

  /**
   * What every batch adds rows to. Opening and locking sixteen partitions of a table for each
   * statement costs more than reading a few rows by their key, so the others are whole.
   */
  private static final Set<String> SPREAD =
      Set.of("batch", "sale", "receipt_run", "audit_run", "audit_tile");

  /** The tenant that the transaction is for; null when there is none. */
  static final String CURRENT = "nullif(current_setting('app.tenant', true), '')::uuid";

  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE (\\w+) \\((.*)\\)(?:\\s*(?:STRICT|WITHOUT ROWID|,))*");
  private static final Pattern COLUMN = Pattern.compile("(\\w+) (BLOB|INTEGER|TEXT)\\b(.*)");
  private static final Pattern REFERENCES = Pattern.compile("\\s*REFERENCES (\\w+)");
  private static final Pattern INDEX =
      Pattern.compile("(CREATE (?:UNIQUE )?INDEX \\w+ ON \\w+) \\((.*)");
  private static final Pattern TRIGGER =
      Pattern.compile(
          "CREATE TRIGGER (\\w+) BEFORE (INSERT|UPDATE|DELETE) ON (\\w+)(?: WHEN (.*))?"
              + " BEGIN SELECT RAISE\\(ABORT, ('[^']*')\\); END");
  private static final Pattern ADDED = Pattern.compile("ALTER TABLE (\\w+) ADD COLUMN (.*)");

  private PostgresDdl() {}

  /**
   * What the owner of the tables runs for a script of a tenant file.
   *
   * @throws IllegalArgumentException for a statement that has no counterpart here
   */
  static List<String> tables(String script) {
    List<String> ddl = new ArrayList<>();
    for (String statement : statements(script)) {
      Matcher matcher = TABLE.matcher(statement);
      if (matcher.matches()) {
        table(ddl, matcher.group(1), matcher.group(2));
      } else if ((matcher = INDEX.matcher(statement)).matches()) {
        ddl.add(matcher.group(1) + " (tenant_id, " + matcher.group(2));
      } else if ((matcher = TRIGGER.matcher(statement)).matches()) {
        trigger(ddl, matcher.toMatchResult());
      } else if ((matcher = ADDED.matcher(statement)).matches()) {
        ddl.add(added(matcher.group(1), matcher.group(2)));
      } else if (!statement.startsWith("INSERT INTO ")) {
        throw new IllegalArgumentException("no counterpart in PostgreSQL: " + statement);
      }
    }
    return ddl;
  }

  /** What a file has in it from its beginning, to be written for each new tenant. */
  static List<String> seeds(String script) {
    return statements(script).stream()
        .filter(statement -> statement.startsWith("INSERT INTO "))
        .map(
            statement ->
                statement.replace("randomblob(16)", "decode(md5(gen_random_uuid()::text), 'hex')"))
        .toList();
  }

  private static List<String> statements(String script) {
    List<String> statements = new ArrayList<>();
    for (String statement : script.split("\n;\n")) {
      String line = statement.replaceAll("\\s+", " ").strip();
      if (!line.isEmpty()) {
        statements.add(line);
      }
    }
    return statements;
  }

  private static void table(List<String> ddl, String table, String body) {
    List<String> columns = new ArrayList<>();
    List<String> constraints = new ArrayList<>();
    for (String element : elements(body)) {
      Matcher column = COLUMN.matcher(element);
      if (column.matches()) {
        columns.add(column(column.toMatchResult(), constraints));
      } else if (element.startsWith("PRIMARY KEY (") || element.startsWith("UNIQUE (")) {
        constraints.add(element.replaceFirst("\\(", "(tenant_id, "));
      } else if (element.startsWith("CHECK (")) {
        constraints.add(element);
      } else {
        throw new IllegalArgumentException("no counterpart in PostgreSQL: " + element);
      }
    }
    columns.add("tenant_id uuid NOT NULL DEFAULT " + CURRENT);
    columns.addAll(constraints);
    boolean spread = SPREAD.contains(table);
    ddl.add(
        "CREATE TABLE "
            + table
            + " ("
            + String.join(", ", columns)
            + (spread ? ") PARTITION BY HASH (tenant_id)" : ")"));
    force(ddl, table);
    // Not in a query of its own, whose answer would come when all sixteen parts of a plan are open.
    String own = "(tenant_id = " + CURRENT + ")";
    ddl.add("CREATE POLICY own_tenant ON " + table + " USING " + own + " WITH CHECK " + own);
    for (int i = 0; spread && i < PARTITIONS; i++) {
      String partition = table + "_p" + i;
      ddl.add(
          ("CREATE TABLE " + partition + " PARTITION OF " + table)
              + (" FOR VALUES WITH (MODULUS " + PARTITIONS + ", REMAINDER " + i + ")"));
      // Without a policy of its own: who names a partition past its table sees nothing.
      force(ddl, partition);
    }
    ddl.add("GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO " + PostgresSchema.APP);
  }

  static void force(List<String> ddl, String table) {
    ddl.add("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
  }

  private static String column(MatchResult column, List<String> constraints) {
    String name = quoted(column.group(1));
    String rest = column.group(3);
    String given = "";
    if (rest.contains(" PRIMARY KEY")) {
      rest = rest.replace(" PRIMARY KEY", "");
      given = " NOT NULL" + (isArrival(column) ? " DEFAULT nextval('arrival')" : "");
      constraints.add("PRIMARY KEY (tenant_id, " + name + ")");
    }
    if (rest.contains(" UNIQUE")) {
      rest = rest.replace(" UNIQUE", "");
      constraints.add("UNIQUE (tenant_id, " + name + ")");
    }
    Matcher reference = REFERENCES.matcher(rest);
    if (reference.find()) {
      constraints.add(
          ("FOREIGN KEY (tenant_id, " + name + ")")
              + (" REFERENCES " + reference.group(1) + " (tenant_id, id)"));
      rest = reference.replaceFirst("");
    }
    return name + " " + type(column.group(2)) + given + rest.replaceAll("\\bonly\\b", "\"only\"");
  }

  /** A file numbers rows by arrival where the key is an integer of this name. */
  private static boolean isArrival(MatchResult column) {
    return column.group(2).equals("INTEGER") && column.group(1).equals("id");
  }

  private static String type(String type) {
    return switch (type) {
      case "BLOB" -> "bytea";
      case "INTEGER" -> "bigint";
      default -> "text COLLATE \"C\"";
    };
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  private static String added(String table, String definition) {
    Matcher column = COLUMN.matcher(definition);
    List<String> constraints = new ArrayList<>();
    if (column.matches()) {
      String translated = column(column.toMatchResult(), constraints);
      StringBuilder all = new StringBuilder("ALTER TABLE " + table + " ADD COLUMN " + translated);
      constraints.forEach(constraint -> all.append(", ADD ").append(constraint));
      return all.toString();
    }
    throw new IllegalArgumentException("no counterpart in PostgreSQL: " + definition);
  }

  /** A key refuses what a file's insert triggers are there for: SQLite's REPLACE. */
  private static void trigger(List<String> ddl, MatchResult trigger) {
    String operation = trigger.group(2);
    if (operation.equals("INSERT")) {
      return;
    }
    String name = trigger.group(1);
    String table = trigger.group(3);
    String condition = trigger.group(4) == null ? "" : " WHEN (" + trigger.group(4) + ")";
    String refuse = " EXECUTE FUNCTION refuse(" + trigger.group(5) + ")";
    ddl.add(
        ("CREATE TRIGGER " + name + " BEFORE " + operation + " ON " + table)
            + (" FOR EACH ROW" + condition + refuse));
    if (operation.equals("DELETE")) {
      ddl.add("CREATE TRIGGER " + name + "_at_once BEFORE TRUNCATE ON " + table + refuse);
    }
    if (condition.isEmpty()) {
      ddl.add("REVOKE " + operation + " ON " + table + " FROM " + PostgresSchema.APP);
    }
  }

  /** Splits at the commas that stand in no parentheses. */
  private static List<String> elements(String body) {
    List<String> elements = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < body.length(); i++) {
      switch (body.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case ',' -> {
          if (depth == 0) {
            elements.add(body.substring(start, i).strip());
            start = i + 1;
          }
        }
        default -> {
          // part of an element
        }
      }
    }
    elements.add(body.substring(start).strip());
    return elements;
  }
}
