package dev.countersign.server.audit;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.log.InclusionProof;
import dev.countersign.common.log.MerkleTree;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.log.TileNode;
import dev.countersign.common.log.Tiles;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.common.log.TreeHasher;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The audit log of a tenant: an RFC 6962 tree over its entries, with a signed checkpoint after
 * every append. What is appended becomes durable with the work it is about, because both are in the
 * scope's transaction. Holds nothing itself; safe for any thread as the scope is.
 */
public final class AuditLog {
  private final SecureRandom random;

  /** With salts from the system. */
  public AuditLog() {
    this(new SecureRandom());
  }

  /**
   * @param random for the salts of commitments
   */
  public AuditLog(SecureRandom random) {
    this.random = random;
  }

  /** What an append came to. */
  public record Appended(long first, SignedCheckpoint checkpoint) {}

  /**
   * Entries hashed into the tree and not yet written, so that signing can go on while other rows
   * are written.
   *
   * @param first index of the first entry
   * @param checkpoint what is to be signed
   */
  public record Draft(
      long first,
      int count,
      byte[] leaves,
      List<Hash> leafHashes,
      List<TileNode> nodes,
      TreeFrontier frontier,
      Checkpoint checkpoint,
      List<Opening> openings) {

    /** Signs the checkpoint and packs the entries: slow, and without the database. */
    public Sealed seal(TenantScope scope) {
      SignedCheckpoint signed =
          Checkpoint.sign(
              checkpoint.origin(), checkpoint.size(), checkpoint.root(), scope.logKey());
      return new Sealed(this, signed, LeafRun.pack(leaves));
    }
  }

  /** Entries that only have to be written. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Sealed(Draft draft, SignedCheckpoint checkpoint, byte[] packed) {}

  /**
   * Appends entries in order and signs the new head.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Appended append(TenantScope scope, List<AuditEntry> entries) throws SQLException {
    Draft draft = draft(end(scope).get(), scope.logOrigin(), entries);
    Sealed sealed = draft.seal(scope);
    write(scope, sealed);
    return new Appended(draft.first(), sealed.checkpoint());
  }

  /** The index that the next entry will get. */
  public long size(TenantScope scope) throws SQLException {
    return scope.db().first("SELECT size FROM audit_head", row -> row.integer(1)).orElse(0L);
  }

  /** The tree's right edge, where the next entry goes, soon. */
  public Db.Answer<TreeFrontier> end(TenantScope scope) throws SQLException {
    Db.Answer<Optional<TreeFrontier>> found =
        scope
            .db()
            .firstSoon("SELECT frontier FROM audit_head", row -> TreeFrontier.decode(row.bytes(1)));
    return () -> found.get().orElseGet(TreeFrontier::new);
  }

