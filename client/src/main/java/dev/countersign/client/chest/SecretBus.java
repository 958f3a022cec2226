package dev.countersign.client.chest;

import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.KeyChestException.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.errors.Error;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with the Secret Service. Secrets pass over the session's bus as they are: a
 * program that may listen there as this person may ask the service itself.
 */
final class SecretBus implements AutoCloseable {
  private static final String SERVICE = "org.freedesktop.secrets";
  private static final String ROOT = "/org/freedesktop/secrets";
  private static final String INTERFACE = "org.freedesktop.Secret.";
  private static final String NONE = "/";
  private static final long REPLY_MILLIS = 4_000;

  private final DBusConnection connection;
  private final DBusPath session;

  private SecretBus(DBusConnection connection) throws KeyChestException {
    this.connection = connection;
    this.session = path(call(ROOT, "Service", "OpenSession", "sv", "plain", new Variant<>(""))[1]);
  }

  /** The collection or the item is locked. */
  static final class LockedException extends Exception {
    private static final long serialVersionUID = 1L;

    LockedException() {
      super("locked");
    }
  }

  static SecretBus open(@Nullable String address) throws KeyChestException {
    DBusConnection connection;
    try {
      DBusConnectionBuilder builder =
          address == null
              ? DBusConnectionBuilder.forSessionBus()
              : DBusConnectionBuilder.forAddress(address);
      connection = builder.withShared(false).build();
    } catch (DBusException | RuntimeException e) {
      throw new KeyChestException(Reason.MISSING, "no session bus runs here", e);
    }
    try {
      return new SecretBus(connection);
    } catch (KeyChestException | RuntimeException e) {
      connection.disconnect();
      throw e;
    }
  }

  Optional<byte[]> find(String name) throws KeyChestException, LockedException {
    Optional<String> item = item(name);
    if (item.isEmpty()) {
      return Optional.empty();
    }
    Object[] secret = (Object[]) callUnlocked(item.get(), "Item", "GetSecret", "o", session)[0];
    return Optional.of(bytes(secret[2]));
  }

  void store(String name, byte[] value) throws KeyChestException, LockedException {
    String collection = collection();
    Map<String, Variant<?>> properties =
        Map.of(
            INTERFACE + "Item.Label",
            new Variant<>("Countersign " + name),
            INTERFACE + "Item.Attributes",
            new Variant<>(attributes(name), "a{ss}"));
    Object[] secret = {session, new byte[0], value, "application/octet-stream"};
    Object[] made =
        callUnlocked(
            collection, "Collection", "CreateItem", "a{sv}(oayays)b", properties, secret, true);
    if (!path(made[1]).getPath().equals(NONE)) {
      throw new LockedException();
    }
  }

  void delete(String name) throws KeyChestException, LockedException {
    Optional<String> item = item(name);
    if (item.isPresent()
        && !path(callUnlocked(item.get(), "Item", "Delete", "")[0]).getPath().equals(NONE)) {
      throw new LockedException();
    }
  }

  /** Brings the system's dialogue up; false when none was needed. */
  boolean promptToUnlock() throws KeyChestException {
    DBusPath[] paths = {new DBusPath(collection())};
    String prompt = path(call(ROOT, "Service", "Unlock", "ao", (Object) paths)[1]).getPath();
    if (prompt.equals(NONE)) {
      return false;
    }
    call(prompt, "Prompt", "Prompt", "s", "");
    return true;
  }

  private Optional<String> item(String name) throws KeyChestException, LockedException {
    Object[] found = call(ROOT, "Service", "SearchItems", "a{ss}", attributes(name));
    List<?> unlocked = (List<?>) found[0];
    if (!unlocked.isEmpty()) {
      return Optional.of(path(unlocked.getFirst()).getPath());
    }
    if (!((List<?>) found[1]).isEmpty()) {
      throw new LockedException();
    }
    return Optional.empty();
  }

  private String collection() throws KeyChestException {
    String path = path(call(ROOT, "Service", "ReadAlias", "s", "default")[0]).getPath();
    if (path.equals(NONE)) {
      throw new KeyChestException(Reason.MISSING, "this login has no default keyring", null);
    }
    return path;
  }

  private static Map<String, String> attributes(String name) {
    return Map.of("application", "countersign", "name", name);
  }

  private Object[] callUnlocked(
      String path, String type, String member, String signature, Object... arguments)
      throws KeyChestException, LockedException {
    try {
      return call(path, type, member, signature, arguments);
    } catch (KeyChestException e) {
      if (String.valueOf(e.getMessage()).contains("IsLocked")) {
        throw new LockedException();
      }
      throw e;
    }
  }

  private Object[] call(
      String path, String type, String member, String signature, Object... arguments)
      throws KeyChestException {
    try {
      MethodCall call =
          new MethodCall(
              SERVICE,
              path,
              INTERFACE + type,
              member,
              (byte) 0,
              signature.isEmpty() ? null : signature,
              arguments);
      connection.sendMessage(call);
      Message reply = call.getReply(REPLY_MILLIS);
      if (reply == null) {
        throw new KeyChestException(Reason.HANGING, "the Secret Service did not answer", null);
      }
      if (reply instanceof Error error) {
        throw new KeyChestException(
            Reason.MISSING, "the Secret Service refused: " + error.getName(), null);
      }
      Object[] answer = reply.getParameters();
      return answer == null ? new Object[0] : answer;
    } catch (DBusException | DBusExecutionException e) {
      throw new KeyChestException(Reason.MISSING, "the Secret Service failed", e);
    }
  }

  private static DBusPath path(Object value) {
    return value instanceof DBusPath path ? path : new DBusPath(String.valueOf(value));
  }

  private static byte[] bytes(Object value) {
    if (value instanceof byte[] raw) {
      return raw;
    }
    List<?> list = (List<?>) value;
    byte[] raw = new byte[list.size()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (Byte) list.get(i);
    }
    return raw;
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
