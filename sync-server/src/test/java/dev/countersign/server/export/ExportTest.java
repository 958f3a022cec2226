package dev.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.log.LogKey;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.ingest.IngestOutcome;
import dev.countersign.server.ingest.ServerBooks;
import dev.countersign.server.ingest.TestShop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class ExportTest {
  @Parameter Stored stored;
  @TempDir Path folder;
  private TestShop shop;
  private SellingTill till;
  private LogKey key;
  private Forger forger;

  @BeforeEach
  void open() throws SQLException {
    shop = new TestShop(folder, stored);
    till = shop.enrol();
    key = new LogKey("test.example/log", shop.logKey().verifyKey());
    forger = new Forger(key.name(), shop.logKey());
  }

  @AfterEach
  void close() throws SQLException {
    shop.close();
  }

  @Test
  void anHonestExportIsSoundAndSaysWhatTheBooksSay() throws Exception {
    sell(3);
    SellingTill other = shop.enrol();
    shop.accept(other.seal(List.of(other.opening(), other.sale(shop.product, 250))));
    shop.db().update("UPDATE device SET state = 'revoked' WHERE series = 'R2'");
    shop.accept(other.seal(List.of(other.sale(shop.product, 250))));
    sell(300);
    var books = new ServerBooks().grandTotal(shop.scope());
    assertThat(verify(export()))
        .isEqualTo(
            new ExportReport.Sound(
                shop.logSize(), 4, books.sales(), books.total(), "USD", List.of()));
    assertThat(books.sales()).isEqualTo(304);
  }

  @Test
  void anExportOfAnEmptyLogIsSound() throws Exception {
    try (TestShop empty = new TestShop(Files.createDirectory(folder.resolve("empty")), stored)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new Export(empty.log).write(empty.scope(), out);
      LogKey itsKey = new LogKey("test.example/log", empty.logKey().verifyKey());
      assertThat(new ExportVerifier(itsKey, Runnable::run).verify(in(out.toByteArray())))
          .isEqualTo(new ExportReport.Sound(0, 0, 0, 0, "USD", List.of()));
    }
  }

  @Test
  void everyAlteredByteIsFound() throws Exception {
    sell(2);
    byte[] export = export();
    for (int i = 0; i < export.length; i++) {
      byte before = export[i];
      for (int flip : new int[] {0x01, 0x20}) {
        export[i] = (byte) (before ^ flip);
        assertThat(verify(export)).as("byte " + i).isInstanceOf(ExportReport.Broken.class);
      }
      export[i] = before;
    }
    assertThat(verify(export)).isInstanceOf(ExportReport.Sound.class);
  }

  @Test
  void everyCutIsFound() throws Exception {
    sell(2);
    byte[] export = export();
    for (int length = 0; length < export.length; length++) {
      assertThat(verify(Arrays.copyOf(export, length)))
          .as("cut to " + length)
          .isInstanceOf(ExportReport.Broken.class);
    }
  }

  @Test
  void somethingAfterTheEndIsFound() throws Exception {
    sell(1);
    byte[] export = export();
    byte[] longer = Arrays.copyOf(export, export.length + 1);
    longer[export.length] = '\n';
    assertThat(broken(longer).reason()).contains("follows the end");
  }

  @Test
  void anotherLogsKeyIsRefused() throws Exception {
    sell(1);
    LogKey other = new LogKey("test.example/log", SigningKey.generate(shop.random).verifyKey());
    ExportReport report = new ExportVerifier(other, Runnable::run).verify(in(export()));
    assertThat(report).isInstanceOf(ExportReport.Broken.class);
    assertThat(((ExportReport.Broken) report).reason()).contains("you trust");
    LogKey renamed = new LogKey("other.example/log", key.key());
    assertThat(new ExportVerifier(renamed, Runnable::run).verify(in(export())))
        .isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void entriesSwappedDeletedOrInsertedAreFoundEvenWhenTheFileIsSignedAgain() throws Exception {
    sell(3);
    List<String> lines = Forger.lines(export());
    List<String> swapped = new ArrayList<>(lines);
    Collections.swap(swapped, 7, 8);
    assertThat(broken(forger.signedAgain(swapped)).reason()).contains("stands in the place");
    List<String> deleted = new ArrayList<>(lines);
    deleted.remove(8);
    assertThat(broken(forger.signedAgain(deleted)).reason()).contains("stands in the place");
    List<String> inserted = new ArrayList<>(lines);
    inserted.add(8, lines.get(8));
    assertThat(broken(forger.signedAgain(inserted)).reason()).contains("stands in the place");
    List<String> shortened = new ArrayList<>(lines);
    shortened.remove(shortened.size() - 3);
    assertThat(broken(forger.signedAgain(shortened)).reason()).contains("missing");
  }

  @Test
  void aChangedEntryIsFoundUnderAnIntactCheckpoint() throws Exception {
    sell(2);
    List<String> lines = Forger.lines(export());
    int line = Forger.indexOf(lines, "E {\"index\":2,");
    lines.set(line, lines.get(line).replace("ACCEPTED", "QUARANTINED"));
    assertThat(broken(forger.signedAgain(lines)).reason())
        .contains("not those that the checkpoint signs");
  }

  @Test
  void aPayloadChangedUnderAnIntactLeafIsFound() throws Exception {
    sell(2);
    List<String> lines = Forger.lines(export());
    int line = Forger.indexOf(lines, "P ");
    byte[] payload = StrictBase64.decode(lines.get(line).substring(2));
    String cheaper = new String(payload, StandardCharsets.UTF_8).replace("1999", "1899");
    lines.set(line, "P " + StrictBase64.encode(cheaper.getBytes(StandardCharsets.UTF_8)));
    ExportReport.Broken broken = broken(forger.signedAgain(lines));
    assertThat(broken.reason()).contains("not the one that its entry names");
    assertThat(broken.line()).isEqualTo(line + 1);
  }

  @Test
  void aServerThatRewritesItsWholeLogCannotForgeADevicesBatch() throws Exception {
    sell(2);
    List<String> lines = Forger.lines(export());
    int at = Forger.indexOf(lines, "P ");
    byte[] payload = StrictBase64.decode(lines.get(at).substring(2));
    byte[] cheaper =
        new String(payload, StandardCharsets.UTF_8)
            .replace("1999", "1899")
            .getBytes(StandardCharsets.UTF_8);
    lines.set(at, "P " + StrictBase64.encode(cheaper));
    String entry = lines.get(at - 1);
    lines.set(at - 1, entry.replace(Hash.of(payload).toHex(), Hash.of(cheaper).toHex()));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ExportReport report = new ExportVerifier(key, threads).verify(in(forger.rewritten(lines)));
      assertThat(((ExportReport.Broken) report).reason()).contains("not signed by the device");
    }
  }

  @Test
  void aDevicesLostBatchIsFoundEvenInARewrittenLog() throws Exception {
    sell(2);
    sell(2);
    sell(2);
    List<String> lines = Forger.lines(export());
    int second = Forger.indexOf(lines, "P ") + 4;
    assertThat(lines.get(second)).contains("\"what\":\"batch\"");
    List<String> without = new ArrayList<>(lines.subList(0, second));
    without.addAll(lines.subList(second + 4, lines.size()));
    assertThat(broken(forger.rewritten(without)).reason()).contains("batch 3 stands after batch 1");
  }

  @Test
  void aChangeThatNobodyCanReadDoesNotBreakTheExport() throws Exception {
    byte[] opening = ChangeCodec.encode(till.opening());
    byte[] torn = "{\"at\":nonsense\u0000}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] latin = "{\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(shop.accept(till.sealEncoded(List.of(opening, torn, latin), 1)))
        .isInstanceOf(IngestOutcome.Stored.class);
    assertThat(verify(export()))
        .isEqualTo(new ExportReport.Sound(shop.logSize(), 1, 0, 0, "USD", List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {AuditEntry.DEVICE_REVOKED, AuditEntry.DEVICE_FROZEN})
  void aServerThatLetsACutOffDeviceCountIsFound(String cutOff) throws Exception {
    sell(1);
    UUID device = till.registered().device();
    shop.write(
        scope ->
            shop.log.append(
                scope,
                List.of(AuditEntry.aboutDevice(shop.now, "operator", device, "", cutOff, ""))));
    assertThat(verify(export())).isInstanceOf(ExportReport.Sound.class);
    sell(1);
    assertThat(broken(export()).reason()).contains("after its device was cut off");
  }

  private void sell(int sales) throws SQLException {
    List<Change> changes = new ArrayList<>();
    if (till.nextBatch() == 1) {
      changes.add(till.opening());
    }
    for (int i = 0; i < sales; i++) {
      changes.add(till.sale(shop.product, 1999));
    }
    assertThat(shop.accept(till.seal(changes))).isInstanceOf(IngestOutcome.Stored.class);
  }

  private byte[] export() throws SQLException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Export(shop.log).write(shop.scope(), out);
    return out.toByteArray();
  }

  private ExportReport verify(byte[] export) throws IOException {
    return new ExportVerifier(key, Runnable::run).verify(in(export));
  }

  private ExportReport.Broken broken(byte[] export) throws IOException {
    ExportReport report = verify(export);
    assertThat(report).isInstanceOf(ExportReport.Broken.class);
    return (ExportReport.Broken) report;
  }

  private static ByteArrayInputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }
}
