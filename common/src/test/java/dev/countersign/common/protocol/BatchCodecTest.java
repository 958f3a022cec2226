package dev.countersign.common.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.Changes;
import dev.countersign.common.crypto.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCodecTest {
  private static BatchHeader header(long first, long last) {
    return new BatchHeader(
        new UUID(1, 1),
        new UUID(2, 2),
        new UUID(3, 3),
        5,
        Hash.sha256("before".getBytes(StandardCharsets.UTF_8), 0, 6),
        first,
        last,
        new UUID(4, 4),
        123_456_789L,
        Instant.parse("2026-03-01T10:00:00.123Z"),
        1,
        77);
  }

  private static byte[] batch(int changes) {
    List<byte[]> encoded = new ArrayList<>();
    for (int i = 1; i <= changes; i++) {
      encoded.add(ChangeCodec.encode(Changes.sale(i, List.of(Changes.line(1, "1", i * 100L)))));
    }
    return BatchCodec.encode(header(1, changes), encoded);
  }

  @Test
  void aBatchComesApartIntoTheVeryBytesThatWentIn() throws Exception {
    byte[] payload = batch(500);
    ReadBatch read = BatchCodec.decode(payload);
    assertThat(read.header()).isEqualTo(header(1, 500));
    assertThat(read.changes()).hasSize(500);
    for (int i = 0; i < 500; i++) {
      ReadBatch.Slice slice = read.changes().get(i);
      Change change = ChangeCodec.decode(payload, slice.offset(), slice.length());
      assertThat(change)
          .isEqualTo(Changes.sale(i + 1, List.of(Changes.line(1, "1", (i + 1) * 100L))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":[[[[]]]],\"amount\":1e999}",
        "{\"id\":1,\"id\":2}",
        "{\"amount\":NaN}",
        "{\"name\":\"\\ud800\"}",
        "{\"a\":\"}],\\\"\\\\\"}",
        "{nonsense}",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
      })
  void aPoisonedChangeLeavesItsNeighboursReadable(String poisoned) throws Exception {
    byte[] good = ChangeCodec.encode(Changes.sale(1, List.of(Changes.line(1, "1", 100))));
    byte[] poison = poisoned.getBytes(StandardCharsets.UTF_8);
    byte[] payload = BatchCodec.encode(header(1, 3), List.of(good, poison, good));
    ReadBatch read = BatchCodec.decode(payload);
    assertThat(slice(read, 0)).isEqualTo(good);
    assertThat(slice(read, 1)).isEqualTo(poison);
    assertThat(slice(read, 2)).isEqualTo(good);
  }

  @Test
  void namesBeyondAsciiDoNotShiftTheSlices() throws Exception {
    byte[] accented = "{\"name\":\"Crème de Cassis 日本 🍸\"}".getBytes(StandardCharsets.UTF_8);
    ReadBatch read =
        BatchCodec.decode(BatchCodec.encode(header(1, 2), List.of(accented, accented)));
    assertThat(slice(read, 1)).isEqualTo(accented);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"tenant\":\"x\"}",
        "\"changes\"",
        "{\"changes\":[]}",
        "{",
      })
  void whatIsNoBatchIsRefused(String text) {
    assertThatThrownBy(() -> BatchCodec.decode(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(BatchFormatException.class);
  }

  @Test
  void headersAreStrict() {
    String text = new String(batch(2), StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            text.replace("\"number\":5", "\"number\":0"),
            text.replace("\"number\":5", "\"number\":5.0"),
            text.replace("\"number\":5", "\"number\":5,\"number\":5"),
            text.replace("\"lastChange\":2", "\"lastChange\":3"),
            text.replace("\"wall\":\"2026", "\"wall\":\"26"),
            text.replace("]}", "],\"more\":1}"),
            text + " {}",
            text.substring(0, text.length() - 1))) {
      assertThatThrownBy(() -> BatchCodec.decode(bad.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(BatchFormatException.class);
    }
  }

  @Test
  void limitsHoldOnBothSides() {
    byte[] small = "{}".getBytes(StandardCharsets.UTF_8);
    List<byte[]> many = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      many.add(small);
    }
    assertThatThrownBy(() -> BatchCodec.encode(header(1, 501), many))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] large = ("{\"a\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> BatchCodec.encode(header(1, 1), List.of(large)))
        .isInstanceOf(IllegalArgumentException.class);
    String over =
        new String(BatchCodec.encode(header(1, 1), List.of(small)), StandardCharsets.UTF_8)
            .replace("\"lastChange\":1", "\"lastChange\":501")
            .replace("[{}]", "[" + "{},".repeat(500) + "{}]");
    assertThatThrownBy(() -> BatchCodec.decode(over.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(BatchFormatException.class);
  }

  private static byte[] slice(ReadBatch read, int index) {
    ReadBatch.Slice slice = read.changes().get(index);
    return java.util.Arrays.copyOfRange(
        read.payload(), slice.offset(), slice.offset() + slice.length());
  }
}
