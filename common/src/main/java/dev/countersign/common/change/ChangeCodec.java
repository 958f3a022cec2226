package dev.countersign.common.change;

import dev.countersign.common.json.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Encodes a change once, when it is recorded, and reads it back. The bytes are what is stored,
 * signed, hashed and kept; nothing is ever encoded a second time to check it.
 */
public final class ChangeCodec {
  private ChangeCodec() {}

  private record Frame(
      UUID id,
      long number,
      String type,
      int version,
      UUID entity,
      UUID actor,
      @Nullable UUID approver,
      @Nullable UUID authority,
      Instant at,
      ChangeBody body) {}

  public static byte[] encode(Change change) {
    ChangeType type = change.type();
    return Json.encode(
        new Frame(
            change.id(),
            change.number(),
            type.wireName(),
            type.version(),
            change.entity(),
            change.actor(),
            change.approver(),
            change.authority(),
            change.at(),
            change.body()));
  }

  /** Why bytes are not a change that this program understands. */
  public static final class UnreadableChangeException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;

    UnreadableChangeException(String code, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.code = code;
    }

    /** {@code unknown-type}, {@code newer-version} or {@code malformed}. */
    public String code() {
      return code;
    }
  }

  /**
   * Reads one change from a part of a buffer.
   *
   * @throws UnreadableChangeException when it is malformed, of an unknown type or a newer version
   */
  public static Change decode(byte[] buffer, int offset, int length)
      throws UnreadableChangeException {
    try (JsonParser in = Json.strict().createParser(buffer, offset, length)) {
      Change change = read(in);
      if (in.nextToken() != null) {
        throw malformed("bytes after the change", null);
      }
      return change;
    } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
      // Arithmetic: a version beyond an int.
      throw malformed("not a change", e);
    }
  }

  /** Field by field, because the body's class is known only once the type has been read. */
  private static Change read(JsonParser in) throws UnreadableChangeException {
    UUID id = null;
    UUID entity = null;
    UUID actor = null;
    UUID approver = null;
    UUID authority = null;
    Instant at = null;
    ChangeType type = null;
    ChangeBody body = null;
    long number = 0;
    int version = 0;
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("not an object", null);
    }
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      in.nextToken();
      switch (field) {
        case "id" -> id = uuid(in);
        case "number" -> number = integer(in);
        case "type" -> type = type(in);
        case "version" -> version = Math.toIntExact(integer(in));
        case "entity" -> entity = uuid(in);
        case "actor" -> actor = uuid(in);
        case "approver" -> approver = uuid(in);
        case "authority" -> authority = uuid(in);
        case "at" -> at = instant(in);
        case "body" -> {
          if (type == null) {
            throw malformed("the type must stand before the body", null);
          }
          if (version < 1 || version > type.version()) {
            throw new UnreadableChangeException(
                "newer-version", type.wireName() + " version " + version, null);
          }
          body = in.readValueAs(type.body());
        }
        default -> throw malformed("unknown field " + field, null);
      }
    }
    if (id == null || entity == null || actor == null || at == null || body == null || number < 1) {
      throw malformed("a field is missing", null);
    }
    return new Change(id, number, entity, actor, approver, authority, at, body);
  }

  private static ChangeType type(JsonParser in) throws UnreadableChangeException {
    String name = text(in);
    return ChangeType.named(name)
        .orElseThrow(() -> new UnreadableChangeException("unknown-type", name, null));
  }

  private static UUID uuid(JsonParser in) throws UnreadableChangeException {
    String text = text(in);
    UUID value = UUID.fromString(text);
    // UUID.fromString accepts shortened groups; only the canonical form is one id, one text.
    if (!value.toString().equals(text)) {
      throw malformed("not a canonical UUID", null);
    }
    return value;
  }

  private static Instant instant(JsonParser in) throws UnreadableChangeException {
    try {
      return Instant.parse(text(in));
    } catch (java.time.DateTimeException e) {
      throw malformed("not an instant", e);
    }
  }

  private static String text(JsonParser in) throws UnreadableChangeException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw malformed("a string was expected", null);
    }
    return in.getString();
  }

  private static long integer(JsonParser in) throws UnreadableChangeException {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw malformed("an integer was expected", null);
    }
    return in.getLongValue();
  }

  private static UnreadableChangeException malformed(String message, @Nullable Throwable cause) {
    return new UnreadableChangeException("malformed", message, cause);
  }
}
