package dev.countersign.common.protocol;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The payload of a batch: one JSON object, the header's fields in a fixed order and then {@code
 * "changes"}, an array of the changes' own bytes. Encoded once; the bytes are signed and stored.
 */
public final class BatchCodec {
  /** The DSSE payload type of a batch. */
  public static final String PAYLOAD_TYPE = "application/vnd.countersign.batch.v1+json";

  private BatchCodec() {}

  /**
   * Puts header and already encoded changes together.
   *
   * @throws IllegalArgumentException when the run breaks a limit or the header's range
   */
  public static byte[] encode(BatchHeader header, List<byte[]> changes) {
    if (changes.isEmpty()
        || changes.size() > Limits.BATCH_CHANGES
        || header.lastChange() - header.firstChange() + 1 != changes.size()) {
      throw new IllegalArgumentException("a batch of " + changes.size() + " changes");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(512 + changes.size() * 512);
    String head =
        """
        {"tenant":"%s","device":"%s","epoch":"%s","number":%d,"previous":"%s","firstChange":%d,\
        "lastChange":%d,"boot":"%s","monotonicNanos":%d,"wall":"%s","policy":%d,"feedCursor":%d,\
        "changes":[\
        """
            .formatted(
                header.tenant(),
                header.device(),
                header.epoch(),
                header.number(),
                header.previous().toHex(),
                header.firstChange(),
                header.lastChange(),
                header.boot(),
                header.monotonicNanos(),
                header.wall(),
                header.policy(),
                header.feedCursor());
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < changes.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(changes.get(i));
    }
    out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    if (out.size() > Limits.BATCH_BYTES) {
      throw new IllegalArgumentException("a batch of " + out.size() + " bytes");
    }
    return out.toByteArray();
  }

  /**
   * Takes a payload apart, strictly: field order, limits, range and nothing after the end.
   *
   * @throws BatchFormatException when the bytes are not a batch
   */
  public static ReadBatch decode(byte[] payload) throws BatchFormatException {
    if (payload.length > Limits.BATCH_BYTES) {
      throw new BatchFormatException("over " + Limits.BATCH_BYTES + " bytes", null);
    }
    try (JsonParser in = Json.strict().createParser(payload)) {
      require(in.nextToken() == JsonToken.START_OBJECT, "not an object");
      BatchHeader header =
          new BatchHeader(
              UUID.fromString(text(in, "tenant")),
              UUID.fromString(text(in, "device")),
              UUID.fromString(text(in, "epoch")),
              integer(in, "number"),
              Hash.fromHex(text(in, "previous")),
              integer(in, "firstChange"),
              integer(in, "lastChange"),
              UUID.fromString(text(in, "boot")),
              integer(in, "monotonicNanos"),
              Instant.parse(text(in, "wall")),
              integer(in, "policy"),
              integer(in, "feedCursor"));
      require("changes".equals(in.nextName()), "changes expected");
      require(in.nextToken() == JsonToken.START_ARRAY, "changes must be an array");
      int start = (int) in.currentTokenLocation().getByteOffset() + 1;
      List<ReadBatch.Slice> changes = slices(payload, start);
      require(header.number() >= 1 && header.firstChange() >= 1, "numbers start at 1");
      require(
          header.lastChange() - header.firstChange() + 1 == changes.size(),
          "the range does not fit the changes");
      return new ReadBatch(header, payload, changes);
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new BatchFormatException("not a batch", e);
    }
  }

  /**
   * Finds where each change begins and ends by its brackets and strings alone. What stands inside
   * is not looked at: a change that no parser accepts must not take its neighbours with it.
   */
  private static List<ReadBatch.Slice> slices(byte[] payload, int from)
      throws BatchFormatException {
    List<ReadBatch.Slice> slices = new ArrayList<>();
    int at = from;
    while (true) {
      require(slices.size() < Limits.BATCH_CHANGES, "over " + Limits.BATCH_CHANGES + " changes");
      int end = endOfObject(payload, at);
      slices.add(new ReadBatch.Slice(at, end - at));
      require(end < payload.length, "cut off");
      if (payload[end] != ',') {
        at = end;
        break;
      }
      at = end + 1;
    }
    require(
        at + 2 == payload.length && payload[at] == ']' && payload[at + 1] == '}',
        "something else than the end after the changes");
    return slices;
  }

  /** The position after the object that begins here. */
  private static int endOfObject(byte[] payload, int from) throws BatchFormatException {
    require(from < payload.length && payload[from] == '{', "a change must be an object");
    int depth = 0;
    boolean inString = false;
    for (int at = from; at < payload.length; at++) {
      byte b = payload[at];
      if (inString) {
        if (b == '\\') {
          at++;
        } else if (b == '"') {
          inString = false;
        }
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return at + 1;
      }
    }
    throw new BatchFormatException("a change that does not end", null);
  }

  private static String text(JsonParser in, String field) throws BatchFormatException {
    require(field.equals(in.nextName()), field + " expected");
    require(in.nextToken() == JsonToken.VALUE_STRING, field + " must be a string");
    return in.getString();
  }

  private static long integer(JsonParser in, String field) throws BatchFormatException {
    require(field.equals(in.nextName()), field + " expected");
    require(in.nextToken() == JsonToken.VALUE_NUMBER_INT, field + " must be an integer");
    return in.getLongValue();
  }

  private static void require(boolean condition, String otherwise) throws BatchFormatException {
    if (!condition) {
      throw new BatchFormatException(otherwise, (@Nullable Throwable) null);
    }
  }
}
