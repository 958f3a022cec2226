package dev.countersign.common.protocol;

import dev.countersign.common.json.TextEnds;
import org.jspecify.annotations.Nullable;

/**
 * A batch whose header was read and whose changes were not looked at yet. They stand one behind the
 * other with a comma between them, and nothing but the end behind the last.
 *
 * @param firstChange where the first change begins
 * @param count how many changes the header says there are, 1 to {@link Limits#BATCH_CHANGES}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record OpenBatch(BatchHeader header, byte[] payload, int firstChange, int count) {
  /**
   * The position behind the change that begins here, found by its brackets and strings alone. What
   * stands inside is not looked at: a change that no parser accepts must not take its neighbours
   * with it.
   *
   * @throws BatchFormatException when no object begins here, or it does not end
   */
  public int endOfChange(int from) throws BatchFormatException {
    require(from < payload.length && payload[from] == '{', "a change must be an object");
    int depth = 0;
    for (int at = from; at < payload.length; at++) {
      byte b = payload[at];
      if (b == '"') {
        at = TextEnds.closing(payload, at + 1, payload.length);
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return at + 1;
      }
    }
    throw new BatchFormatException("a change that does not end", (@Nullable Throwable) null);
  }

  /**
   * Where the next change begins, or the payload's end behind the last.
   *
   * @param end the position behind a change
   * @param place that change's, from 0
   * @throws BatchFormatException when something else stands there
   */
  public int behind(int end, int place) throws BatchFormatException {
    if (place + 1 < count) {
      require(end < payload.length && payload[end] == ',', "the range does not fit the changes");
      return end + 1;
    }
    require(
        end + 2 == payload.length && payload[end] == ']' && payload[end + 1] == '}',
        "something else than the end after the changes");
    return payload.length;
  }

  private static void require(boolean condition, String otherwise) throws BatchFormatException {
    if (!condition) {
      throw new BatchFormatException(otherwise, (@Nullable Throwable) null);
    }
  }
}
