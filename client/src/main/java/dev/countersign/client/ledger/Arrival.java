package dev.countersign.client.ledger;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedItem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * An item of a snapshot, read as far as it can be before the store is held: what is left to do is
 * to write it down.
 */
public final class Arrival {
  private final UUID id;
  private final @Nullable FeedBody body;
  private final @Nullable Instant at;
  private final byte[] taxes;
  private final String barcodes;
  private final byte @Nullable [] handling;

  private Arrival(UUID id, @Nullable FeedBody body, @Nullable Instant at) {
    this.id = Objects.requireNonNull(id);
    this.body = body;
    this.at = at;
    if (body instanceof ProductItem product) {
      taxes = ProductColumns.taxes(product.taxes());
      barcodes = ProductColumns.barcodes(product.barcodes());
      handling = ProductColumns.handling(product.handling());
    } else {
      taxes = new byte[0];
      barcodes = "";
      handling = null;
    }
  }

  /** An item that was read already. */
  static Arrival of(FeedItem item) {
    return new Arrival(item.id(), item.deleted() ? null : item.typed(), item.at());
  }

  /** Items that were read already. */
  static Iterator<Arrival> each(Iterator<FeedItem> items) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public Arrival next() {
        return of(items.next());
      }
    };
  }

  /**
   * Reads a line of a snapshot: a {@link FeedItem} in JSON, without making a tree of its body.
   *
   * @throws JacksonException when it is none
   */
  public static Arrival read(byte[] line) {
    return read(line, 0, line.length);
  }

  /** {@link #read(byte[])} of a part of what is there. */
  public static Arrival read(byte[] bytes, int from, int length) {
    String kind = null;
    UUID id = null;
    Instant at = null;
    boolean deleted = false;
    FeedBody body = null;
    JsonNode early = null;
    try (JsonParser in = Json.known().createParser(bytes, from, length)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new Json.NullDocumentException();
      }
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        in.nextToken();
        switch (name) {
          case "kind" -> kind = Json.text(in);
          case "id" -> id = UUID.fromString(Json.text(in));
          case "at" ->
              at = in.currentToken() == JsonToken.VALUE_NULL ? null : Instant.parse(Json.text(in));
          case "deleted" -> deleted = in.getBooleanValue();
          case "body" -> {
            if (kind == null) {
              early = in.readValueAs(JsonNode.class);
            } else {
              body = body(in, kind);
            }
          }
          default -> in.skipChildren();
        }
      }
      if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
        throw new Json.NullDocumentException();
      }
    } catch (IllegalArgumentException | DateTimeException _) {
      throw new Json.NullDocumentException();
    }
    if (kind == null || id == null) {
      throw new Json.NullDocumentException();
    }
    if (early != null) {
      return of(new FeedItem(0, kind, id, deleted, early, at));
    }
    return new Arrival(id, deleted ? null : body, at);
  }

  private static @Nullable FeedBody body(JsonParser in, String kind) {
    Class<? extends FeedBody> type = FeedBody.classOf(kind);
    if (type == null) {
      in.skipChildren();
      return null;
    }
    boolean product = type == ProductItem.class && in.currentToken() != JsonToken.VALUE_NULL;
    return product ? ProductJson.read(in) : in.readValueAs(type);
  }

  /** Whose state it is. */
  public UUID id() {
    return id;
  }

  /** Null where it is gone, or of a kind that this program does not know. */
  @Nullable FeedBody body() {
    return body;
  }

  @Nullable Instant at() {
    return at;
  }

  /** A product's column; see {@link ProductColumns}. */
  byte[] taxes() {
    return taxes;
  }

  /** A product's column; see {@link ProductColumns}. */
  String barcodes() {
    return barcodes;
  }

  /** A product's column; see {@link ProductColumns}. */
  byte @Nullable [] handling() {
    return handling;
  }
}
