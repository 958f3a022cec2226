package dev.countersign.server.recheck;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.log.TileNode;
import dev.countersign.common.log.Tiles;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.common.log.TreeHasher;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.ReadBatch;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.ReadLeaf;
import dev.countersign.server.audit.StoredTiles;
import dev.countersign.server.ingest.StoredBatch;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads one run of entries after the other, hashes them and the payloads they rest on, and compares
 * with what is stored of the tree. Holds one run and one payload at a time. For one thread.
 */
final class RunCheck {
  private final TenantScope scope;
  private final StoredTiles tiles;
  private final TreeFrontier frontier;
  private final List<Flaw> flaws = new ArrayList<>();
  private final TreeHasher hasher = new TreeHasher();

  /** Hashes of the changes of the batch that was met last; null where its payload is no help. */
  private @Nullable Iterator<Hash> changes;

  private long bytes;
  private byte @Nullable [] held;
  private int heldLevel;
  private long heldIndex;

  /**
   * @param frontier over all entries before the first run; grows
   */
  RunCheck(TenantScope scope, TreeFrontier frontier) {
    this.scope = scope;
    this.tiles = new StoredTiles(scope.db());
    this.frontier = frontier;
  }

  List<Flaw> flaws() {
    return flaws;
  }

  /** How many bytes of entries and payloads were hashed. */
  long bytes() {
    return bytes;
  }

