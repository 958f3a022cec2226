package dev.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.server.audit.ReadLeaf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeGlanceTest {
  private static final String SALE =
      "{\"id\":\"c1\",\"type\":\"sale.completed\",\"entity\":\"e1\",\"actor\":\"a1\",\"body\":"
          + "{\"note\":\"\\\"total\\\":7,}\",\"lines\":[{\"total\":3},{\"type\":\"x\",\"total\":4}],"
          + "\"total\":-1250,\"more\":{\"total\":9}}}";

  @Test
  void aSaleIsSeenAsWhatItIs() {
    ChangeGlance change = of(SALE);
    assertThat(change.isSale()).isTrue();
    assertThat(change.total()).isEqualTo(-1250);
    assertThat(change.isThatOf(leaf("a1", "sale.completed", "e1"))).isTrue();
    assertThat(change.isThatOf(leaf("a2", "sale.completed", "e1"))).isFalse();
    assertThat(change.isThatOf(leaf("a1", "sale.complete", "e1"))).isFalse();
    assertThat(change.isThatOf(leaf("a1", "sale.completed", "e"))).isFalse();
    assertThat(change.isThatOf(leaf("a1", "sale.completed", ""))).isFalse();
  }

  @Test
  void whereItStandsInALargerArrayChangesNothing() {
    String before = "{\"type\":\"other\"},";
    byte[] bytes = (before + SALE + ",{\"total\":1}").getBytes(StandardCharsets.UTF_8);
    ChangeGlance change =
        ChangeGlance.of(bytes, before.length(), SALE.getBytes(StandardCharsets.UTF_8).length);
    assertThat(change.isSale()).isTrue();
    assertThat(change.total()).isEqualTo(-1250);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"type\" : \"shift.opened\" ,\n\"entity\":\"e\",\"actor\":\"a\", \"body\" : { } }",
        "{\"type\":\"shift.opened\",\"entity\":\"e\",\"actor\":\"a\"}",
        "{\"type\":\"shift.opened\",\"entity\":\"e\",\"actor\":\"a\",\"body\":null}",
        "{\"type\":\"shift.opened\",\"entity\":\"e\",\"actor\":\"a\",\"body\":[{\"total\":1}]}"
      })
  void whatIsNoSaleHasNoTotal(String text) {
    ChangeGlance change = of(text);
    assertThat(change.isSale()).isFalse();
    assertThat(change.total()).isZero();
    assertThat(change.isThatOf(leaf("a", "shift.opened", "e"))).isTrue();
  }

  /** What could be read in two ways is not read at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"sale.completed\",\"type\":\"shift.opened\"}",
        "{\"actor\":\"a\",\"type\":\"t\",\"actor\":\"b\"}",
        "{\"type\":\"t\",\"body\":{\"total\":1},\"body\":{\"total\":2}}",
        "{\"type\":\"t\",\"body\":{\"total\":1,\"total\":2}}",
        "{\"type\":\"t\",\"\\u0074ype\":\"u\"}",
        "{\"type\":\"t\",\"body\":{\"total\":1,\"tota\\u006c\":2}}",
        "",
        "[]",
        "null",
        "{\"type\"}",
        "{\"type\":}",
        "{\"type\":\"t\",}",
        "{,}",
        "{\"type\":\"t\"}}",
        "{\"type\":\"t\"} {",
        "{type:\"t\"}",
        "{\"body\":{\"total\":1]}"
      })
  void whatCanBeReadInTwoWaysOrInNoneIsRefused(String text) {
    assertThatThrownBy(() -> of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "\"12x\"", "\"12\"", "true", "1e3", "9223372036854775808", "{}"})
  void aTotalIsAWholeNumber(String total) {
    ChangeGlance change = of("{\"type\":\"sale.completed\",\"body\":{\"total\":" + total + "}}");
    assertThatThrownBy(change::total).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cutOffAnywhereItIsNoChange() {
    byte[] bytes = SALE.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ChangeGlance.of(cut, 0, cut.length))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static ChangeGlance of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ChangeGlance.of(bytes, 0, bytes.length);
  }

  private static ReadLeaf leaf(String who, String what, String entity) {
    String entry =
        "{\"index\":0,\"at\":\"2026-01-01T00:00:00Z\",\"who\":\"%s\",\"what\":\"%s\"%s}"
            .formatted(who, what, entity.isEmpty() ? "" : ",\"entity\":\"" + entity + "\"");
    byte[] bytes = entry.getBytes(StandardCharsets.UTF_8);
    return ReadLeaf.parse(bytes, 0, bytes.length);
  }
}
