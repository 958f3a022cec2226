package dev.countersign.server.fuzz;

import dev.countersign.common.catalogue.BarcodePattern;
import dev.countersign.common.catalogue.BarcodeRule;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.catalogue.Gs1Parser;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.crypto.WireFormatException;
import dev.countersign.common.csv.CsvRows;
import dev.countersign.common.guard.Finding;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.log.InclusionProof;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.DeviceCertificate;
import dev.countersign.common.protocol.DeviceSession;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.ReadBatch;
import dev.countersign.server.catalogue.CatalogueRows;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.ExportVerifier;
import dev.countersign.server.integration.Webhooks;
import dev.countersign.server.signin.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * Everything that decodes bytes from outside, each with what must hold for any bytes whatever: only
 * the documented exception, and what was read reads the same after it was written.
 */
public enum Target {
  ENVELOPE(Target::envelope),
  BATCH(Target::batch),
  CHANGE(Target::change),
  WIRE(Target::wire),
  ENROLMENT_REQUEST(bytes -> json(bytes, Enrolment.Request.class)),
  ENROLMENT_ANSWER(bytes -> json(bytes, Enrolment.Answer.class)),
  ENROLMENT_TICKET(Target::ticket),
  CERTIFICATE(bytes -> json(bytes, DeviceCertificate.class)),
  SESSION(bytes -> json(bytes, DeviceSession.Request.class)),
  ACKNOWLEDGEMENT(bytes -> json(bytes, Acknowledgement.class)),
  PROBLEM(bytes -> json(bytes, Problem.class)),
  FEED_PAGE(bytes -> json(bytes, FeedPage.class)),
  FEED_ITEM(bytes -> json(bytes, FeedItem.class)),
  CHECKPOINT(Target::checkpoint),
  LOG_KEY(Target::logKey),
  PROOFS(Target::proofs),
  WEBHOOK(Target::webhook),
  CSV_FILE(Target::csvFile),
  CATALOGUE_ROW(Target::catalogueRow),
  BARCODE(Target::barcode),
  BARCODE_PATTERN(Target::barcodePattern),
  TOKEN(bytes -> Tokens.tenant(text(bytes))),
  DECIMALS(Target::decimals),
  BASE64(Target::base64),
  GUARD(bytes -> Finding.inBody(bytes)),
  EXPORT(Target::export);

