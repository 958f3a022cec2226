package dev.countersign.common.protocol;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the feed. A snapshot is one line of this record without items, then one line per item.
 *
 * @param cursor the position after the last item that was looked at, also when none was for this
 *     device
 * @param more there is another page right away
 * @param since the device's scope: what the server wrote before that, of what leaves with time, is
 *     not kept; null where nothing leaves
 */
public record FeedPage(
    UUID epoch, long cursor, boolean more, List<FeedItem> items, @Nullable Instant since) {
  /** One from which nothing leaves. */
  public FeedPage(UUID epoch, long cursor, boolean more, List<FeedItem> items) {
    this(epoch, cursor, more, items, null);
  }

  public FeedPage {
    items = items == null ? List.of() : List.copyOf(items);
  }
}
