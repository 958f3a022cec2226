package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.KeyLine;
import dev.countersign.common.protocol.Succession;
import dev.countersign.common.protocol.Succession.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that this device believes: the server's and its log's, from those of the enrolment on,
 * and the pins of the server's certificate. They change only by statements that the key before
 * consents to, and those are kept. Safe for any thread.
 */
public final class KnownKeys {
  private final TillStore store;
  private final Enrolled enrolled;
  private final String logName;
  private volatile Lines lines;

  private record Lines(KeyLine server, KeyLine log) {
    KeyLine of(Kind kind) {
      return kind == Kind.LOG ? log : server;
    }

    Lines with(Kind kind, KeyLine line) {
      return kind == Kind.LOG ? new Lines(server, line) : new Lines(line, log);
    }
  }

  KnownKeys(TillStore store, Enrolled enrolled) {
    this.store = store;
    this.enrolled = enrolled;
    LogKey first = LogKey.parse(enrolled.logKey());
    this.logName = first.name();
    Lines begun =
        new Lines(
            KeyLine.of(Kind.SERVER, Succession.SERVER, enrolled.serverKey()),
            KeyLine.of(Kind.LOG, enrolled.tenant().toString(), first.key()));
    for (Kind kind : List.of(Kind.SERVER, Kind.LOG)) {
      for (byte[] statement : stored(kind)) {
        if (begun.of(kind).follow(statement) instanceof KeyLine.Step.Grown(KeyLine line, var _)) {
          begun = begun.with(kind, line);
        }
      }
    }
    this.lines = begun;
  }

  /** What came of a list of statements. */
  public sealed interface Learned {
    /** There is a new key; it is stored. */
    record News() implements Learned {}

    /** Nothing that was not known. */
    record Nothing() implements Learned {}

    /** Two successors of one key. Nothing was stored; whoever showed this is not believed. */
    record Forked(String reason) implements Learned {}
  }

  /** The server's key in use. */
  public VerifyKey serverKey() {
    return lines.server().newest();
  }

  /** The log's key in use. */
  public LogKey logKey() {
    return new LogKey(logName, lines.log().newest());
  }

  /** Every key that the log had since this device knows it, the first one first. */
  public List<LogKey> logKeys() {
    return lines.log().keys().stream().map(key -> new LogKey(logName, key)).toList();
  }

  /**
   * The pins of the server's certificate that are believed: the one of the last statement that
   * brought one, and the one before, which the server shows until it is started again. Empty when
   * the system's trust decides.
   */
  public List<String> pins() {
    String first = enrolled.serverPin();
    return lines.server().pins(first == null ? List.of() : List.of(first));
  }

  /** The newest pin, or null when the system's trust decides. */
  public @Nullable String newestPin() {
    List<String> pins = pins();
    return pins.isEmpty() ? null : pins.getLast();
  }

  /**
   * Follows statements of the server's or the log's key, oldest first. Those that none of our keys
   * consents to are passed over.
   */
  public synchronized Learned learn(Kind kind, List<byte[]> statements) {
    KeyLine line = lines.of(kind);
    List<byte[]> news = new ArrayList<>();
    for (byte[] statement : statements) {
      switch (line.follow(statement)) {
        case KeyLine.Step.Grown(KeyLine longer, var _) -> {
          line = longer;
          news.add(statement);
        }
        case KeyLine.Step.Forked(String reason) -> {
          return new Learned.Forked(reason);
        }
        case KeyLine.Step.Known _, KeyLine.Step.Refused _ -> {
          // Nothing to learn from it.
        }
      }
    }
    if (news.isEmpty()) {
      return new Learned.Nothing();
    }
    store.write(
        db -> {
          for (byte[] statement : news) {
            db.update(
                "INSERT INTO succession (kind, statement) VALUES (?, ?)", kind.name(), statement);
          }
          return news.size();
        });
    lines = lines.with(kind, line);
    return new Learned.News();
  }

  private List<byte[]> stored(Kind kind) {
    return store.read(
        db ->
            db.list(
                "SELECT statement FROM succession WHERE kind = ? ORDER BY rowid",
                row -> row.bytes(1),
                kind.name()));
  }
}
