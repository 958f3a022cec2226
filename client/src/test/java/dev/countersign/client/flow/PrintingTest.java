package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.ReadBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintingTest {
  @TempDir Path temp;

  @Test
  void theCodeOnThePaperLeadsToTheBytesThatTheTillSends() throws Exception {
    try (TillFixture till = TillFixture.in(temp)) {
      till.openShift();
      till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      List<Receipt> printed = new ArrayList<>();
      var enrolled = till.ledger().enrolled();
      var printing =
          new Printing(
              till.device(),
              ReceiptWords::english,
              receipt -> {
                printed.add(receipt);
                return new PrintOutcome.Printed(true);
              });
      assertThat(printing.printReceipts(null)).isEmpty();
      byte[] sent = till.device().outbox().nextToSend().orElseThrow().payload();
      ReadBatch.Slice sale = BatchCodec.decode(sent).changes().getLast();
      Hash hash = Hash.of(Arrays.copyOfRange(sent, sale.offset(), sale.offset() + sale.length()));
      assertThat(printed).hasSize(1);
      assertThat(printed.getFirst().check())
          .startsWith(
              enrolled.server() + "/receipt/" + enrolled.tenant() + "/" + enrolled.device() + "/")
          .endsWith("/" + hash.toHex());
    }
  }
}
