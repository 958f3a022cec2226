package dev.countersign.common.protocol;

import dev.countersign.common.crypto.StrictBase64;
import java.util.ArrayList;
import java.util.List;

/**
 * Every succession of one key, oldest first: what a server publishes, so that whoever was away can
 * follow.
 *
 * @param statements base64
 */
public record Successions(List<String> statements) {
  /** More than any key has in its life. */
  public static final int MOST = 1_000;

  public Successions {
    statements = statements == null ? List.of() : List.copyOf(statements);
  }

  /** Of the statements' bytes. */
  public static Successions of(List<byte[]> statements) {
    return new Successions(statements.stream().map(StrictBase64::encode).toList());
  }

  /**
   * The statements' bytes.
   *
   * @throws IllegalArgumentException when one is not canonical base64, or there are too many
   */
  public List<byte[]> bytes() {
    if (statements.size() > MOST) {
      throw new IllegalArgumentException("more successions than any key has");
    }
    List<byte[]> bytes = new ArrayList<>();
    for (String statement : statements) {
      bytes.add(StrictBase64.decode(statement));
    }
    return bytes;
  }
}
