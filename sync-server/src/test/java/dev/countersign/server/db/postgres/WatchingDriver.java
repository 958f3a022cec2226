package dev.countersign.server.db.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/**
 * Stands between the pool and PostgreSQL for a test: of every statement that is run it first lets
 * PostgreSQL say, with the same parameters and in the same transaction, which partitions it
 * touches. What that did is undone before the statement itself runs.
 */
public final class WatchingDriver implements Driver, AutoCloseable {
  private final org.postgresql.Driver driver = new org.postgresql.Driver();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Map<String, String> wide = new ConcurrentHashMap<>();

  private WatchingDriver() {}

  /** From now on connections are watched. */
  public static WatchingDriver watch() throws SQLException {
    WatchingDriver watching = new WatchingDriver();
    org.postgresql.Driver.deregister();
    DriverManager.registerDriver(watching);
    return watching;
  }

  /** Every statement that was run. */
  public Set<String> seen() {
    return Set.copyOf(seen);
  }

  /** Statements that touched more than one partition of a table, with what their plan said. */
  public Map<String, String> wide() {
    return new TreeMap<>(wide);
  }

  @Override
  public void close() throws SQLException {
    DriverManager.deregisterDriver(this);
    org.postgresql.Driver.register();
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    Connection connection = driver.connect(url, info);
    return connection == null
        ? null
        : (Connection)
            Proxy.newProxyInstance(
                WatchingDriver.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> {
                  Object result = call(connection, method, arguments);
                  return result instanceof PreparedStatement statement
                      ? watched(connection, statement, (String) arguments[0])
                      : result;
                });
  }

  private record Setting(Method method, Object[] arguments) {}

  private PreparedStatement watched(Connection connection, PreparedStatement real, String sql) {
    TreeMap<Object, Setting> settings = new TreeMap<>();
    return (PreparedStatement)
        Proxy.newProxyInstance(
            WatchingDriver.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (_, method, arguments) -> {
              if (method.getName().startsWith("set")
                  && arguments.length >= 2
                  && arguments[0] instanceof Integer) {
                settings.put(arguments[0], new Setting(method, arguments));
              } else if (method.getName().startsWith("execute")
                  && sql.matches("(?s)\\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\\b.*")) {
                explain(connection, sql, settings);
              }
              return call(real, method, arguments);
            });
  }

  private void explain(Connection connection, String sql, TreeMap<Object, Setting> settings)
      throws Throwable {
    String[] each = sql.split(";\n");
    seen.addAll(List.of(each));
    if (connection.getAutoCommit()) {
      return;
    }
    Savepoint before = connection.setSavepoint();
    try {
      int first = 1;
      for (String one : each) {
        int next = first + (int) one.chars().filter(letter -> letter == '?').count();
        explain(connection, one, settings.subMap(first, next), first - 1);
        first = next;
      }
    } catch (SQLException _) {
      // The statement itself fails the same way, where somebody answers for it.
    } finally {
      connection.rollback(before);
    }
  }

  private void explain(Connection connection, String sql, Map<Object, Setting> settings, int before)
      throws Throwable {
    try (PreparedStatement explain =
        connection.prepareStatement(
            "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) " + sql)) {
      for (Setting setting : settings.values()) {
        Object[] arguments = setting.arguments().clone();
        arguments[0] = (Integer) arguments[0] - before;
        call(explain, setting.method(), arguments);
      }
      List<String> plan = lines(explain.executeQuery());
      Set<String> several = Plans.touchingSeveral(plan);
      if (!several.isEmpty()) {
        wide.put(sql, several + "\n" + String.join("\n", plan));
      }
    }
  }

  /** The lines of a plan. */
  public static List<String> lines(ResultSet result) throws SQLException {
    List<String> lines = new ArrayList<>();
    while (result.next()) {
      lines.add(result.getString(1));
    }
    return lines;
  }

  /** Lets PostgreSQL plan a statement for whatever parameters. */
  public static List<String> generic(Connection connection, String sql) throws SQLException {
    StringBuilder numbered = new StringBuilder();
    int parameter = 0;
    for (char letter : sql.toCharArray()) {
      numbered.append(letter == '?' ? "$" + ++parameter : String.valueOf(letter));
    }
    try (Statement statement = connection.createStatement()) {
      return lines(statement.executeQuery("EXPLAIN (GENERIC_PLAN, COSTS OFF) " + numbered));
    }
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public boolean acceptsURL(String url) {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return driver.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return driver.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return driver.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}
