package dev.countersign.common.protocol;

import dev.countersign.common.crypto.VerifyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one owner, from the one that was trusted first to the one in use. Grows only by
 * statements that the last key consents to. Immutable, safe for any thread.
 */
public final class KeyLine {
  private final Succession.Kind kind;
  private final String owner;
  private final List<VerifyKey> keys;
  private final List<byte[]> statements;

  private KeyLine(
      Succession.Kind kind, String owner, List<VerifyKey> keys, List<byte[]> statements) {
    this.kind = kind;
    this.owner = owner;
    this.keys = List.copyOf(keys);
    this.statements = List.copyOf(statements);
  }

  /** What a further statement means. */
  public sealed interface Step {
    /** The line with one more key. */
    record Grown(KeyLine line, Succession succession) implements Step {}

    /** Nothing new: known already, or from before the first key of this line. */
    record Known() implements Step {}

    /** A key of this line consented to two successors: somebody else holds it, or lies. */
    record Forked(String reason) implements Step {}

    /** Not a statement that a key of this line consents to. */
    record Refused() implements Step {}
  }

  /** A line that begins with a key that is trusted for another reason. */
  public static KeyLine of(Succession.Kind kind, String owner, VerifyKey first) {
    return new KeyLine(kind, owner, List.of(first), List.of());
  }

  /** The key in use. */
  public VerifyKey newest() {
    return keys.getLast();
  }

  /** All keys, the first one first. */
  public List<VerifyKey> keys() {
    return keys;
  }

  /** The statements that the line grew by. */
  public List<byte[]> statements() {
    return statements;
  }

  /**
   * The pins of the server's certificate that are believed by this line: the one of the last
   * statement that brought one, and the one before, which the server shows until it is started
   * again.
   *
   * @param before those that were believed with the line's first key, the newest last; empty stays
   *     empty, as the system's trust decides then
   */
  public List<String> pins(List<String> before) {
    if (before.isEmpty()) {
      return List.of();
    }
    List<String> pins = new ArrayList<>(before);
    for (byte[] statement : statements) {
      Succession.claimed(statement).map(Succession::pin).ifPresent(pins::add);
    }
    return List.copyOf(pins.subList(Math.max(0, pins.size() - 2), pins.size()));
  }

  /** Looks at a further statement. */
  public Step follow(byte[] statement) {
    Optional<Succession> claimed = Succession.claimed(statement);
    if (claimed.isEmpty() || claimed.get().kind() != kind || !claimed.get().owner().equals(owner)) {
      return new Step.Refused();
    }
    Succession said = claimed.get();
    int place = place(said.previous());
    if (place < 0) {
      // Not ours to judge: what came before the first key, or something foreign.
      return place(said.key()) == 0 ? new Step.Known() : new Step.Refused();
    }
    VerifyKey previous = keys.get(place);
    if (Succession.read(statement, previous).isEmpty()) {
      return new Step.Refused();
    }
    if (place + 1 < keys.size()) {
      return keys.get(place + 1).toBase64().equals(said.key())
          ? new Step.Known()
          : new Step.Forked("key " + said.number() + " of the " + word() + " has two forms");
    }
    if (place(said.key()) >= 0) {
      return new Step.Forked("a former key of the " + word() + " came back");
    }
    List<VerifyKey> longer = new ArrayList<>(keys);
    longer.add(VerifyKey.fromBase64(said.key()));
    List<byte[]> grown = new ArrayList<>(statements);
    grown.add(statement);
    return new Step.Grown(new KeyLine(kind, owner, longer, grown), said);
  }

  private int place(String key) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).toBase64().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  private String word() {
    return kind == Succession.Kind.LOG ? "log" : "server";
  }
}
