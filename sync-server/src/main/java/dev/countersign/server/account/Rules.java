package dev.countersign.server.account;

import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long a business lets things stand: rights on devices without a network, their keys, and what
 * they keep.
 */
public final class Rules {
  /** What can be set, with its usual value and its range. */
  public enum Name {
    /** Rights to sell, since a device was last heard of. */
    SELL("lease.sell", Duration.ofHours(24), Duration.ofHours(1), Duration.ofDays(31)),
    /** Rights to open items, other prices, returns and approvals. */
    OVERRIDE("lease.override", Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofDays(7)),
    /** Rights to change anything in the back office. */
    OFFICE("lease.office", Duration.ofHours(8), Duration.ofMinutes(5), Duration.ofDays(7)),
    /** A device's signing key, before it makes a new one. */
    DEVICE_KEY("device.key", Duration.ofDays(365), Duration.ofDays(1), Duration.ofDays(3650)),
    /** What a till keeps of sales and refunds, back from now; older ones it asks for. */
    KEEP_TILL("keep.till", Duration.ofDays(90), Duration.ofDays(1), Duration.ofDays(3650)),
    /** What an office keeps of its store's sales: thirteen months, to compare with a year ago. */
    KEEP_OFFICE("keep.office", Duration.ofDays(396), Duration.ofDays(1), Duration.ofDays(3650)),
    /** For how long a device that is away is told one by one what is gone; then it starts anew. */
    FEED_MARKS("feed.marks", Duration.ofDays(90), Duration.ofDays(1), Duration.ofDays(3650));

    private final String word;
    private final Duration usual;
    private final Duration least;
    private final Duration most;

    Name(String word, Duration usual, Duration least, Duration most) {
      this.word = word;
      this.usual = usual;
      this.least = least;
      this.most = most;
    }

    /** As it is stored and typed. */
    public String word() {
      return word;
    }

    /** The rule of this word, or empty when there is none. */
    public static Optional<Name> named(String word) {
      return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }
  }

  /** What stands for this tenant, or is usual. */
  public Duration value(TenantScope scope, Name name) throws SQLException {
    return scope
        .db()
        .first("SELECT seconds FROM rule WHERE name = ?", row -> row.integer(1), name.word)
        .map(Duration::ofSeconds)
        .orElse(name.usual);
  }

  /** How old a device's key may become. */
  Duration deviceKeyLife(TenantScope scope) throws SQLException {
    return value(scope, Name.DEVICE_KEY);
  }

  public Map<Name, Duration> all(TenantScope scope) throws SQLException {
    Map<Name, Duration> all = new EnumMap<>(Name.class);
    for (Name name : Name.values()) {
      all.put(name, value(scope, name));
    }
    return all;
  }

  /**
   * Sets a rule.
   *
   * @throws RefusedException outside of its range
   */
  public void set(TenantScope scope, Name name, Duration value) throws SQLException {
    if (value.compareTo(name.least) < 0 || value.compareTo(name.most) > 0) {
      throw new RefusedException(
          name.word + " is from " + name.least + " to " + name.most + ", not " + value + ".");
    }
    int known =
        scope
            .db()
            .update("UPDATE rule SET seconds = ? WHERE name = ?", value.toSeconds(), name.word);
    if (known == 0) {
      scope
          .db()
          .update("INSERT INTO rule (name, seconds) VALUES (?, ?)", name.word, value.toSeconds());
    }
  }
}
