package dev.countersign.common.protocol;

import java.util.List;
import java.util.UUID;

/**
 * A page of the feed. A snapshot is one line of this record without items, then one line per item.
 *
 * @param cursor the position after the last item that was looked at, also when none was for this
 *     device
 * @param more there is another page right away
 */
public record FeedPage(UUID epoch, long cursor, boolean more, List<FeedItem> items) {
  public FeedPage {
    items = items == null ? List.of() : List.copyOf(items);
  }
}
