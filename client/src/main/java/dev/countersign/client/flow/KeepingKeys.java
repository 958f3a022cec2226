package dev.countersign.client.flow;

import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.TryCount;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.sync.Contact;
import dev.countersign.client.sync.Reply;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.TillKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What a device settles with its server about its keys: it says how many PINs were tried, hears
 * whether it is held, and takes the server's share into its key or out of it as the tenant wants.
 * Needs nobody's PIN. Used by the thread of sending.
 */
public final class KeepingKeys implements Contact {
  private static final Logger LOG = LoggerFactory.getLogger(KeepingKeys.class);

  /** Contacts that may pass without a report when there is nothing to say. */
  private static final int QUIET = 40;

  private final OpenDevice device;
  private final PinVault vault;
  private final Unlocking unlocking;
  private final Runnable held;
  private long reported = -1;
  private int quiet;

  /**
   * @param held told when nobody may stay at this device any more
   */
  public KeepingKeys(OpenDevice device, PinVault vault, Unlocking unlocking, Runnable held) {
    this.device = device;
    this.vault = vault;
    this.unlocking = unlocking;
    this.held = held;
  }

  @Override
  public void met(Line line) {
    try {
      TillRuleItem rule = device.settings().tillRule();
      TryCount.Said said = vault.tryCount().read();
      boolean shared = vault.storeKeys().isShared();
      boolean news = said.tries() != reported || said.held() || shared != rule.shareRequired();
      if (news || ++quiet >= QUIET) {
        report(line, rule, said, shared);
      }
    } catch (IOException | KeyChestException e) {
      LOG.warn("the keys could not be looked after", e);
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      LOG.warn("the server's word on the keys cannot be read", e);
    }
  }

  private void report(Line line, TillRuleItem rule, TryCount.Said said, boolean shared)
      throws IOException, KeyChestException {
    Enrolled enrolled = device.ledger().enrolled();
    VerifyKey key =
        vault
            .shareKeeper()
            .prepare(
                enrolled.device(),
                enrolled.server(),
                device.keys().pins(),
                device.keys().serverKey());
    byte[] report =
        Json.encode(new TillKeys.Report(key.toBase64(), said.tries(), vault.chestKind()));
    if (!(line.post(Routes.TILL_KEYS, report) instanceof Reply.Answered answered)) {
      return;
    }
    TillKeys.Answer answer = Json.decodeKnown(answered.body(), TillKeys.Answer.class);
    vault.tryCount().heard(answer.tries(), answer.held());
    reported = Math.max(answer.tries(), said.tries());
    quiet = 0;
    if (answer.held() && !said.held()) {
      held.run();
    }
    String share = answer.share();
    if (rule.shareRequired() && share != null) {
      takeIn(share, Duration.ofHours(answer.leaseHours()), shared);
    } else if (!rule.shareRequired() && shared) {
      unlocking.seal(null);
      vault.shareKeeper().forget();
    }
  }

  /** Kept before the key is sealed with it: after a power cut in between it is only not used. */
  private void takeIn(String encoded, Duration lease, boolean shared)
      throws IOException, KeyChestException {
    try (Secret share = Secret.of(Base64.getDecoder().decode(encoded))) {
      if (share.length() != TillKeys.SHARE_LENGTH) {
        throw new IllegalArgumentException("a share of another length");
      }
      vault.shareKeeper().keep(share, lease);
      if (!shared) {
        unlocking.seal(share);
      }
    }
  }
}
