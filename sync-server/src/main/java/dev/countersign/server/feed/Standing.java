package dev.countersign.server.feed;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.sql.Row;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a thing of the feed stands.
 *
 * @param body its JSON, null when it is gone
 * @param at when it was written, for what leaves the scope of devices with time
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Standing(long seq, String kind, UUID id, byte @Nullable [] body, @Nullable Instant at) {

  /** Reads {@code seq, kind, entity, body, at}. */
  static Standing of(Row row) throws SQLException {
    return new Standing(
        row.integer(1),
        row.text(2),
        row.uuid(3),
        row.bytesOrNull(4),
        row.integerOrNull(5) == null ? null : row.instant(5));
  }

  /** Two runs, each in the order of its numbers, as one that is not longer than so many. */
  static List<Standing> inOrder(List<Standing> one, List<Standing> other, int atMost) {
    List<Standing> both = new ArrayList<>(Math.min(atMost, one.size() + other.size()));
    int i = 0;
    int j = 0;
    while (both.size() < atMost && (i < one.size() || j < other.size())) {
      boolean first =
          j == other.size() || (i < one.size() && one.get(i).seq() < other.get(j).seq());
      both.add(first ? one.get(i++) : other.get(j++));
    }
    return both;
  }

  /** As it stands in a page. */
  FeedItem item() {
    JsonNode tree = body == null ? null : Json.strict().readTree(body);
    return new FeedItem(seq, kind, id, body == null, tree, at);
  }

  /**
   * Adds it as the line of a snapshot, the body as it is stored: a snapshot has as many as there
   * are products.
   */
  void addLine(ByteArrayOutputStream json) {
    json.writeBytes(
        ascii(
            "{\"seq\":"
                + seq
                + ",\"kind\":\""
                + kind
                + "\",\"id\":\""
                + id
                + (body == null ? "\",\"deleted\":true" : "\",\"deleted\":false,\"body\":")));
    if (body != null) {
      json.writeBytes(body);
    }
    if (at != null) {
      json.writeBytes(ascii(",\"at\":\"" + at + "\""));
    }
    json.write('}');
    json.write('\n');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
