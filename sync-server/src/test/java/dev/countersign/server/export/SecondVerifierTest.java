package dev.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.LogKey;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.ingest.IngestOutcome;
import dev.countersign.server.ingest.TestShop;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two verifiers, written apart, say the same of every export: honest ones and forged ones. */
class SecondVerifierTest {
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
    sell(3);
    sell(2);
  }

  @AfterEach
  void close() throws SQLException {
    shop.close();
  }

  /** What is done to the lines of an export; the file is signed again where that helps. */
  private enum Tampering {
    ENTRY_EDITED {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "E {\"index\":2,");
        lines.set(line, lines.get(line).replace("2,\"at\":\"2", "2,\"at\":\"1"));
        return forger.signedAgain(lines);
      }
    },
    ENTRY_DELETED {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        lines.remove(8);
        return forger.signedAgain(lines);
      }
    },
    ENTRY_INSERTED {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        lines.add(
            5,
            "E {\"index\":1,\"at\":\"2026-01-01T00:00:00Z\",\"who\":\"system\",\"what\":\"test\"}");
        return forger.signedAgain(lines);
      }
    },
    ENTRIES_REORDERED {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        Collections.swap(lines, 7, 8);
        return forger.signedAgain(lines);
      }
    },
    LOG_TRUNCATED {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        // The whole last batch with its entries: header, payload, two changes.
        lines.subList(lines.size() - 6, lines.size() - 2).clear();
        return forger.signedAgain(lines);
      }
    },
    FILE_TRUNCATED {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        return Forger.joined(lines.subList(0, lines.size() - 1));
      }
    },
    REWRITTEN_UNDER_ANOTHER_KEY {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        SigningKey other = SigningKey.generate(new java.security.SecureRandom());
        lines.set(2, "K " + new LogKey("test.example/log", other.verifyKey()).text());
        return new Forger("test.example/log", other).rewritten(lines);
      }
    },
    PAYLOAD_CHANGED_UNDER_AN_INTACT_LEAF {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "P ");
        lines.set(line, cheaper(lines.get(line)));
        return forger.signedAgain(lines);
      }
    },
    PAYLOAD_AND_LEAVES_CHANGED {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "P ");
        String before = lines.get(line);
        lines.set(line, cheaper(before));
        lines.set(line - 1, lines.get(line - 1).replace(hash(before), hash(lines.get(line))));
        return forger.rewritten(lines);
      }
    },
    BATCH_SIGNATURE_OF_ANOTHER_BATCH {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "P ") - 1;
        int second = Forger.indexOf(lines.subList(line + 2, lines.size()), "P ") + line + 1;
        lines.set(
            line,
            lines.get(line).replace(signature(lines.get(line)), signature(lines.get(second))));
        return forger.rewritten(lines);
      }
    },
    BATCH_LOST_FROM_A_REWRITTEN_LOG {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "P ");
        lines.subList(line - 1, line + 5).clear();
        return forger.rewritten(lines);
      }
    },
    BATCH_TWICE_IN_A_REWRITTEN_LOG {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "P ");
        lines.addAll(line + 5, new ArrayList<>(lines.subList(line - 1, line + 5)));
        return forger.rewritten(lines);
      }
    },
    CHECKPOINT_OF_AN_EARLIER_LOG {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        List<String> shorter = new ArrayList<>(lines);
        shorter.subList(lines.size() - 6, lines.size() - 2).clear();
        List<String> rewritten = Forger.lines(forger.rewritten(shorter));
        int line = Forger.indexOf(lines, "C ");
        lines.set(line, rewritten.get(Forger.indexOf(rewritten, "C ")));
        return forger.signedAgain(lines);
      }
    },
    CHECKPOINT_SIGNED_BY_NOBODY {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "C ");
        String text = text(lines.get(line));
        lines.set(line, "C " + base64(text.substring(0, text.indexOf("\n\n") + 2)));
        return forger.signedAgain(lines);
      }
    },
    VERDICT_CHANGED {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "E {\"index\":3,");
        lines.set(line, lines.get(line).replace("ACCEPTED", "QUARANTINED"));
        return forger.signedAgain(lines);
      }
    },
    VERDICT_WITHOUT_A_BATCH {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "E {\"index\":3,");
        lines.add(Forger.indexOf(lines, "C "), lines.get(line));
        return forger.rewritten(lines);
      }
    },
    VERDICT_OF_NO_KIND {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "E {\"index\":3,");
        lines.set(line, lines.get(line).replace("ACCEPTED", "DOUBTED"));
        return forger.rewritten(lines);
      }
    },
    ENTRY_TWICE {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        lines.add(8, lines.get(8));
        return forger.signedAgain(lines);
      }
    },
    DEVICE_REGISTERED_TWICE {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        int line = Forger.indexOf(lines, "E ");
        lines.add(line, lines.get(line));
        return forger.rewritten(lines);
      }
    },
    SIGNATURE_UNDER_THE_FILE {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        lines.set(1, lines.get(1).replace("USD", "EUR"));
        return Forger.joined(lines);
      }
    },
    SOMETHING_BEHIND_THE_END {
      @Override
      byte[] of(List<String> lines, Forger forger) {
        lines.add("S again");
        return Forger.joined(lines);
      }
    };

    abstract byte[] of(List<String> lines, Forger forger);

    private static String text(String line) {
      return new String(StrictBase64.decode(line.substring(2)), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
      return StrictBase64.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String cheaper(String line) {
      return "P " + base64(text(line).replace("1999", "1899"));
    }

    private static String hash(String line) {
      return Hash.of(StrictBase64.decode(line.substring(2))).toHex();
    }

    private static String signature(String entry) {
      return entry.replaceAll(".*\"signature\":\"([^\"]*)\".*", "$1");
    }
  }

  @Test
  void bothFindAnHonestExportSoundAndSayTheSameAboutIt() throws Exception {
    SellingTill other = shop.enrol();
    shop.accept(other.seal(List.of(other.opening(), other.sale(shop.product, 250))));
    shop.accept(other.seal(List.of(other.sale(null, 1), other.sale(shop.product, -5))));
    byte[] torn = "{\"at\":nonsense\u0000,\"a\":[{}]}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] late = ChangeCodec.encode(other.sale(shop.product, 7));
    shop.accept(other.sealEncoded(List.of(torn, late), other.nextChange() - 1));
    shop.write(
        scope ->
            shop.log.append(
                scope,
                List.of(
                    AuditEntry.act(shop.now, "system", "::1", "test", "\"\\\u0001\n é 😀", "x"))));
    ExportReport report = both(export());
    assertThat(report).isInstanceOf(ExportReport.Sound.class);
    assertThat(((ExportReport.Sound) report).batches()).isEqualTo(5);
  }

  @Test
  void bothFindAnEmptyLogSound() throws Exception {
    try (TestShop empty = new TestShop(Files.createDirectory(folder.resolve("empty")))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new Export(empty.log).write(empty.scope(), out);
      LogKey itsKey = new LogKey("test.example/log", empty.logKey().verifyKey());
      assertThat(SecondVerifier.both(folder, itsKey, out.toByteArray()))
          .isEqualTo(new ExportReport.Sound(0, 0, 0, 0, "USD", List.of()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothCatchEveryForgery(Tampering tampering) throws Exception {
    byte[] export = export();
    assertThat(both(export)).isInstanceOf(ExportReport.Sound.class);
    byte[] forged = tampering.of(Forger.lines(export), forger);
    assertThat(both(forged)).isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void anEntryThatNoDeviceSignedIsMissedOnlyByWhoSawTheLogBefore() throws Exception {
    String before = shop.log.checkpoint(shop.scope()).text();
    shop.write(
        scope ->
            shop.log.append(
                scope, List.of(AuditEntry.act(shop.now, "owner", "", "export.made", "", ""))));
    String seen = shop.log.checkpoint(shop.scope()).text();
    sell(1);
    List<String> lines = Forger.lines(export());
    lines.removeIf(line -> line.contains("export.made"));
    byte[] forged = forger.rewritten(lines);
    // Whoever holds the log's key can do that, and no signature of a till is hurt by it.
    assertThat(both(forged)).isInstanceOf(ExportReport.Sound.class);
    assertThat(both(forged, before)).isInstanceOf(ExportReport.Sound.class);
    assertThat(both(forged, seen)).isInstanceOf(ExportReport.Broken.class);
    assertThat(both(forged, before, seen)).isInstanceOf(ExportReport.Broken.class);
    assertThat(both(export(), before, seen)).isInstanceOf(ExportReport.Sound.class);
  }

  @Test
  void aLogThatBecameShorterThanOneThatWasSeenIsCaught() throws Exception {
    byte[] shorter = export();
    sell(1);
    assertThat(both(shorter, shop.log.checkpoint(shop.scope()).text()))
        .isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void aCheckpointThatTheLogsKeyDidNotSignProvesNothing() throws Exception {
    SigningKey other = SigningKey.generate(shop.random);
    var head = shop.log.checkpoint(shop.scope()).checkpoint();
    assertThat(both(export(), Checkpoint.sign(key.name(), head.size(), head.root(), other).text()))
        .isInstanceOf(ExportReport.Broken.class);
    assertThat(both(export(), "nonsense")).isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void bothRefuseAnExportOfAnotherLogsName() throws Exception {
    assertThat(SecondVerifier.both(folder, new LogKey("other.example/log", key.key()), export()))
        .isInstanceOf(ExportReport.Broken.class);
  }

  private ExportReport both(byte[] export, String... seen) throws Exception {
    return SecondVerifier.both(folder, key, export, seen);
  }

  private byte[] export() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Export(shop.log).write(shop.scope(), out);
    return out.toByteArray();
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
}
