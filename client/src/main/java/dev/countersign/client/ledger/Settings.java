package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.catalogue.BarcodePattern;
import dev.countersign.common.catalogue.BarcodeRule;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.FeedBody.BarcodeForm;
import dev.countersign.common.protocol.FeedBody.ReceiptLogoItem;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.PaymentSettings;
import dev.countersign.common.protocol.ReceiptLogo;
import dev.countersign.common.protocol.ShiftSettings;
import dev.countersign.common.sale.TenderRules;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tenant's and store's settings as the server last said; defaults until it has. Kept in memory.
 * Safe for any thread.
 */
public final class Settings {
  private static final int LOCK_AFTER_SECONDS = 180;

  private final TillStore store;
  private final Enrolled enrolled;
  private volatile @Nullable SettingsItem known;
  private volatile @Nullable TillRuleItem knownRule;
  private volatile @Nullable ReceiptLogo knownLogo;
  private volatile @Nullable Barcodes barcodes;

  private record Barcodes(List<BarcodeForm> forms, BarcodeRules rules) {}

  Settings(TillStore store, Enrolled enrolled) {
    this.store = store;
    this.enrolled = enrolled;
  }

  public SettingsItem current() {
    SettingsItem current = known;
    return current == null ? refresh() : current;
  }

  /** Under one lock with {@link #forget}, so that nothing read before a commit is kept after it. */
  private synchronized SettingsItem refresh() {
    SettingsItem fresh = load().orElseGet(this::defaults);
    known = fresh;
    return fresh;
  }

  /** How cash is rounded, or null when it is not. */
  public @Nullable CashRounding cashRounding() {
    SettingsItem settings = current();
    if (settings.cashIncrement() <= 0) {
      return null;
    }
    Currency currency = enrolled.currency();
    return new CashRounding(
        Money.of(settings.cashIncrement(), currency),
        CashRounding.Mode.valueOf(settings.cashMode()),
        CashRounding.Scope.valueOf(settings.cashScope()));
  }

  /** How this store counts its drawers. */
  public ShiftSettings shifts() {
    ShiftSettings said = current().shifts();
    return said == null || !said.fits() ? ShiftSettings.USUAL : said;
  }

  /** What the store minds of its goods. */
  public GoodsSettings goods() {
    return Objects.requireNonNullElse(current().goods(), GoodsSettings.USUAL);
  }

  /** What the shop takes, and of what it gives change. */
  public TenderRules tenderRules() {
    return payments().rules();
  }

  private PaymentSettings payments() {
    return Objects.requireNonNullElse(current().payments(), PaymentSettings.USUAL);
  }

  /** The percentages that are proposed as a tip; empty when nobody is asked for one. */
  public List<Integer> tips() {
    return payments().tips().stream().filter(each -> each >= 1 && each <= 100).limit(4).toList();
  }

  /** How the store's scales and labellers print their codes; what cannot be read is left out. */
  public BarcodeRules barcodeRules() {
    SettingsItem now = current();
    Barcodes read = barcodes;
    if (read == null || !read.forms().equals(now.barcodes())) {
      read = new Barcodes(now.barcodes(), rules(now.barcodes()));
      barcodes = read;
    }
    return read.rules();
  }

  private static BarcodeRules rules(List<BarcodeForm> forms) {
    List<BarcodeRule> rules = new ArrayList<>();
    for (BarcodeForm form : forms) {
      try {
        rules.add(
            new BarcodeRule(
                form.name(),
                new BarcodePattern(form.pattern()),
                BarcodeRule.Meaning.valueOf(form.meaning())));
      } catch (IllegalArgumentException _) {
        // Of a later version, or set by hand: the other codes go on being read.
      }
    }
    return new BarcodeRules(rules);
  }

  /** The store's time zone; the system's when the setting names none that is known here. */
  public ZoneId zone() {
    try {
      return ZoneId.of(current().timeZone());
    } catch (DateTimeException _) {
      return ZoneId.systemDefault();
    }
  }

  /** How this device keeps its keys. */
  public TillRuleItem tillRule() {
    TillRuleItem current = knownRule;
    return current == null ? refreshRule() : current;
  }

  private synchronized TillRuleItem refreshRule() {
    TillRuleItem fresh =
        store
            .read(
                db ->
                    db.first(
                        "SELECT body FROM reference WHERE kind = 'till-rule' LIMIT 1",
                        row -> Json.decode(row.bytes(1), TillRuleItem.class)))
            .filter(TillRuleItem::fits)
            .orElse(TillRuleItem.USUAL);
    knownRule = fresh;
    return fresh;
  }

  /** What stands above the receipts of this store. */
  public ReceiptLogo receiptLogo() {
    ReceiptLogo current = knownLogo;
    return current == null ? refreshLogo() : current;
  }

  private synchronized ReceiptLogo refreshLogo() {
    ReceiptLogo fresh =
        store
            .read(
                db ->
                    db.first(
                        "SELECT body FROM reference WHERE kind = 'receipt-logo' LIMIT 1",
                        row -> Json.decode(row.bytes(1), ReceiptLogoItem.class)))
            .map(ReceiptLogoItem::logo)
            .filter(ReceiptLogo::fits)
            .orElse(ReceiptLogo.NONE);
    knownLogo = fresh;
    return fresh;
  }

  synchronized void forget() {
    known = null;
    knownRule = null;
    knownLogo = null;
  }

  private Optional<SettingsItem> load() {
    return store.read(
        db ->
            db.first(
                "SELECT body FROM reference WHERE kind = 'settings' LIMIT 1",
                row -> Json.decode(row.bytes(1), SettingsItem.class)));
  }

  private SettingsItem defaults() {
    return new SettingsItem(
        enrolled.tenantName(),
        enrolled.storeName(),
        List.of(),
        List.of(),
        enrolled.currency().getCurrencyCode(),
        0,
        CashRounding.Mode.HALF_UP.name(),
        CashRounding.Scope.CASH.name(),
        LOCK_AFTER_SECONDS,
        ZoneId.systemDefault().getId());
  }
}
