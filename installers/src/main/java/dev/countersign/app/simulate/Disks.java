package dev.countersign.app.simulate;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/**
 * Stands before the database driver for the files of simulated machines and for no other, so that
 * the program itself has no place where a fault could be put in. Closing it takes it away again.
 *
 * <p>A power cut takes the process, not what the system has written: syncing to the real disk is
 * left out, which is most of the time that a commit takes.
 */
final class Disks implements Driver, AutoCloseable {
  private static final String PREFIX = "jdbc:sqlite:";
  private static final String SYNCED = "PRAGMA synchronous = FULL";
  private static final String UNSYNCED = "PRAGMA synchronous = OFF";

  private final JDBC real = new JDBC();
  private final Map<Path, Disk> disks = new ConcurrentHashMap<>();

  /** Takes its place before the driver that is registered by itself. */
  static Disks standing() throws SQLException {
    Disks disks = new Disks();
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver instanceof JDBC) {
        DriverManager.deregisterDriver(driver);
      }
    }
    DriverManager.registerDriver(disks);
    DriverManager.registerDriver(new JDBC());
    return disks;
  }

  /** A disk for a folder; files below it are on it. */
  Disk disk(Path folder) {
    Disk disk = new Disk(folder.toAbsolutePath().normalize());
    disks.put(disk.folder(), disk);
    return disk;
  }

  void forget(Disk disk) {
    disks.remove(disk.folder());
  }

  private @Nullable Disk of(String url) {
    if (!url.startsWith(PREFIX)) {
      return null;
    }
    for (Path at = Path.of(url.substring(PREFIX.length())).toAbsolutePath().normalize().getParent();
        at != null;
        at = at.getParent()) {
      Disk disk = disks.get(at);
      if (disk != null) {
        return disk;
      }
    }
    return null;
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    Disk disk = of(url);
    if (disk == null) {
      return null;
    }
    Connection connection = real.connect(url, properties);
    return (Connection)
        Proxy.newProxyInstance(
            Disks.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new Watched(disk, connection, ""));
  }

  /** A connection, or a statement on it. */
  private record Watched(Disk disk, Object real, String sql) implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      return switch (method.getName()) {
        case "prepareStatement" ->
            statement(PreparedStatement.class, method, arguments, String.valueOf(first(arguments)));
        case "createStatement" -> statement(Statement.class, method, arguments, "");
        case "execute", "executeQuery", "executeUpdate" -> executed(method, arguments);
        default -> call(method, arguments);
      };
    }

    private Object statement(
        Class<?> type, Method method, Object @Nullable [] arguments, String prepared)
        throws Throwable {
      Object made = call(method, arguments);
      return Proxy.newProxyInstance(
          Disks.class.getClassLoader(),
          new Class<?>[] {type},
          new Watched(disk, java.util.Objects.requireNonNull(made), prepared));
    }

    private @Nullable Object executed(Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (arguments != null && arguments.length == 1 && SYNCED.equals(arguments[0])) {
        return call(method, new Object[] {UNSYNCED});
      }
      disk.before(sql.isEmpty() ? String.valueOf(first(arguments)) : sql);
      Object result = call(method, arguments);
      disk.after();
      return result;
    }

    private static @Nullable Object first(Object @Nullable [] arguments) {
      return arguments == null ? null : arguments[0];
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  @Override
  public boolean acceptsURL(String url) {
    return of(url) != null;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public void close() throws SQLException {
    DriverManager.deregisterDriver(this);
  }
}
