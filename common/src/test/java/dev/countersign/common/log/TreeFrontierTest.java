package dev.countersign.common.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.crypto.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeFrontierTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 65_535, 65_536, 65_537})
  void frontierTilesAndDefinitionAgree(int size) {
    StoredLog log = StoredLog.of(size);
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(StoredLog.entry(i));
    }
    Hash root = log.frontier().root();
    assertThat(root.bytes()).isEqualTo(NaiveTree.root(entries));
    assertThat(MerkleTree.root(size, log.nodes())).isEqualTo(root);
    assertThat(TreeFrontier.of(size, log.nodes()).encode()).isEqualTo(log.frontier().encode());
    for (int level = 0; level < 4; level++) {
      for (long tile = 0; tile <= (size >>> 8 * (level + 1)) + 1; tile++) {
        assertThat(log.tile(level, tile)).hasSize(32 * Tiles.width(level, tile, size));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 65_537})
  void proofsOverTilesHoldAcrossTheirBorders(int size) {
    StoredLog log = StoredLog.of(size);
    Hash root = log.frontier().root();
    for (int index : new int[] {0, 1, 254, 255, 256, 257, 32_767, 32_768, 65_279, size - 1}) {
      InclusionProof proof = MerkleTree.inclusion(index, size, log.nodes());
      assertThat(proof.verify(StoredLog.leaf(index), index, size, root)).isTrue();
      assertThat(proof.verify(StoredLog.leaf(index + 1), index, size, root)).isFalse();
    }
    for (int older : new int[] {1, 255, 256, 257, 32_768, 65_279, 65_280, size - 1, size}) {
      Hash olderRoot = MerkleTree.root(older, log.nodes());
      ConsistencyProof proof = MerkleTree.consistency(older, size, log.nodes());
      assertThat(proof.verify(older, olderRoot, size, root)).isTrue();
      assertThat(proof.verify(older, Hash.ZERO, size, root)).isFalse();
    }
  }

  @Test
  void appendingNamesEveryCompletedTileHashOnceAndInOrder() {
    TreeFrontier frontier = new TreeFrontier();
    List<TileNode> nodes = new ArrayList<>();
    for (int batch = 0; batch < 66_000; batch += 100) {
      List<Hash> leaves = new ArrayList<>();
      for (int i = batch; i < batch + 100; i++) {
        leaves.add(StoredLog.leaf(i));
      }
      nodes.addAll(frontier.append(leaves));
    }
    assertThat(nodes).filteredOn(node -> node.level() == 1).hasSize(66_000 / 256);
    assertThat(nodes)
        .filteredOn(node -> node.level() == 2)
        .singleElement()
        .satisfies(node -> assertThat(node.index()).isZero());
    TileNode last = nodes.getLast();
    assertThat(last.index()).isEqualTo(256);
    assertThat(last.tile()).isEqualTo(1);
    assertThat(last.position()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 255, 256, 1000})
  void aFrontierComesBackFromItsBytesAndGoesOnTheSame(int size) {
    TreeFrontier original = StoredLog.of(size).frontier();
    TreeFrontier restored = TreeFrontier.decode(original.encode());
    assertThat(restored.size()).isEqualTo(size);
    assertThat(restored.root()).isEqualTo(original.root());
    for (int i = size; i < size + 300; i++) {
      original.append(StoredLog.leaf(i));
      restored.append(StoredLog.leaf(i));
    }
    assertThat(restored.root()).isEqualTo(original.root());
  }

  @Test
  void aCopyDoesNotFollowItsOriginal() {
    TreeFrontier original = StoredLog.of(5).frontier();
    TreeFrontier copy = original.copy();
    Hash before = original.root();
    original.append(StoredLog.leaf(5));
    assertThat(copy.root()).isEqualTo(before);
    copy.append(StoredLog.leaf(5));
    assertThat(copy.root()).isEqualTo(original.root());
  }

  @Test
  void bytesThatAreNoFrontierAreRefused() {
    byte[] good = StoredLog.of(5).frontier().encode();
    assertThatThrownBy(() -> TreeFrontier.decode(Arrays.copyOf(good, good.length - 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TreeFrontier.decode(Arrays.copyOf(good, good.length + 32)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TreeFrontier.decode(new byte[7]))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] negative = ByteBuffer.allocate(8 + 32).putLong(Long.MIN_VALUE).array();
    assertThatThrownBy(() -> TreeFrontier.decode(negative))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFrontierCannotBeTakenFromAStoreThatIsTooShort() {
    StoredLog log = StoredLog.of(10);
    assertThatThrownBy(() -> TreeFrontier.of(11, log.nodes()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "0, 0, 5, 5",
    "0, 0, 300, 256",
    "0, 1, 300, 44",
    "0, 2, 300, 0",
    "1, 0, 300, 1",
    "2, 0, 65535, 0",
    "2, 0, 65536, 1",
    "7, 0, 4611686018427387904, 64",
    "8, 0, 4611686018427387904, 0"
  })
  void tileWidthsFollowFromTheSize(int level, long index, long size, int width) {
    assertThat(Tiles.width(level, index, size)).isEqualTo(width);
  }
}