  /**
   * Checks the entries that stand next, a line each.
   *
   * @param seenSize how long the log was when it was seen before, with that root
   */
  void run(byte[] leaves, long seenSize, Hash seenRoot) throws SQLException {
    bytes += leaves.length;
    changes = null;
    long first = frontier.size();
    List<Hash> hashes = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < leaves.length; i++) {
      if (leaves[i] == '\n') {
        entry(first + hashes.size(), leaves, start, i - start);
        hashes.add(hasher.leaf(Arrays.copyOfRange(leaves, start, i)));
        start = i + 1;
      }
    }
    int before = (int) Math.clamp(seenSize - first, 0, hashes.size());
    List<TileNode> nodes = new ArrayList<>(frontier.append(hashes.subList(0, before)));
    if (before > 0 && frontier.size() == seenSize && !frontier.root().equals(seenRoot)) {
      flaws.add(
          new Flaw(
              seenSize,
              Flaw.Kind.HISTORY_REWRITTEN,
              "an earlier pass saw " + seenRoot + ", now it is " + frontier.root()));
    }
    nodes.addAll(frontier.append(hashes.subList(before, hashes.size())));
    tree(first, hashes);
    for (TileNode node : nodes) {
      compare(first, node.level(), node.index(), node.hash(), Flaw.Kind.TREE_CHANGED);
    }
  }

  private void tree(long first, List<Hash> hashes) {
    for (int i = 0; i < hashes.size(); i++) {
      compare(first + i, 0, first + i, hashes.get(i), Flaw.Kind.ENTRY_CHANGED);
    }
  }

  private void compare(long entry, int level, long index, Hash computed, Flaw.Kind kind) {
    byte[] tile = tile(level, index >>> Tiles.HEIGHT);
    int at = (int) (index & (Tiles.WIDTH - 1)) * Hash.LENGTH;
    boolean same =
        tile.length >= at + Hash.LENGTH
            && Arrays.equals(tile, at, at + Hash.LENGTH, computed.bytes(), 0, Hash.LENGTH);
    if (!same) {
      flaws.add(
          new Flaw(entry, kind, "level " + level + " of the tree, " + index + ": not " + computed));
    }
  }

  /** The tile read last is kept: neighbours ask for it again and again. */
  private byte[] tile(int level, long index) {
    byte[] kept = held;
    if (kept == null || heldLevel != level || heldIndex != index) {
      kept = tiles.tile(level, index);
      held = kept;
      heldLevel = level;
      heldIndex = index;
    }
    return kept;
  }

  private void entry(long index, byte[] leaves, int start, int length) throws SQLException {
    ReadLeaf leaf;
    try {
      leaf = ReadLeaf.parse(leaves, start, length);
    } catch (IllegalArgumentException e) {
      flaws.add(new Flaw(index, Flaw.Kind.ENTRY_CHANGED, String.valueOf(e.getMessage())));
      return;
    }
    if (leaf.index() != index) {
      flaws.add(new Flaw(index, Flaw.Kind.ENTRY_CHANGED, "entry " + leaf.index() + " stands here"));
      return;
    }
    if (!leaf.verdict().isEmpty()) {
      change(leaf);
    } else if (leaf.what().equals(AuditEntry.BATCH)) {
      changes = batch(leaf);
    } else if (leaf.what().equals(AuditEntry.DEVICE_KEY_ROTATED)) {
      statement(leaf);
    }
  }

  private void change(ReadLeaf leaf) {
    Iterator<Hash> awaited = changes;
    if (awaited == null) {
      return;
    }
    Hash next = awaited.hasNext() ? awaited.next() : null;
    if (next == null || !next.toHex().equals(leaf.payload())) {
      flaws.add(
          new Flaw(
              leaf.index(), Flaw.Kind.PAYLOAD_CHANGED, "the change has another hash: " + next));
    }
  }

  private @Nullable Iterator<Hash> batch(ReadLeaf leaf) throws SQLException {
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Row(byte[] payload, String signature) {}
    Optional<Row> row =
        device(leaf).isEmpty()
            ? Optional.empty()
            : scope
                .db()
                .first(
                    "SELECT payload, signature FROM batch WHERE device = ? AND number = ?",
                    each -> new Row(each.bytes(1), StrictBase64.encode(each.bytes(2))),
                    device(leaf).get(),
                    leaf.batch());
    if (row.isEmpty()) {
      flaws.add(
          new Flaw(leaf.index(), Flaw.Kind.PAYLOAD_MISSING, "batch " + leaf.batch() + " is gone"));
      return null;
    }
    Optional<byte[]> payload = unpacked(row.get().payload());
    if (payload.isEmpty()) {
      changed(leaf, "nothing that can be read");
      return null;
    }
    bytes += payload.get().length;
    Hash hash = Hash.of(payload.get());
    if (!hash.toHex().equals(leaf.payload())) {
      changed(leaf, hash.toHex());
      return null;
    }
    if (!row.get().signature().equals(leaf.signature())) {
      changed(leaf, "another signature");
    }
    return hashes(payload.get());
  }

  private static @Nullable Iterator<Hash> hashes(byte[] payload) {
    try {
      List<Hash> hashes = new ArrayList<>();
      for (ReadBatch.Slice slice : BatchCodec.decode(payload).changes()) {
        hashes.add(
            Hash.of(Arrays.copyOfRange(payload, slice.offset(), slice.offset() + slice.length())));
      }
      return hashes.iterator();
    } catch (BatchFormatException _) {
      // Its hash is right, so that is what the device signed.
      return null;
    }
  }

  private static Optional<byte[]> unpacked(byte[] stored) {
    try {
      return Optional.of(StoredBatch.unpack(stored));
    } catch (SQLException _) {
      return Optional.empty();
    }
  }

  private void statement(ReadLeaf leaf) throws SQLException {
    Optional<byte[]> statement =
        device(leaf).isEmpty()
            ? Optional.empty()
            : scope
                .db()
                .first(
                    "SELECT statement FROM former_key WHERE device = ? AND until = ?",
                    row -> row.bytes(1),
                    device(leaf).get(),
                    leaf.batch());
    if (statement.isEmpty()) {
      flaws.add(new Flaw(leaf.index(), Flaw.Kind.PAYLOAD_MISSING, "the statement is gone"));
    } else if (!Hash.of(statement.get()).toHex().equals(leaf.payload())) {
      changed(leaf, Hash.of(statement.get()).toHex());
    }
  }

  private void changed(ReadLeaf leaf, String found) {
    flaws.add(
        new Flaw(
            leaf.index(),
            Flaw.Kind.PAYLOAD_CHANGED,
            "logged " + leaf.payload() + ", stored " + found));
  }

  private static Optional<UUID> device(ReadLeaf leaf) {
    try {
      return Optional.of(UUID.fromString(leaf.device()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