  /**
   * The first half of an append: hashes, without the database.
   *
   * @param frontier {@link #end} in the same transaction; it is moved on
   * @param origin the scope's
   * @throws IllegalArgumentException if there are no entries
   */
  public Draft draft(TreeFrontier frontier, String origin, List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("nothing to append");
    }
    long first = frontier.size();
    LeafWriter writer = new LeafWriter(entries.size());
    TreeHasher hasher = new TreeHasher();
    List<Hash> leafHashes = new ArrayList<>(entries.size());
    long index = first;
    List<Opening> openings = new ArrayList<>();
    for (AuditEntry entry : entries) {
      int start = writer.length();
      Optional<Opening> opening = Opening.of(index, entry, random);
      opening.ifPresent(openings::add);
      writer.write(index++, opening.map(each -> entry.from(each.commitment())).orElse(entry));
      leafHashes.add(hasher.leaf(writer.from(start)));
      writer.endLine();
    }
    List<TileNode> nodes = frontier.append(leafHashes);
    Checkpoint checkpoint = new Checkpoint(origin, frontier.size(), frontier.root());
    return new Draft(
        first, entries.size(), writer.from(0), leafHashes, nodes, frontier, checkpoint, openings);
  }

  /** The second half of an append; in the same transaction as the first. */
  public void write(TenantScope scope, Sealed sealed) throws SQLException {
    Db db = scope.db();
    Draft draft = sealed.draft();
    db.updateSoon(
        "INSERT INTO audit_run (first, count, leaves) VALUES (?, ?, ?)",
        draft.first(),
        draft.count(),
        sealed.packed());
    new StoredTiles(db).append(draft.first(), draft.leafHashes(), draft.nodes());
    for (Opening opening : draft.openings()) {
      db.updateSoon(
          "INSERT INTO audit_opening (entry, who, salt, address) VALUES (?, ?, ?, ?)",
          opening.entry(),
          opening.who(),
          opening.salt(),
          opening.address());
    }
    writeHead(db, draft, sealed.checkpoint().text());
  }

  private static void writeHead(Db db, Draft draft, String checkpoint) throws SQLException {
    long size = draft.checkpoint().size();
    byte[] frontier = draft.frontier().encode();
    if (draft.first() == 0) {
      db.update(
          "INSERT INTO audit_head (one, size, frontier, checkpoint) VALUES (1, ?, ?, ?)",
          size,
          frontier,
          checkpoint);
      return;
    }
    int updated =
        db.updateSoon(
                "UPDATE audit_head SET size = ?, frontier = ?, checkpoint = ? WHERE size = ?",
                size,
                frontier,
                checkpoint,
                draft.first())
            .get();
    if (updated != 1) {
      throw new SQLException("the log's end moved inside the transaction");
    }
  }

  /**
   * The signed checkpoint over everything appended so far; an empty log has one too.
   *
   * @throws IllegalStateException if what is stored is not a checkpoint of this log under its key
   */
  public SignedCheckpoint checkpoint(TenantScope scope) throws SQLException {
    Optional<String> stored =
        scope.db().first("SELECT checkpoint FROM audit_head", row -> row.text(1));
    if (stored.isEmpty()) {
      return Checkpoint.sign(scope.logOrigin(), 0, MerkleTree.emptyRoot(), scope.logKey());
    }
    CheckpointReading reading =
        Checkpoint.parse(stored.get(), scope.logOrigin(), scope.logKey().verifyKey());
    if (reading instanceof CheckpointReading.Verified verified) {
      return verified.checkpoint();
    }
    throw new IllegalStateException("the stored checkpoint is not this log's: " + reading);
  }

  /**
   * The proof that an entry is in the log of that size.
   *
   * @throws IllegalArgumentException unless 0 ≤ index &lt; size ≤ the log's size
   */
  public InclusionProof inclusion(TenantScope scope, long index, long size) throws SQLException {
    requireWithin(scope, size);
    return MerkleTree.inclusion(index, size, new StoredTiles(scope.db()).nodes());
  }

  /**
   * The proof that the log of size {@code from} is a beginning of the log of size {@code to}.
   *
   * @throws IllegalArgumentException unless 0 ≤ from ≤ to ≤ the log's size
   */
  public ConsistencyProof consistency(TenantScope scope, long from, long to) throws SQLException {
    requireWithin(scope, to);
    return MerkleTree.consistency(from, to, new StoredTiles(scope.db()).nodes());
  }

  /** The JSON bytes of an entry, as they were hashed; empty beyond the log's end. */
  public Optional<byte[]> leaf(TenantScope scope, long index) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT first, leaves FROM audit_run WHERE first <= ? ORDER BY first DESC LIMIT 1",
            row -> LeafRun.leaf(LeafRun.unpack(row.bytes(2)), index - row.integer(1)),
            index)
        .flatMap(leaf -> leaf);
  }

  /** What is still known of the commitments in a run of entries. */
  public List<Opening> openings(TenantScope scope, long from, long to) throws SQLException {
    return scope
        .db()
        .list(
            "SELECT entry, who, salt, address FROM audit_opening WHERE entry >= ? AND entry < ?"
                + " ORDER BY entry",
            row -> new Opening(row.integer(1), row.text(2), row.bytes(3), row.text(4)),
            from,
            to);
  }

  /** Forgets where somebody came from: salts and addresses. Entries and proofs stay as they are. */
  public void forget(TenantScope scope, String who) throws SQLException {
    scope.db().update("DELETE FROM audit_opening WHERE who = ?", who);
  }

  /**
   * The hashes of a tile (C2SP tlog-tiles); empty where the log does not reach that far.
   *
   * @param level 0 for leaf hashes
   * @param width 1 to 256 hashes
   */
  public Optional<byte[]> tile(TenantScope scope, int level, long index, int width)
      throws SQLException {
    if (Tiles.width(level, index, size(scope)) < width) {
      return Optional.empty();
    }
    byte[] stored = new StoredTiles(scope.db()).tile(level, index);
    if (stored.length < width * Hash.LENGTH) {
      throw new SQLException("tile " + level + "/" + index + " is not as long as the log says");
    }
    return Optional.of(Arrays.copyOf(stored, width * Hash.LENGTH));
  }

  /** Whether the log once was of that size under that root, or is. */
  public static boolean was(TenantScope scope, long size, Hash root) throws SQLException {
    long now = scope.db().first("SELECT size FROM audit_head", row -> row.integer(1)).orElse(0L);
    return size <= now && MerkleTree.root(size, new StoredTiles(scope.db()).nodes()).equals(root);
  }

  private void requireWithin(TenantScope scope, long size) throws SQLException {
    long stored = size(scope);
    if (size > stored) {
      throw new IllegalArgumentException("the log has " + stored + " entries, not " + size);
    }
  }
}