  private static final SigningKey KEY =
      SigningKey.fromSeed("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  private static final LogKey LOG_KEY_KNOWN = new LogKey("test.example/log", KEY.verifyKey());
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  private final Rule rule;

  /** What is done with some bytes; any exception it lets out is a finding. */
  private interface Rule {
    void on(byte[] bytes) throws Exception;
  }

  Target(Rule rule) {
    this.rule = rule;
  }

  /** Decodes some bytes; whatever it throws is a finding. */
  public void accept(byte[] bytes) {
    try {
      rule.on(bytes);
    } catch (Exception e) {
      throw new AssertionError(this + " lets out " + e.getClass().getName(), e);
    }
  }

  private static void require(boolean held, String what) {
    if (!held) {
      throw new AssertionError(what);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void envelope(byte[] bytes) {
    try {
      require(Arrays.equals(Envelope.decode(bytes).encode(), bytes), "one form of an envelope");
    } catch (EnvelopeFormatException _) {
      // as documented
    }
  }

  private static void batch(byte[] bytes) {
    try {
      ReadBatch read = BatchCodec.decode(bytes);
      require(read.changes().size() <= Limits.BATCH_CHANGES, "at most so many changes");
      for (ReadBatch.Slice slice : read.changes()) {
        require(
            slice.offset() >= 0
                && slice.length() > 0
                && slice.offset() + slice.length() <= bytes.length,
            "a change lies inside its batch");
        change(Arrays.copyOfRange(bytes, slice.offset(), slice.offset() + slice.length()));
      }
    } catch (BatchFormatException _) {
      // as documented
    }
  }

  private static void change(byte[] bytes) {
    Change change;
    try {
      change = ChangeCodec.decode(bytes, 0, bytes.length);
    } catch (UnreadableChangeException _) {
      return;
    }
    byte[] encoded = ChangeCodec.encode(change);
    try {
      byte[] again = ChangeCodec.encode(ChangeCodec.decode(encoded, 0, encoded.length));
      require(Arrays.equals(again, encoded), "one form of a change");
    } catch (UnreadableChangeException e) {
      throw new AssertionError("what was written cannot be read", e);
    }
  }

  private static void wire(byte[] bytes) {
    try {
      require(Wire.inflate(bytes, 1 << 16).length <= 1 << 16, "never more than is wanted");
    } catch (WireFormatException _) {
      // as documented
    }
    try {
      require(
          Arrays.equals(Wire.inflate(Wire.deflate(bytes), bytes.length), bytes),
          "packs and unpacks");
    } catch (WireFormatException e) {
      throw new AssertionError("what was packed does not unpack", e);
    }
  }

  private static <T> void json(byte[] bytes, Class<T> type) {
    T value;
    try {
      value = Json.decode(bytes, type);
    } catch (JacksonException | IllegalArgumentException _) {
      return;
    }
    byte[] encoded = Json.encode(value);
    require(Arrays.equals(Json.encode(Json.decode(encoded, type)), encoded), "one form of a value");
    require(value.toString() != null, "prints");
  }

  private static void ticket(byte[] bytes) {
    try {
      EnrolmentTicket ticket = EnrolmentTicket.parse(text(bytes));
      require(EnrolmentTicket.parse(ticket.text()).equals(ticket), "reads as it was written");
    } catch (IllegalArgumentException _) {
      // as documented
    }
  }

  private static void checkpoint(byte[] bytes) {
    CheckpointReading reading =
        Checkpoint.parse(text(bytes), LOG_KEY_KNOWN.name(), LOG_KEY_KNOWN.key());
    require(reading != null, "always an answer");
  }

  private static void logKey(byte[] bytes) {
    try {
      LogKey key = LogKey.parse(text(bytes));
      require(LogKey.parse(key.text()).equals(key), "reads as it was written");
    } catch (IllegalArgumentException _) {
      // as documented
    }
  }

  private static void proofs(byte[] bytes) {
    try {
      require(Arrays.equals(InclusionProof.decode(bytes).encode(), bytes), "one form of a proof");
      require(Arrays.equals(ConsistencyProof.decode(bytes).encode(), bytes), "one form of a proof");
    } catch (IllegalArgumentException _) {
      // as documented
    }
  }

  private static void webhook(byte[] bytes) {
    int line = 0;
    while (line < bytes.length && bytes[line] != '\n') {
      line++;
    }
    String signature = new String(bytes, 0, line, StandardCharsets.ISO_8859_1);
    byte[] body = Arrays.copyOfRange(bytes, Math.min(bytes.length, line + 1), bytes.length);
    Secret secret = Secret.of("seed".getBytes(StandardCharsets.US_ASCII));
    boolean genuine = Webhooks.verify(body, signature, List.of(secret)) instanceof Webhooks.Genuine;
    require(genuine == Webhooks.sign(body, secret).equals(signature), "genuine when signed");
    require(
        !(Webhooks.verify(body, null, List.of(secret)) instanceof Webhooks.Genuine),
        "never genuine without a signature");
  }

  private static void csvFile(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("rows", ".csv");
    try {
      byte[] header = "a,b\n".getBytes(StandardCharsets.US_ASCII);
      byte[] all = Arrays.copyOf(header, header.length + bytes.length);
      System.arraycopy(bytes, 0, all, header.length, bytes.length);
      Files.write(file, all);
      long last = 1;
      try (CsvRows rows = CsvRows.open(file, List.of("a", "b"))) {
        for (CsvRows.Row row = rows.next(); row != null; row = rows.next()) {
          require(row.line() > last, "lines count upwards");
          last = row.line();
          require(
              !(row instanceof CsvRows.Fields fields) || fields.values().size() == 2,
              "as many fields as the header");
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void catalogueRow(byte[] bytes) {
    String[] cells = text(bytes).split("\n", -1);
    String[] row = Arrays.copyOf(cells, CatalogueRows.ALL.size());
    for (int i = cells.length; i < row.length; i++) {
      row[i] = "";
    }
    CatalogueRows.read(List.of(row));
  }

  private static void barcode(byte[] bytes) {
    String scan = text(bytes);
    Gtin.parse(scan)
        .ifPresent(
            gtin -> {
              require(Gtin.hasValidCheckDigit(gtin.digits14()), "a right check digit");
              require(
                  Gtin.parse(gtin.shortest()).orElseThrow().equals(gtin), "one item, one number");
            });
    require(new Gs1Parser(TODAY).parse(scan) != null, "always an answer");
    BarcodeRule weight =
        new BarcodeRule(
            "weight", new BarcodePattern("21.....{NNDDD}."), BarcodeRule.Meaning.WEIGHT);
    require(new BarcodeRules(List.of(weight)).read(scan, TODAY) != null, "always an answer");
  }

  private static void barcodePattern(byte[] bytes) {
    try {
      BarcodeRule rule =
          new BarcodeRule("r", new BarcodePattern(text(bytes)), BarcodeRule.Meaning.PRICE);
      require(
          new BarcodeRules(List.of(rule)).read("2100001027506", TODAY) != null, "always an answer");
    } catch (IllegalArgumentException _) {
      // as documented
    }
  }

  private static void decimals(byte[] bytes) {
    String text = text(bytes);
    try {
      Quantity quantity = Quantity.parse(text);
      require(Quantity.parse(quantity.toDecimalString()).equals(quantity), "as it was written");
    } catch (IllegalArgumentException _) {
      // as documented
    }
    Currency dollars = Currency.getInstance("USD");
    try {
      Money money = Money.parse(text, dollars);
      require(Money.parse(money.toDecimalString(), dollars).equals(money), "as it was written");
    } catch (IllegalArgumentException _) {
      // as documented
    }
  }

  private static void base64(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    try {
      require(StrictBase64.encode(StrictBase64.decode(text)).equals(text), "one form");
    } catch (IllegalArgumentException _) {
      // as documented
    }
  }

  private static void export(byte[] bytes) throws IOException {
    ExportReport report =
        new ExportVerifier(LOG_KEY_KNOWN, Runnable::run).verify(new ByteArrayInputStream(bytes));
    require(report instanceof ExportReport.Broken, "nobody makes a sound export by chance");
  }
}
