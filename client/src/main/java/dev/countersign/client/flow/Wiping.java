package dev.countersign.client.flow;

import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.Remains;
import dev.countersign.client.keys.Remains.Wiped;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.Outbox.Unsent;
import dev.countersign.client.ledger.SealedBatch;
import dev.countersign.client.sync.SealedHandOver;
import dev.countersign.client.sync.ServerConnection;
import dev.countersign.common.crypto.SealedBox;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.SealedParts;
import dev.countersign.common.protocol.WipeOrder;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server has ordered this device to wipe itself: what was not sent is sealed to the server and
 * on the disk, then every key is destroyed and the store goes, then what was sealed is handed over.
 *
 * <p>The order of the steps holds at any kill: before the sealed file is whole nothing is
 * destroyed; once it is, every start destroys what is left of the keys before anything else. The
 * file is handed over until the server has it. Blocking.
 */
public final class Wiping {
  private static final Logger LOG = LoggerFactory.getLogger(Wiping.class);

  private final PinVault vault;
  private final Remains remains;
  private final Function<SealedParts.Head, ServerConnection> connect;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param connect opens the way to the server; closed here
   */
  public Wiping(
      PinVault vault,
      Remains remains,
      Function<SealedParts.Head, ServerConnection> connect,
      InstantSource clock,
      SecureRandom random) {
    this.vault = vault;
    this.remains = remains;
    this.connect = connect;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Carries an order out that was believed. Whatever sends and fetches has ended before.
   *
   * @throws IOException when nothing could be sealed, and so nothing was destroyed; or when the
   *     keys could not all be destroyed, which the next start does
   */
  public Wiped wipe(OpenDevice device, WipeOrder order) throws IOException {
    try {
      remains.seal(sealed(device, order));
    } finally {
      device.close();
    }
    return finish();
  }

  /** What became of this folder's device, when it was wiped; finishes what was broken off. */
  public Optional<Wiped> standing() throws IOException {
    return remains.isSealed() ? Optional.of(finish()) : remains.noted();
  }

  /** The same for a folder whose device was surely wiped. */
  public Wiped standingOrFail() throws IOException {
    return standing().orElseThrow(() -> new IOException("this device was not wiped"));
  }

  private Wiped finish() throws IOException {
    try {
      vault.destroyAll();
    } catch (KeyChestException e) {
      throw new IOException("the keys of this device are not all destroyed", e);
    }
    remains.removeStore();
    SealedParts sealed =
        remains.sealed().orElseThrow(() -> new IOException("the sealed file is gone"));
    // Noted before anybody is asked: a machine that is switched off now still says what it is.
    remains.note(new Wiped(sealed.head().sales(), false));
    Wiped wiped = new Wiped(sealed.head().sales(), handedOver(sealed));
    remains.note(wiped);
    return wiped;
  }

  private boolean handedOver(SealedParts sealed) {
    try (ServerConnection connection = connect.apply(sealed.head())) {
      return new SealedHandOver(connection).bring(sealed);
    } catch (IllegalArgumentException e) {
      LOG.warn("the server's address cannot be used", e);
      return false;
    }
  }

  private SealedParts sealed(OpenDevice device, WipeOrder order) {
    Enrolled enrolled = device.ledger().enrolled();
    Unsent unsent = device.outbox().retire(order.last());
    var report =
        new WipeOrder.Report(
            order.id(),
            enrolled.tenant(),
            enrolled.device(),
            clock.instant(),
            unsent.batches().size() + 1,
            unsent.changes(),
            unsent.sales());
    List<byte[]> parts = new ArrayList<>(unsent.batches().size() + 1);
    parts.add(
        part(
            order,
            0,
            device.outbox().sign(WipeOrder.Report.PAYLOAD_TYPE, Json.encode(report)).encode()));
    for (SealedBatch batch : unsent.batches()) {
      parts.add(part(order, parts.size(), batch.envelope().encode()));
    }
    return new SealedParts(
        new SealedParts.Head(
            order.id(),
            enrolled.tenant(),
            enrolled.device(),
            enrolled.server(),
            device.keys().newestPin(),
            device.keys().serverKey().toBase64(),
            unsent.sales()),
        parts);
  }

  private byte[] part(WipeOrder order, int number, byte[] envelope) {
    return SealedBox.seal(
        order.key(),
        Wire.deflate(envelope),
        WipeOrder.label(order.id(), order.device(), number),
        random);
  }
}
