package dev.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.MerkleTree;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.Succession;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.Cosignatures;
import dev.countersign.server.audit.StoredTiles;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.export.ExportReport.Contradiction;
import dev.countersign.server.ingest.IngestOutcome;
import dev.countersign.server.ingest.TestShop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What tills and witnesses signed of a log stands against whoever holds the log's key and rewrites
 * it. Two verifiers, written apart, say the same.
 */
class OthersWordsTest {
  @TempDir Path folder;
  private TestShop shop;
  private SellingTill till;
  private LogKey key;
  private Forger forger;

  @BeforeEach
  void open() throws SQLException {
    shop = new TestShop(folder);
    till = shop.enrol();
    key = new LogKey("test.example/log", shop.logKey().verifyKey());
    forger = new Forger(key.name(), shop.logKey());
    take(till.opening(), till.sale(shop.product, 700));
    note("price.list.printed");
  }

  @AfterEach
  void close() throws SQLException {
    shop.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 4, 5})
  void aZReportOverABeginningOfTheLogAgreesWithIt(long size) throws Exception {
    Hash root = size == 0 ? Hash.of(new byte[0]) : root(size);
    take(till.sale(shop.product, 100));
    take(closing(new ShiftClosed.LogHead(size, root.toHex())));
    byte[] export = export();
    assertThat(both(export)).isInstanceOf(ExportReport.Sound.class);
    List<String> lines = Forger.lines(export);
    assertThat(lines.get(proof(lines) - 1)).contains("\"shift.closed\"");
  }

  @Test
  void aZReportOfATillThatHadSeenNothingSaysNothing() throws Exception {
    take(closing(null));
    assertThat(both(export())).isInstanceOf(ExportReport.Sound.class);
    assertThat(proof(Forger.lines(export()))).isNegative();
  }

  @Test
  void whoRewritesTheLogContradictsTheZReport() throws Exception {
    ShiftClosed.LogHead head = seen();
    take(closing(head), till.sale(shop.product, 1));
    List<String> lines = Forger.lines(export());
    assertContradicted(both(forger.rewritten(edited(lines))), head.size());
  }

  /** The verdict is the server's word, so it does not decide whether the till's word is heard. */
  @Test
  void nobodyIsRidOfAZReportBySettingItAside() throws Exception {
    ShiftClosed.LogHead head = seen();
    take(closing(head));
    List<String> lines = edited(Forger.lines(export()));
    int entry = Forger.indexOf(lines, "Q ") - 1;
    lines.set(
        entry,
        lines.get(entry).replaceAll("ACCEPTED\"|FLAGGED\",\"code\":\"[^\"]*\"", "QUARANTINED\""));
    assertThat(lines.get(entry)).contains("QUARANTINED");
    assertContradicted(both(forger.rewritten(lines)), head.size());
    lines.remove(entry + 1);
    assertThat(both(forger.rewritten(lines))).isInstanceOf(ExportReport.Broken.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 1_000_000, Long.MAX_VALUE})
  void aZReportOverALogThatNeverWasIsToldAndEndsNothing(long size) throws Exception {
    take(closing(new ShiftClosed.LogHead(size, "0b".repeat(32))));
    take(till.sale(shop.product, 2));
    ExportReport report = both(export());
    assertContradicted(report, size);
    assertThat(((ExportReport.Contradicted) report).rest().sales()).isEqualTo(2);
  }

  @Test
  void aProofThatIsMissingOrTooManyOrNoneIsFound() throws Exception {
    take(closing(seen()), till.sale(shop.product, 1));
    List<String> lines = Forger.lines(export());
    int at = proof(lines);
    List<String> without = new ArrayList<>(lines);
    without.remove(at);
    assertThat(both(forger.signedAgain(without))).isInstanceOf(ExportReport.Broken.class);
    List<String> twice = new ArrayList<>(lines);
    twice.add(at, lines.get(at));
    assertThat(both(forger.signedAgain(twice))).isInstanceOf(ExportReport.Broken.class);
    List<String> torn = new ArrayList<>(lines);
    torn.set(at, "Q AAAA");
    assertThat(both(forger.signedAgain(torn))).isInstanceOf(ExportReport.Broken.class);
    List<String> other = new ArrayList<>(lines);
    other.set(at, "Q " + StrictBase64.encode(new byte[64]));
    assertThat(both(forger.signedAgain(other))).isInstanceOf(ExportReport.Contradicted.class);
    assertThat(both(Forger.joined(other))).isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void aZReportThatNobodyCanReadSaysNothing() throws Exception {
    byte[] closing = ChangeCodec.encode(closing(seen()));
    byte[] nonsense =
        new String(closing, StandardCharsets.UTF_8)
            .replaceFirst("\"root\":\"[0-9a-f]{4}", "\"root\":\"nope")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(shop.accept(till.sealEncoded(List.of(nonsense), till.nextChange() - 1)))
        .isInstanceOf(IngestOutcome.Stored.class);
    assertThat(both(export())).isInstanceOf(ExportReport.Sound.class);
  }

  @Test
  void anExportSaysWhichDeviceWitnessedWhat() throws Exception {
    SellingTill other = shop.enrol();
    witness(till, checkpoint());
    note("one.more");
    witness(other, checkpoint());
    note("and.another");
    Instant at = shop.now.truncatedTo(ChronoUnit.SECONDS);
    long size = shop.logSize();
    assertThat(both(export()))
        .isInstanceOfSatisfying(
            ExportReport.Sound.class,
            sound ->
                assertThat(sound.witnesses())
                    .containsExactly(
                        new ExportReport.Witness(other.registered().device(), size - 1, at),
                        new ExportReport.Witness(till.registered().device(), size - 2, at)));
  }

  @Test
  void whoRewritesTheLogContradictsItsWitnesses() throws Exception {
    long size = shop.logSize();
    witness(till, checkpoint());
    assertSplit(both(forger.rewritten(edited(Forger.lines(export())))), size);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100})
  void aCosignatureOfAnotherLogUnderItsKeyIsASplit(long more) throws Exception {
    long size = shop.logSize() + more;
    Hash root = Hash.of(new byte[] {1});
    witness(till, Checkpoint.sign(key.name(), size, root, shop.logKey()));
    assertSplit(both(export()), size);
  }

  @Test
  void aWordThatIsNotTheDevicesIsFound() throws Exception {
    SignedCheckpoint head = checkpoint();
    witness(till, head);
    List<String> lines = Forger.lines(export());
    int at = Forger.indexOf(lines, "W ");
    SigningKey stranger = SigningKey.generate(shop.random);
    UUID device = till.registered().device();
    String name = LogKey.ofDevice(device, stranger.verifyKey()).name();
    String byNobody = head.text();
    String byAnother = head.cosigned(name, shop.now, stranger).text();
    String ofNoLog =
        cosigned(till, Checkpoint.sign(key.name(), head.checkpoint().size(), root(4), stranger));
    for (String text : List.of(byNobody, byAnother, ofNoLog)) {
      assertThat(both(with(lines, at, device, text))).isInstanceOf(ExportReport.Broken.class);
    }
    assertThat(both(with(lines, at, UUID.randomUUID(), cosigned(till, head))))
        .isInstanceOf(ExportReport.Broken.class);
    assertThat(both(with(lines, at, device, cosigned(till, head))))
        .isInstanceOf(ExportReport.Sound.class);
  }

  /** The key before the trusted one is known by the next one's word that it follows it. */
  @Test
  void wordsUnderAFormerKeyOfTheLogAreHeardByWhoTrustsTheNextOne() throws Exception {
    SignedCheckpoint head = checkpoint();
    witness(till, head);
    SigningKey next = SigningKey.generate(shop.random);
    LogKey nextKey = new LogKey(key.name(), next.verifyKey());
    Succession said =
        new Succession(
            Succession.Kind.LOG,
            shop.tenant.toString(),
            2,
            key.key().toBase64(),
            next.verifyKey().toBase64(),
            0,
            shop.now,
            null);
    List<String> lines = Forger.lines(export());
    lines.set(2, "K " + nextKey.text());
    byte[] statement = Succession.seal(said, shop.logKey(), next).encode();
    lines.add(3, "N " + StrictBase64.encode(statement));
    Forger successor = new Forger(key.name(), next);
    for (LogKey pinned : List.of(key, nextKey)) {
      assertThat(SecondVerifier.both(folder, pinned, successor.rewritten(lines), head.text()))
          .isInstanceOfSatisfying(
              ExportReport.Sound.class, sound -> assertThat(sound.witnesses()).hasSize(1));
      assertThat(SecondVerifier.both(folder, pinned, successor.rewritten(edited(lines))))
          .isInstanceOf(ExportReport.Contradicted.class);
    }
    lines.remove(3);
    assertThat(SecondVerifier.both(folder, nextKey, successor.rewritten(lines)))
        .isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void everyAlteredByteOfWhatOthersSayIsFound() throws Exception {
    witness(till, checkpoint());
    take(closing(seen()));
    byte[] export = export();
    String text = new String(export, StandardCharsets.ISO_8859_1);
    for (String kind : List.of("\nW ", "\nQ ")) {
      int from = text.indexOf(kind) + 1;
      for (int i = from; i <= text.indexOf('\n', from); i++) {
        byte before = export[i];
        for (int flip : new int[] {0x01, 0x20}) {
          export[i] = (byte) (before ^ flip);
          assertThat(
                  new ExportVerifier(key, Runnable::run).verify(new ByteArrayInputStream(export)))
              .as("byte " + i)
              .isInstanceOf(ExportReport.Broken.class);
        }
        export[i] = before;
      }
    }
    assertThat(both(export)).isInstanceOf(ExportReport.Sound.class);
  }

  private void assertContradicted(ExportReport report, long size) {
    assertThat(report)
        .isInstanceOfSatisfying(
            ExportReport.Contradicted.class,
            contradicted ->
                assertThat(contradicted.first())
                    .singleElement()
                    .isInstanceOfSatisfying(
                        Contradiction.Report.class,
                        found -> {
                          assertThat(found.device())
                              .isEqualTo(till.registered().device().toString());
                          assertThat(found.shift()).isEqualTo(till.shift().toString());
                          assertThat(found.size()).isEqualTo(size);
                        }));
  }

  private void assertSplit(ExportReport report, long size) {
    assertThat(report)
        .isInstanceOfSatisfying(
            ExportReport.Contradicted.class,
            contradicted -> {
              assertThat(contradicted.rest().witnesses()).isEmpty();
              assertThat(contradicted.first())
                  .singleElement()
                  .isInstanceOfSatisfying(
                      Contradiction.Split.class,
                      found -> {
                        assertThat(found.device()).isEqualTo(till.registered().device().toString());
                        assertThat(found.size()).isEqualTo(size);
                      });
            });
  }

  /** An entry that no device signed, edited in place. */
  private static List<String> edited(List<String> lines) {
    return new ArrayList<>(
        lines.stream()
            .map(line -> line.replace("price.list.printed", "price.list.forgotten"))
            .toList());
  }

  private static int proof(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("Q ")) {
        return i;
      }
    }
    return -1;
  }

  private byte[] with(List<String> lines, int at, UUID device, String text) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(
        at, "W " + device + " " + StrictBase64.encode(text.getBytes(StandardCharsets.UTF_8)));
    return forger.signedAgain(changed);
  }

  private ShiftClosed.LogHead seen() throws SQLException {
    Checkpoint now = checkpoint().checkpoint();
    return new ShiftClosed.LogHead(now.size(), now.root().toHex());
  }

  private SignedCheckpoint checkpoint() throws SQLException {
    return shop.log.checkpoint(shop.scope());
  }

  private Hash root(long size) throws SQLException {
    return MerkleTree.root(size, new StoredTiles(shop.db()).nodes());
  }

  private String cosigned(SellingTill witness, SignedCheckpoint head) {
    UUID device = witness.registered().device();
    String name = LogKey.ofDevice(device, witness.key().verifyKey()).name();
    return head.cosigned(name, shop.now, witness.key()).text();
  }

  private void witness(SellingTill witness, SignedCheckpoint head) throws SQLException {
    String text = cosigned(witness, head);
    assertThat(Checkpoint.parse(text, key.name(), key.key()))
        .isInstanceOf(CheckpointReading.Verified.class);
    UUID device = witness.registered().device();
    Cosignatures.Taken taken =
        shop.write(
            scope ->
                new Cosignatures()
                    .take(scope, LogKey.ofDevice(device, witness.key().verifyKey()), device, text));
    assertThat(taken).isNotEqualTo(Cosignatures.Taken.REFUSED);
  }

  private Change closing(ShiftClosed.@Nullable LogHead log) {
    return till.change(
        till.shift(),
        new ShiftClosed(
            shop.store,
            shop.register,
            1,
            LocalDate.ofInstant(shop.now, ZoneOffset.UTC),
            "USD",
            1,
            700,
            10_700,
            10_700,
            List.of(),
            List.of(),
            null,
            ShiftFigures.NONE,
            log));
  }

  private void take(Change... changes) throws SQLException {
    assertThat(shop.accept(till.seal(List.of(changes)))).isInstanceOf(IngestOutcome.Stored.class);
  }

  private void note(String what) throws SQLException {
    shop.write(
        scope ->
            shop.log.append(
                scope, List.of(AuditEntry.act(shop.now, AuditEntry.SYSTEM, "", what, "", ""))));
  }

  private ExportReport both(byte[] export) throws Exception {
    return SecondVerifier.both(folder, key, export);
  }

  private byte[] export() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Export(shop.log).write(shop.scope(), out);
    return out.toByteArray();
  }
}
