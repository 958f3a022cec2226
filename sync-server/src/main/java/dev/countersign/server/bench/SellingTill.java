package dev.countersign.server.bench;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.common.sale.ReceiptNumber;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A till that only makes changes and seals them, without a store of its own: what a server is
 * measured and tested with. For one thread.
 */
public final class SellingTill {
  /** What the server registered about the till, and who sells on it. */
  public record Registered(
      UUID tenant,
      UUID device,
      UUID store,
      UUID register,
      String series,
      String currency,
      UUID cashier) {}

  private final Registered registered;
  private final SigningKey key;
  private final InstantSource clock;
  private final UuidV7 ids;
  private final UUID epoch;
  private final UUID boot;
  private UUID shift;
  private long nextChange = 1;
  private long nextBatch = 1;
  private long nextReceipt = 1;
  private Hash previous = Hash.ZERO;

  /** A till that has sent nothing yet. */
  public SellingTill(
      Registered registered, SigningKey key, InstantSource clock, RandomGenerator random) {
    this.registered = registered;
    this.key = key;
    this.clock = clock;
    this.ids = new UuidV7(clock, random);
    this.epoch = ids.next();
    this.boot = ids.next();
    this.shift = ids.next();
  }

  public Registered registered() {
    return registered;
  }

  public SigningKey key() {
    return key;
  }

  /** The shift that sales are made in; it exists once {@link #opening()} was sent. */
  public UUID shift() {
    return shift;
  }

  /** The opening of a new shift. */
  public Change opening() {
    shift = ids.next();
    return change(
        shift,
        new ShiftOpened(
            registered.store(), registered.register(), 1, today(), registered.currency(), 10_000));
  }

  /** A sale of one piece, paid in cash, under the next receipt number. */
  public Change sale(UUID product, long price) {
    return change(ids.next(), saleBody(product, price));
  }

  /** What such a sale says. Takes the next receipt number. */
  public SaleCompleted saleBody(@Nullable UUID product, long price) {
    String receipt = new ReceiptNumber(registered.series(), nextReceipt++).toString();
    SaleCompleted.Line line =
        new SaleCompleted.Line(1, product, "", "Gin", Quantity.ONE, price, null, price, List.of());
    SaleCompleted.Paid paid = new SaleCompleted.Paid(SaleCompleted.Means.CASH, price, "", "");
    return new SaleCompleted(
        registered.store(),
        registered.register(),
        shift,
        receipt,
        today(),
        registered.currency(),
        List.of(line),
        List.of(paid),
        price,
        0,
        0,
        0,
        List.of(),
        null);
  }

  /** The next change: this body about this entity, by the cashier, now. */
  public Change change(UUID entity, ChangeBody body) {
    return new Change(
        ids.next(), nextChange++, entity, registered.cashier(), null, clock.instant(), body);
  }

  /** A fresh id. */
  public UUID id() {
    return ids.next();
  }

  /** Seals the next batch over changes that follow the last sealed ones. */
  public Envelope seal(List<Change> changes) {
    List<byte[]> encoded = new ArrayList<>(changes.size());
    for (Change change : changes) {
      encoded.add(ChangeCodec.encode(change));
    }
    return sealEncoded(encoded, changes.getFirst().number());
  }

  /** Seals the next batch over changes that are bytes already, whatever they hold. */
  public Envelope sealEncoded(List<byte[]> changes, long firstChange) {
    byte[] payload =
        BatchCodec.encode(header(nextBatch, previous, firstChange, changes.size()), changes);
    nextBatch++;
    previous = Hash.of(payload);
    return sign(payload);
  }

  /** A header of this till's. */
  public BatchHeader header(long number, Hash before, long firstChange, int count) {
    return new BatchHeader(
        registered.tenant(),
        registered.device(),
        epoch,
        number,
        before,
        firstChange,
        firstChange + count - 1,
        boot,
        nextChange,
        clock.instant(),
        1,
        0);
  }

  /** Signs a payload as a batch of this till. */
  public Envelope sign(byte[] payload) {
    return Envelope.seal(BatchCodec.PAYLOAD_TYPE, payload, registered.device().toString(), key);
  }

  /** The number the next sealed batch gets. */
  public long nextBatch() {
    return nextBatch;
  }

  /** The number the next change gets. */
  public long nextChange() {
    return nextChange;
  }

  /** The hash of the last sealed batch. */
  public Hash previous() {
    return previous;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
