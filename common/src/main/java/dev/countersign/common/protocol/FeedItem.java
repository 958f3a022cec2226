package dev.countersign.common.protocol;

import dev.countersign.common.json.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One entry of a tenant's feed.
 *
 * @param seq dense per tenant, assigned under a lock at commit
 * @param deleted the entity is gone; {@code body} is null then
 * @param at when the server wrote it, by its clock, for what leaves a device's scope with time;
 *     null for what stays
 */
public record FeedItem(
    long seq,
    String kind,
    UUID id,
    boolean deleted,
    @Nullable JsonNode body,
    @Nullable Instant at) {
  /** One that stays. */
  public FeedItem(long seq, String kind, UUID id, boolean deleted, @Nullable JsonNode body) {
    this(seq, kind, id, deleted, body, null);
  }

  /**
   * The body as its type, or null when it was deleted or is of a kind this program does not know.
   */
  public @Nullable FeedBody typed() {
    Class<? extends FeedBody> type = FeedBody.classOf(kind);
    return type == null || body == null ? null : Json.decodeKnown(body, type);
  }

  public static FeedItem of(long seq, UUID id, FeedBody body) {
    return new FeedItem(seq, body.kind(), id, false, Json.strict().valueToTree(body));
  }
}
