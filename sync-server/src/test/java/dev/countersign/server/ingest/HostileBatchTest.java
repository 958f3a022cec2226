package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.bench.SellingTill;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBatchTest {
  @TempDir Path folder;
  private TestShop shop;
  private SellingTill till;

  @BeforeEach
  void open() throws SQLException {
    shop = new TestShop(folder);
    till = shop.enrol();
  }

  @AfterEach
  void close() throws SQLException {
    shop.close();
  }

  @Test
  void anyBitOfTheEnvelopeFlipped() throws Exception {
    // A second till with a key of its own: a changed key id might find it.
    shop.enrol();
    Envelope envelope = till.seal(List.of(till.opening(), sale()));
    byte[] bytes = envelope.encode();
    List<Object> before = shop.state();
    int payloadStart = 4 + 4 + envelope.payloadType().length() + 4 + envelope.keyId().length() + 4;
    int payloadEnd = payloadStart + envelope.payload().length;
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      boolean inPayload = bit / 8 >= payloadStart && bit / 8 < payloadEnd;
      if (!inPayload || bit % 7 == 0) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        try {
          assertThat(shop.accept(Envelope.decode(bytes)))
              .as("bit " + bit)
              .isEqualTo(new IngestOutcome.BadSignature());
        } catch (EnvelopeFormatException _) {
          // Refused before it is looked at.
        }
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
    assertThat(shop.state()).isEqualTo(before);
    assertThat(shop.accept(Envelope.decode(bytes))).isInstanceOf(IngestOutcome.Stored.class);
  }

  @Test
  void anUnknownDeviceIsAnsweredLikeAWrongSignature() throws Exception {
    SellingTill stranger =
        new SellingTill(
            new SellingTill.Registered(
                shop.tenant,
                UUID.randomUUID(),
                shop.store,
                shop.register,
                "R9",
                "USD",
                shop.cashier),
            SigningKey.generate(shop.random),
            () -> shop.now,
            shop.random);
    assertThat(shop.accept(stranger.seal(List.of(stranger.opening()))))
        .isEqualTo(new IngestOutcome.BadSignature());
  }

  @Test
  void payloadTypeConfusion() throws Exception {
    byte[] payload = till.seal(List.of(till.opening())).payload();
    Envelope confused =
        Envelope.seal(
            Acknowledgement.PAYLOAD_TYPE,
            payload,
            till.registered().device().toString(),
            till.key());
    assertThat(shop.accept(confused)).isEqualTo(new IngestOutcome.BadSignature());
  }

  @Test
  void anotherTenantsIdUnderAValidSignature() throws Exception {
    assertForeign(UUID.randomUUID(), till.registered().device());
  }

  @Test
  void anotherDevicesIdUnderAValidSignatureIsRefusedAndLogged() throws Exception {
    assertForeign(shop.tenant, shop.enrol().registered().device());
  }

  @Test
  void replayAcrossDevices() throws Exception {
    SellingTill other = shop.enrol();
    byte[] payload = till.seal(List.of(till.opening())).payload();
    Envelope replayed =
        Envelope.seal(
            BatchCodec.PAYLOAD_TYPE, payload, other.registered().device().toString(), other.key());
    assertThat(shop.accept(replayed)).isEqualTo(new IngestOutcome.Foreign());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|malformed",
        "{\"type\":\"sale.refunded.by.magic\"}|unknown-type",
        "{\"type\":\"sale.completed\",\"version\":2,\"body\":{}}|newer-version",
        "{\"type\":\"sale.completed\",\"version\":99999999999,\"body\":{}}|malformed",
        "{\"type\":\"sale.completed\",\"version\":1,\"body\":{}}|malformed",
        "{\"id\":7}|malformed",
        "{\"surprise\":true}|malformed",
        "{\"id\":\"0-0-0-0-0\"}|malformed",
        "{\"at\":\"yesterday\"}|malformed",
        "{\"type\":\"\\ud800\"}|malformed",
        "{\"type\":\"\\udc00\\ud800\"}|malformed"
      })
  void aPoisonChangeMidBatch(String poison, String code) throws Exception {
    Change opening = till.opening();
    Change before = sale();
    till.change(till.id(), till.saleBody(shop.product, 1)); // its number and receipt are lost
    Change after = sale();
    Envelope batch =
        till.sealEncoded(
            List.of(
                ChangeCodec.encode(opening),
                ChangeCodec.encode(before),
                poison.getBytes(StandardCharsets.UTF_8),
                ChangeCodec.encode(after)),
            1);
    var stored = (IngestOutcome.Stored) shop.accept(batch);
    var verdicts = stored.acknowledgement().verdicts();
    assertThat(verdicts.get(1).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(verdicts.get(2).verdict()).isEqualTo(Verdict.QUARANTINED);
    assertThat(verdicts.get(2).code()).isEqualTo(code);
    assertThat(verdicts.get(3).verdict()).isEqualTo(Verdict.FLAGGED);
    assertThat(verdicts.get(3).code()).isEqualTo("receipt-gap");
    assertThat(shop.count("sale")).isEqualTo(2);
    assertThat(new ServerBooks().quarantine(shop.scope(), 9))
        .singleElement()
        .matches(kept -> kept.type().equals("unreadable") && kept.change() == 3);
  }

  @Test
  void aTimeBeyondEveryClockDoesNotStopTheBatch() throws Exception {
    Change opening = till.opening();
    Change sale = sale();
    Change after = sale();
    String json = new String(ChangeCodec.encode(sale), StandardCharsets.UTF_8);
    String far =
        json.replace("\"at\":\"" + sale.at() + "\"", "\"at\":\"+1000000000-12-31T23:59:59Z\"");
    assertThat(far).isNotEqualTo(json);
    Envelope batch =
        till.sealEncoded(
            List.of(
                ChangeCodec.encode(opening),
                far.getBytes(StandardCharsets.UTF_8),
                ChangeCodec.encode(after)),
            1);
    var stored = (IngestOutcome.Stored) shop.accept(batch);
    var verdicts = stored.acknowledgement().verdicts();
    assertThat(verdicts.get(1).code()).isEqualTo("malformed");
    assertThat(verdicts.get(2).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void aLoneSurrogateIsQuarantined() throws Exception {
    Change sale = sale();
    String json = new String(ChangeCodec.encode(sale), StandardCharsets.UTF_8);
    byte[] escaped = json.replace("\"Gin\"", "\"\\ud83d\"").getBytes(StandardCharsets.UTF_8);
    assertThat(codeOf(escaped)).isEqualTo("malformed");
  }

  @Test
  void aWholeSurrogatePairInANameIsFine() throws Exception {
    Change sale = sale();
    String json = new String(ChangeCodec.encode(sale), StandardCharsets.UTF_8);
    byte[] escaped = json.replace("\"Gin\"", "\"\\ud83d\\ude00\"").getBytes(StandardCharsets.UTF_8);
    assertThat(codeOf(escaped)).doesNotContain("malformed");
  }

  @Test
  void twoToTheFiftyThirdPlusOneIsExact() throws Exception {
    long odd = (1L << 53) + 1;
    Change sale = till.sale(shop.product, odd);
    byte[] bytes = ChangeCodec.encode(sale);
    Change read = ChangeCodec.decode(bytes, 0, bytes.length);
    assertThat(((SaleCompleted) read.body()).total()).isEqualTo(odd);
    // Exact, and beyond what a shop believes.
    assertThat(codeOf(bytes)).isEqualTo("amount-out-of-range");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1999.0", "1.999e3", "\"1999\"", "null", "true"})
  void anAmountThatIsNoIntegerIsQuarantined(String amount) throws Exception {
    String json = new String(ChangeCodec.encode(sale()), StandardCharsets.UTF_8);
    assertThat(codeOf(json.replace("\"total\":1999", "\"total\":" + amount).getBytes()))
        .isEqualTo("malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "01", "0x10", "+5"})
  void notANumberIsQuarantined(String amount) throws Exception {
    String json = new String(ChangeCodec.encode(sale()), StandardCharsets.UTF_8);
    assertThat(codeOf(json.replace("\"total\":1999", "\"total\":" + amount).getBytes()))
        .isEqualTo("malformed");
    assertThat(shop.count("sale")).isZero();
  }

  @Test
  void duplicateJsonKeysAreQuarantined() throws Exception {
    String json = new String(ChangeCodec.encode(sale()), StandardCharsets.UTF_8);
    assertThat(codeOf(json.replace("\"total\":1999", "\"total\":1999,\"total\":1").getBytes()))
        .isEqualTo("malformed");
    assertThat(shop.count("sale")).isZero();
  }

  @Test
  void aHeaderWithADuplicateKeyIsMalformed() throws Exception {
    String payload = payloadOf(new String(ChangeCodec.encode(sale()), StandardCharsets.UTF_8));
    assertMalformed(payload.replace("\"number\":1,", "\"number\":1,\"number\":2,"));
  }

  @Test
  void somethingAfterTheBatchIsMalformed() throws Exception {
    assertMalformed(
        payloadOf(new String(ChangeCodec.encode(sale()), StandardCharsets.UTF_8)) + "{}");
  }

  @Test
  void deepNestingIsMalformedOrQuarantinedAndNothingBreaks() throws Exception {
    String deep = "{\"a\":" + "[".repeat(4000) + "]".repeat(4000) + "}";
    shop.accept(till.sign(payloadOf(deep).getBytes(StandardCharsets.UTF_8)));
    assertThat(shop.count("sale")).isZero();
  }

  @Test
  void aChangeUnderAnotherNumberThanItsPlaceIsQuarantined() throws Exception {
    Change opening = till.opening();
    Change second = sale();
    Change third = sale();
    Envelope batch =
        till.sealEncoded(
            List.of(
                ChangeCodec.encode(opening), ChangeCodec.encode(third), ChangeCodec.encode(second)),
            1);
    var verdicts = ((IngestOutcome.Stored) shop.accept(batch)).acknowledgement().verdicts();
    assertThat(verdicts)
        .extracting(Acknowledgement.Judged::code)
        .containsExactly("", "wrong-number", "wrong-number");
  }

  @Test
  void aBatchThatLeavesOutChangesIsKeptAndCountsForNothing() throws Exception {
    shop.accept(till.seal(List.of(till.opening())));
    till.change(till.id(), till.saleBody(shop.product, 5));
    Change later = sale();
    var verdicts =
        ((IngestOutcome.Stored) shop.accept(till.seal(List.of(later))))
            .acknowledgement()
            .verdicts();
    assertThat(verdicts).extracting(Acknowledgement.Judged::code).containsExactly("wrong-number");
  }

  private void assertForeign(UUID tenant, UUID device) throws Exception {
    BatchHeader own = till.header(1, Hash.ZERO, 1, 1);
    BatchHeader foreign =
        new BatchHeader(
            tenant,
            device,
            own.epoch(),
            1,
            Hash.ZERO,
            1,
            1,
            own.boot(),
            0,
            own.wall(),
            own.policy(),
            own.feedCursor());
    byte[] payload = BatchCodec.encode(foreign, List.of(ChangeCodec.encode(till.opening())));
    long logged = shop.logSize();
    assertThat(shop.accept(till.sign(payload))).isEqualTo(new IngestOutcome.Foreign());
    assertThat(shop.count("batch")).isZero();
    assertThat(shop.logSize()).isEqualTo(logged + 1);
  }

  private void assertMalformed(String payload) throws SQLException {
    List<Object> before = shop.state();
    assertThat(shop.accept(till.sign(payload.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IngestOutcome.Malformed.class);
    assertThat(shop.state()).isEqualTo(before);
  }

  /** The verdict's code on the only change of a first batch. */
  private String codeOf(byte[] change) throws SQLException {
    var stored = (IngestOutcome.Stored) shop.accept(till.sealEncoded(List.of(change), 1));
    return stored.acknowledgement().verdicts().getFirst().code();
  }

  private String payloadOf(String change) {
    byte[] empty = BatchCodec.encode(till.header(1, Hash.ZERO, 1, 1), List.of(new byte[0]));
    return new String(empty, StandardCharsets.UTF_8).replace("[]", "[" + change + "]");
  }

  private Change sale() {
    return till.sale(shop.product, 1999);
  }
}
