package dev.countersign.server.ingest;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A real connection whose process is gone before the statement that was chosen: the database sees
 * the connection end there and nothing behind it. Used by one thread.
 */
final class DyingConnection {
  private final Connection real;
  private int left;
  private boolean dead;

  /**
   * @param statements how many are still carried out
   */
  DyingConnection(Connection real, int statements) {
    this.real = real;
    this.left = statements;
  }

  boolean isDead() {
    return dead;
  }

  Connection seen() {
    return proxy(Connection.class, real);
  }

  private <T> T proxy(Class<T> type, Object of) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          Object result = invoked(of, method, arguments);
          return method.getName().equals("prepareStatement")
              ? proxy(PreparedStatement.class, result)
              : result;
        };
    return type.cast(
        Proxy.newProxyInstance(
            DyingConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object invoked(Object of, Method method, Object[] arguments) throws Throwable {
    if (method.getName().startsWith("execute") || method.getName().equals("commit")) {
      if (!dead && left-- == 0) {
        dead = true;
        real.close();
      }
      if (dead) {
        throw new SQLException("the process is gone");
      }
    }
    try {
      return method.invoke(of, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
