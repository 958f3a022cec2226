package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SellingUndoTest {
  @TempDir Path temp;

  @Test
  void whatWasRungUpStaysVisibleWhenItIsTakenBack() throws Exception {
    try (TillFixture till = TillFixture.in(temp)) {
      Selling selling = till.selling();
      selling.scan("080480280024");
      selling.scan("088004017309");
      selling.undo();
      Basket after = selling.undo().basket();
      assertThat(after.lines()).hasSize(2).allMatch(BasketLine::voided);
      assertThat(selling.running().priced().total().minor()).isZero();
      // Nor does a restart lose the trace, and the next goods come behind it.
      assertThat(till.ledger().draft()).contains(after);
      selling.scan("080480280024");
      assertThat(selling.undo().basket().lines()).hasSize(3).allMatch(BasketLine::voided);
    }
  }

  @Test
  void aSecondPieceOfTheSameStaysVisibleWhenItIsTakenBack() throws Exception {
    try (TillFixture till = TillFixture.in(temp)) {
      Selling selling = till.selling();
      selling.scan("080480280024");
      selling.scan("080480280024");
      Basket after = selling.undo().basket();
      assertThat(after.liveLines())
          .singleElement()
          .extracting(BasketLine::quantity)
          .isEqualTo(Quantity.ONE);
      assertThat(after.lines().getLast())
          .matches(BasketLine::voided)
          .extracting(BasketLine::quantity)
          .isEqualTo(Quantity.ONE);
      // So does what was typed as a count.
      selling.multiply(Quantity.of(6));
      selling.scan("080480280024");
      assertThat(selling.undo().basket().lines().getLast())
          .matches(BasketLine::voided)
          .extracting(BasketLine::quantity)
          .isEqualTo(Quantity.of(6));
    }
  }

  @Test
  void aBasketThatWasStruckThroughFirstIsThrownAwayForAllItHeld() throws Exception {
    try (TillFixture till = TillFixture.in(temp)) {
      till.openShift();
      Selling selling = till.selling();
      selling.scan("080480280024");
      selling.scan("088004017309");
      selling.undo();
      selling.voidLine(1);
      selling.discard(TillFixture.CASHIER, null);
      byte[] sent = till.device().outbox().nextToSend().orElseThrow().payload();
      assertThat(new String(sent, StandardCharsets.UTF_8))
          .contains("\"lines\":2,\"totalMinor\":3549");
    }
  }

  @Test
  void aVoidedLineComesBack() throws Exception {
    try (TillFixture till = TillFixture.in(temp)) {
      Selling selling = till.selling();
      Basket before = ((ScanOutcome.Added) selling.scan("080480280024")).running().basket();
      selling.voidLine(1);
      assertThat(selling.undo().basket()).isEqualTo(before);
    }
  }
}
