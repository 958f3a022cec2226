package dev.countersign.common.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.crypto.Hash;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {
  private static final int EVERY = 300;
  private static final List<byte[]> ENTRIES = entries(EVERY);
  private static final StoredLog LOG = StoredLog.of(EVERY);
  private static final List<Hash> ROOTS = roots();

  @Test
  void rootsAreThoseOfThePublishedReferenceEntries() {
    String[] entries = {
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f"
    };
    String[] roots = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    };
    TreeFrontier frontier = new TreeFrontier();
    for (int i = 0; i < entries.length; i++) {
      frontier.append(MerkleTree.leafHash(HexFormat.of().parseHex(entries[i])));
      assertThat(frontier.root().toHex()).isEqualTo(roots[i]);
    }
  }

  @Test
  void theEmptyLogHasTheHashOfNothing() {
    assertThat(MerkleTree.emptyRoot().toHex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(MerkleTree.root(0, LOG.nodes())).isEqualTo(MerkleTree.emptyRoot());
    assertThat(new TreeFrontier().root()).isEqualTo(MerkleTree.emptyRoot());
  }

  @Test
  void everyRootIsThatOfTheDefinition() {
    for (int size = 0; size <= EVERY; size++) {
      byte[] expected = NaiveTree.root(ENTRIES.subList(0, size));
      assertThat(ROOTS.get(size).bytes()).as("size %d", size).isEqualTo(expected);
      assertThat(MerkleTree.root(size, LOG.nodes())).as("size %d", size).isEqualTo(ROOTS.get(size));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 63, 100, 255, 256, 257, 300})
  void proofsAreThoseOfTheDefinition(int size) {
    List<byte[]> entries = ENTRIES.subList(0, size);
    for (int index = 0; index < size; index += 1 + size / 20) {
      assertThat(MerkleTree.inclusion(index, size, LOG.nodes()).encode())
          .isEqualTo(joined(NaiveTree.path(index, entries)));
    }
    for (int older = 1; older < size; older += 1 + size / 20) {
      assertThat(MerkleTree.consistency(older, size, LOG.nodes()).encode())
          .isEqualTo(joined(NaiveTree.proof(older, entries)));
    }
  }

  @Test
  void everyInclusionUpToThreeHundredHoldsAndNoTamperedOneDoes() {
    NodeSource nodes = LOG.nodes();
    for (int size = 1; size <= EVERY; size++) {
      Hash root = ROOTS.get(size);
      for (int index = 0; index < size; index++) {
        Hash leaf = nodes.node(0, index);
        InclusionProof proof = MerkleTree.inclusion(index, size, nodes);
        assertTrue(proof.verify(leaf, index, size, root), index, size);
        assertFalse(proof.verify(changed(leaf), index, size, root), index, size);
        assertFalse(proof.verify(leaf, index, size, changed(root)), index, size);
        assertFalse(proof.verify(leaf, index - 1, size, root), index, size);
        assertFalse(proof.verify(leaf, index + 1, size, root), index, size);
        for (List<Hash> tampered : tamperings(proof.path())) {
          assertFalse(new InclusionProof(tampered).verify(leaf, index, size, root), index, size);
        }
      }
    }
  }

  @Test
  void everyConsistencyUpToThreeHundredHoldsAndNoTamperedOneDoes() {
    NodeSource nodes = LOG.nodes();
    for (int newer = 1; newer <= EVERY; newer++) {
      Hash root = ROOTS.get(newer);
      for (int older = 0; older <= newer; older++) {
        Hash olderRoot = ROOTS.get(older);
        ConsistencyProof proof = MerkleTree.consistency(older, newer, nodes);
        assertTrue(proof.verify(older, olderRoot, newer, root), older, newer);
        assertFalse(proof.verify(older, changed(olderRoot), newer, root), older, newer);
        if (older > 0) {
          // The empty log is a beginning of any log, whatever its root.
          assertFalse(proof.verify(older, olderRoot, newer, changed(root)), older, newer);
        }
        for (List<Hash> tampered : tamperings(proof.path())) {
          ConsistencyProof forged = new ConsistencyProof(tampered);
          assertFalse(forged.verify(older, olderRoot, newer, root), older, newer);
        }
      }
    }
  }

  @Test
  void aLogThatChangedOneOldEntryIsNotConsistent() {
    StoredLog rewritten = new StoredLog();
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < EVERY; i++) {
      leaves.add(i == 17 ? MerkleTree.leafHash(new byte[] {1}) : StoredLog.leaf(i));
    }
    rewritten.append(leaves);
    ConsistencyProof proof = MerkleTree.consistency(200, EVERY, rewritten.nodes());
    assertThat(proof.verify(200, ROOTS.get(200), EVERY, rewritten.frontier().root())).isFalse();
  }

  @Test
  void aLeafCannotPassForAnInnerNode() {
    byte[] joined = new byte[64];
    StoredLog.leaf(0).copyTo(joined, 0);
    StoredLog.leaf(1).copyTo(joined, 32);
    assertThat(MerkleTree.leafHash(joined)).isNotEqualTo(ROOTS.get(2));
  }

  @ParameterizedTest
  @CsvSource({"-1,5", "5,5", "0,0", "0,-1", "0,4611686018427387905"})
  void noInclusionOfWhatIsNotThere(long index, long size) {
    assertThatThrownBy(() -> MerkleTree.inclusion(index, size, LOG.nodes()))
        .isInstanceOf(IllegalArgumentException.class);
    InclusionProof empty = new InclusionProof(List.of());
    assertThat(empty.verify(StoredLog.leaf(0), index, size, StoredLog.leaf(0))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-1,5", "6,5", "0,-1", "1,4611686018427387905"})
  void noConsistencyOfImpossibleSizes(long older, long newer) {
    assertThatThrownBy(() -> MerkleTree.consistency(older, newer, LOG.nodes()))
        .isInstanceOf(IllegalArgumentException.class);
    ConsistencyProof empty = new ConsistencyProof(List.of());
    assertThat(empty.verify(older, ROOTS.get(1), newer, ROOTS.get(1))).isFalse();
  }

  @Test
  void theEmptyLogIsOnlyConsistentWithItsOneRoot() {
    ConsistencyProof empty = new ConsistencyProof(List.of());
    Hash nothing = MerkleTree.emptyRoot();
    assertThat(empty.verify(0, nothing, 0, nothing)).isTrue();
    assertThat(empty.verify(0, nothing, 0, ROOTS.get(1))).isFalse();
    assertThat(empty.verify(0, ROOTS.get(1), 5, ROOTS.get(5))).isFalse();
  }

  @Test
  void aPathThatIsTooLongOrTooShortForTheSizesIsRefusedEvenIfItsHashesFit() {
    Hash extra = Hash.ZERO;
    InclusionProof inclusion = MerkleTree.inclusion(2, 4, LOG.nodes());
    InclusionProof longer = new InclusionProof(plus(inclusion.path(), extra));
    Hash above = MerkleTree.nodeHash(extra, ROOTS.get(4));
    assertThat(longer.verify(StoredLog.leaf(2), 2, 4, above)).isFalse();

    ConsistencyProof consistency = MerkleTree.consistency(3, 5, LOG.nodes());
    ConsistencyProof grown = new ConsistencyProof(plus(consistency.path(), extra));
    Hash olderAbove = MerkleTree.nodeHash(extra, ROOTS.get(3));
    Hash newerAbove = MerkleTree.nodeHash(extra, ROOTS.get(5));
    assertThat(grown.verify(3, olderAbove, 5, newerAbove)).isFalse();

    ConsistencyProof half = new ConsistencyProof(List.of(StoredLog.leaf(1)));
    assertThat(half.verify(1, ROOTS.get(1), 2, ROOTS.get(2))).isTrue();
    assertThat(half.verify(1, ROOTS.get(1), 4, ROOTS.get(2))).isFalse();
    assertThat(new ConsistencyProof(List.of()).verify(3, ROOTS.get(3), 5, ROOTS.get(5))).isFalse();
  }

  @Test
  void proofsComeBackFromTheirBytes() {
    InclusionProof inclusion = MerkleTree.inclusion(100, EVERY, LOG.nodes());
    ConsistencyProof consistency = MerkleTree.consistency(100, EVERY, LOG.nodes());
    assertThat(InclusionProof.decode(inclusion.encode())).isEqualTo(inclusion);
    assertThat(ConsistencyProof.decode(consistency.encode())).isEqualTo(consistency);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 33, 125 * 32})
  void bytesThatAreNoProofAreRefused(int length) {
    assertThatThrownBy(() -> InclusionProof.decode(new byte[length]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConsistencyProof.decode(new byte[length]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<List<Hash>> tamperings(List<Hash> path) {
    List<List<Hash>> all = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      List<Hash> changed = new ArrayList<>(path);
      changed.set(i, changed(path.get(i)));
      all.add(changed);
      List<Hash> dropped = new ArrayList<>(path);
      dropped.remove(i);
      all.add(dropped);
    }
    all.add(plus(path, Hash.ZERO));
    return all;
  }

  private static List<Hash> plus(List<Hash> path, Hash hash) {
    List<Hash> longer = new ArrayList<>(path);
    longer.add(hash);
    return longer;
  }

  private static Hash changed(Hash hash) {
    byte[] bytes = hash.bytes();
    bytes[31] ^= 1;
    return Hash.fromBytes(bytes);
  }

  private static byte[] joined(List<byte[]> hashes) {
    byte[] joined = new byte[hashes.size() * 32];
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i), 0, joined, i * 32, 32);
    }
    return joined;
  }

  private static List<byte[]> entries(int count) {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(StoredLog.entry(i));
    }
    return entries;
  }

  private static List<Hash> roots() {
    TreeFrontier frontier = new TreeFrontier();
    List<Hash> roots = new ArrayList<>(List.of(frontier.root()));
    for (int i = 0; i < EVERY; i++) {
      frontier.append(StoredLog.leaf(i));
      roots.add(frontier.root());
    }
    return roots;
  }

  // Plain conditions: a million AssertJ chains would take longer than the hashing.
  private static void assertTrue(boolean holds, int first, int second) {
    if (!holds) {
      throw new AssertionError("refused for %d, %d".formatted(first, second));
    }
  }

  private static void assertFalse(boolean holds, int first, int second) {
    if (holds) {
      throw new AssertionError("believed for %d, %d".formatted(first, second));
    }
  }
}
