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
    OpenBatch open = open(payload);
    List<ReadBatch.Slice> changes = new ArrayList<>(open.count());
    int at = open.firstChange();
    for (int i = 0; i < open.count(); i++) {
      int end = open.endOfChange(at);
      changes.add(new ReadBatch.Slice(at, end - at));
      at = open.behind(end, i);
    }
    return new ReadBatch(open.header(), payload, changes);
  }

  /**
   * Reads the header alone, for whoever goes over the changes one by one anyway.
   *
   * @throws BatchFormatException when the bytes do not begin as a batch
   */
  public static OpenBatch open(byte[] payload) throws BatchFormatException {
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
      require(header.number() >= 1 && header.firstChange() >= 1, "numbers start at 1");
      require(header.lastChange() >= header.firstChange(), "a range that runs backwards");
      long count = header.lastChange() - header.firstChange() + 1;
      require(
          count >= 1 && count <= Limits.BATCH_CHANGES,
          "1 to " + Limits.BATCH_CHANGES + " changes, not " + count);
      return new OpenBatch(header, payload, start, (int) count);
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new BatchFormatException("not a batch", e);
    }
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
