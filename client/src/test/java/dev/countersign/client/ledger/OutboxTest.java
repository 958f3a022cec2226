package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.cashier;
import static dev.countersign.client.ledger.TillFixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.protocol.ReadBatch;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final byte[] ENVELOPE = {1, 2, 3};

  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void aTillWithAnOpenShift() throws Exception {
    till = TillFixture.in(temp);
    till.openShift();
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void aRunSealedTwiceGivesTheSameBytesAlsoAfterARestart() {
    sell(3);
    SealedBatch first = outbox().nextToSend().orElseThrow();
    sell(2);
    byte[] wire = first.envelope().encode();
    assertThat(outbox().nextToSend().orElseThrow().envelope().encode()).isEqualTo(wire);
    till.reopen();
    assertThat(outbox().nextToSend().orElseThrow().envelope().encode()).isEqualTo(wire);
  }

  @Test
  void batchesAreAChainOfContiguousRunsThatTheDeviceSigned() throws Exception {
    sell(2);
    SealedBatch first = outbox().nextToSend().orElseThrow();
    accept(first);
    sell(1);
    SealedBatch second = outbox().nextToSend().orElseThrow();
    ReadBatch one = BatchCodec.decode(first.payload());
    ReadBatch two = BatchCodec.decode(second.payload());
    assertThat(one.header().previous()).isEqualTo(Hash.ZERO);
    assertThat(one.header().firstChange()).isEqualTo(1);
    assertThat(one.header().lastChange()).isEqualTo(3);
    assertThat(one.header().feedCursor()).isEqualTo(10);
    assertThat(two.header().number()).isEqualTo(2);
    assertThat(two.header().previous()).isEqualTo(Hash.of(first.payload()));
    assertThat(two.header().firstChange()).isEqualTo(4);
    for (ReadBatch.Slice slice : one.changes()) {
      ChangeCodec.decode(one.payload(), slice.offset(), slice.length());
    }
    assertThat(first.envelope().keyId()).isEqualTo(till.ledger().enrolled().device().toString());
    assertThat(outbox().sign(BatchCodec.PAYLOAD_TYPE, first.payload()).signature())
        .isEqualTo(first.signature());
  }

  @Test
  void nothingWaitingIsNoBatch() throws Exception {
    accept(outbox().nextToSend().orElseThrow());
    assertThat(outbox().nextToSend()).isEmpty();
    assertThat(outbox().state()).isEqualTo(new OutboxState(0, null, 0, null));
  }

  @Test
  void aBatchHoldsAtMostFiveHundredChanges() {
    sell(Limits.BATCH_CHANGES + 5);
    SealedBatch batch = outbox().nextToSend().orElseThrow();
    assertThat(batch.last() - batch.first() + 1).isEqualTo(Limits.BATCH_CHANGES);
  }

  @Test
  void largeChangesGoInBatchesOfTheirOwn() throws Exception {
    List<BasketLine> lines = new ArrayList<>();
    for (int i = 1; i <= 3000; i++) {
      lines.add(new BasketLine(i, TillFixture.rum(), Quantity.ONE, TillFixture.each(1999), false));
    }
    Basket large = new Basket(TillFixture.USD, lines);
    till.ledger().complete(cashier(), draft(large));
    till.ledger().complete(cashier(), draft(large));
    SealedBatch first = outbox().nextToSend().orElseThrow();
    assertThat(first.payload().length).isBetween(Limits.BATCH_BYTES / 2, Limits.BATCH_BYTES);
    assertThat(first.last()).isEqualTo(2);
    accept(first);
    SealedBatch second = outbox().nextToSend().orElseThrow();
    assertThat(second.first()).isEqualTo(3);
    assertThat(second.last()).isEqualTo(3);
  }

  @Test
  void verdictsThatAreNotAcceptedWaitForAManager() throws Exception {
    sell(3);
    SealedBatch batch = outbox().nextToSend().orElseThrow();
    Acknowledgement ack =
        ack(
            batch,
            List.of(
                new Judged(1, Verdict.ACCEPTED, "", 1),
                new Judged(2, Verdict.FLAGGED, "clock-ahead", 2),
                new Judged(3, Verdict.QUARANTINED, "not-permitted", 3),
                new Judged(4, Verdict.ACCEPTED, "", 4)));
    outbox().acknowledged(1, ENVELOPE, ack);
    outbox().acknowledged(1, ENVELOPE, ack);
    assertThat(outbox().state()).isEqualTo(new OutboxState(0, null, 2, null));
    assertThat(till.device().books().needsManager())
        .extracting(VerdictView::receipt, VerdictView::verdict, VerdictView::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("R1-000002", Verdict.QUARANTINED, "not-permitted"),
            org.assertj.core.groups.Tuple.tuple("R1-000001", Verdict.FLAGGED, "clock-ahead"));
    assertThat(till.device().books().salesOn(DAY))
        .extracting(SaleView::standing)
        .containsExactly(
            SaleView.Standing.ACCEPTED, SaleView.Standing.QUARANTINED, SaleView.Standing.FLAGGED);
    assertThat(till.device().books().totals(DAY).sales())
        .as("quarantined does not count")
        .isEqualTo(2);
  }

  @Test
  void anAcknowledgementOfSomethingElseIsRefusedAndChangesNothing() {
    sell(1);
    SealedBatch batch = outbox().nextToSend().orElseThrow();
    Acknowledgement good = ack(batch, accepted(batch));
    List<Acknowledgement> bad =
        List.of(
            new Acknowledgement(
                good.tenant(),
                good.device(),
                1,
                Hash.ZERO.toHex(),
                good.received(),
                good.verdicts(),
                ""),
            new Acknowledgement(
                good.device(),
                good.device(),
                1,
                good.batchHash(),
                good.received(),
                good.verdicts(),
                ""),
            new Acknowledgement(
                good.tenant(),
                good.tenant(),
                1,
                good.batchHash(),
                good.received(),
                good.verdicts(),
                ""),
            ack(batch, List.of(new Judged(1, Verdict.ACCEPTED, "", 1))),
            ack(
                batch,
                List.of(
                    new Judged(1, Verdict.ACCEPTED, "", 1),
                    new Judged(3, Verdict.ACCEPTED, "", 1))));
    for (Acknowledgement ack : bad) {
      assertThatThrownBy(() -> outbox().acknowledged(1, ENVELOPE, ack))
          .isInstanceOf(AcknowledgementRefusedException.class);
    }
    assertThatThrownBy(() -> outbox().acknowledged(2, ENVELOPE, good))
        .isInstanceOf(AcknowledgementRefusedException.class);
    assertThat(outbox().state().waiting()).isEqualTo(2);
    assertThat(outbox().state().since()).isEqualTo(TillFixture.NOON);
  }

  @Test
  void aFrozenDeviceSellsOnAndSendsNothing() {
    outbox().frozen("fork");
    sell(1);
    assertThat(outbox().nextToSend()).isEmpty();
    till.reopen();
    assertThat(outbox().state().stopped()).isEqualTo("fork");
    outbox().resume();
    assertThat(outbox().nextToSend()).isPresent();
  }

  private Outbox outbox() {
    return till.device().outbox();
  }

  @Test
  void whatARestoredServerForgotIsHandedOverToo() throws Exception {
    for (int i = 0; i < 3; i++) {
      sell(1);
      accept(till.device().outbox().nextToSend().orElseThrow());
    }
    sell(2);
    Outbox.Unsent unsent = till.device().outbox().retire(1);
    assertThat(unsent.batches()).extracting(SealedBatch::number).containsExactly(2L, 3L, 4L);
    assertThat(unsent.changes()).isEqualTo(4);
    assertThat(unsent.sales()).isEqualTo(4);
    assertThat(till.device().outbox().retire(1).batches())
        .extracting(SealedBatch::hash)
        .isEqualTo(unsent.batches().stream().map(SealedBatch::hash).toList());
    assertThat(till.device().outbox().retire(3).batches())
        .extracting(SealedBatch::number)
        .containsExactly(4L);
  }

  private void sell(int times) {
    for (int i = 0; i < times; i++) {
      till.ledger().complete(cashier(), draft());
    }
  }

  private void accept(SealedBatch batch) throws Exception {
    outbox().acknowledged(batch.number(), ENVELOPE, ack(batch, accepted(batch)));
  }

  static List<Judged> accepted(SealedBatch batch) {
    List<Judged> verdicts = new ArrayList<>();
    for (long number = batch.first(); number <= batch.last(); number++) {
      verdicts.add(new Judged(number, Verdict.ACCEPTED, "", number));
    }
    return verdicts;
  }

  private Acknowledgement ack(SealedBatch batch, List<Judged> verdicts) {
    return new Acknowledgement(
        till.ledger().enrolled().tenant(),
        batch.device(),
        batch.number(),
        batch.hash().toHex(),
        TillFixture.NOON,
        verdicts,
        "checkpoint");
  }
}
