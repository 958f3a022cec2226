package dev.countersign.common.protocol;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Role;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sale.ParkedBasket;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRate;
import dev.countersign.common.tax.TaxRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

// Long because every kind of item that a device can pull stands here.
/** What a device can pull. Amounts are integer minor units of the tenant's currency. */
public sealed interface FeedBody {
  /** The wire name of baskets that were put aside; they are for tills alone. */
  String PARKED = "parked";

  /** The wire name of the kind. */
  default String kind() {
    return switch (this) {
      case ProductItem _ -> "product";
      case PromotionItem _ -> "promotion";
      case PriceListItem _ -> "price-list";
      case CustomerItem _ -> "customer";
      case CustomerTermsItem _ -> "customer-terms";
      case CustomerAccountItem _ -> "customer-account";
      case TaxItem _ -> "tax";
      case UserItem _ -> "user";
      case SettingsItem _ -> "settings";
      case ReceiptLogoItem _ -> "receipt-logo";
      case TillRuleItem _ -> "till-rule";
      case SaleItem _ -> "sale";
      case RefundedItem _ -> "refunded";
      case QuestionItem _ -> "question";
      case ResolutionItem _ -> "resolution";
      case StockItem _ -> "stock";
      case StockMarkItem _ -> "stock-mark";
      case ParkedItem _ -> PARKED;
    };
  }

  /** The class of a wire name, or null for a kind this program does not know (it is skipped). */
  static @Nullable Class<? extends FeedBody> classOf(String kind) {
    return switch (kind) {
      case "product" -> ProductItem.class;
      case "promotion" -> PromotionItem.class;
      case "price-list" -> PriceListItem.class;
      case "customer" -> CustomerItem.class;
      case "customer-terms" -> CustomerTermsItem.class;
      case "customer-account" -> CustomerAccountItem.class;
      case "tax" -> TaxItem.class;
      case "user" -> UserItem.class;
      case "settings" -> SettingsItem.class;
      case "receipt-logo" -> ReceiptLogoItem.class;
      case "till-rule" -> TillRuleItem.class;
      case "sale" -> SaleItem.class;
      case "refunded" -> RefundedItem.class;
      case "question" -> QuestionItem.class;
      case "resolution" -> ResolutionItem.class;
      case "stock" -> StockItem.class;
      case "stock-mark" -> StockMarkItem.class;
      case PARKED -> ParkedItem.class;
      default -> null;
    };
  }

  /**
   * A product as a till needs it: no cost.
   *
   * @param size for people, such as {@code 750 ml}; may be empty
   * @param handling what is to be minded when it is sold; null for nothing
   */
  record ProductItem(
      String sku,
      String name,
      String category,
      String size,
      long price,
      List<UUID> taxes,
      List<Barcode> barcodes,
      @Nullable Handling handling)
      implements FeedBody {
    public ProductItem {
      handling = Handling.NONE.equals(handling) ? null : handling;
      category = category == null ? "" : category;
      size = size == null ? "" : size;
      taxes = taxes == null ? List.of() : List.copyOf(taxes);
      barcodes = barcodes == null ? List.of() : List.copyOf(barcodes);
    }

    /** One of which nothing is to be minded. */
    public ProductItem(
        String sku,
        String name,
        String category,
        String size,
        long price,
        List<UUID> taxes,
        List<Barcode> barcodes) {
      this(sku, name, category, size, price, taxes, barcodes, null);
    }

    /** The same minding something else. */
    public ProductItem with(Handling other) {
      return new ProductItem(sku, name, category, size, price, taxes, barcodes, other);
    }

    /** The same taxed in another way. */
    public ProductItem with(List<UUID> others) {
      return new ProductItem(sku, name, category, size, price, others, barcodes, handling);
    }

    /** What is to be minded when it is sold. */
    public Handling handled() {
      return handling == null ? Handling.NONE : handling;
    }
  }

  /**
   * @param code fourteen digits when it is a GTIN, else as printed
   * @param pack how many of the product one scan sells
   */
  record Barcode(String code, Quantity pack) {}

  /** A promotion; those that have ended are not told. */
  record PromotionItem(Promotion promotion) implements FeedBody {}

  /** A price list; those that have ended are not told. */
  record PriceListItem(PriceList list) implements FeedBody {}

  /**
   * A customer; gone once they were erased.
   *
   * @param commitment to the details, by which changes name them
   */
  record CustomerItem(String commitment, CustomerDetails details) implements FeedBody {}

  /**
   * What a customer owes.
   *
   * @param owed minor units; negative for a customer who paid off more
   */
  record CustomerAccountItem(long owed) implements FeedBody {}

  /** How a customer buys; gone once they were erased. */
  record CustomerTermsItem(CustomerTerms terms) implements FeedBody {}

  /**
   * A tax; the fields are those of {@code common.tax.Tax}.
   *
   * @param type the tax's kind; not named so here, because {@link #kind()} is the item's
   * @param rate the one that holds since always
   * @param version null for one that was written before there were several rates: the first
   * @param rates those that hold from a day on
   */
  record TaxItem(
      String name,
      String type,
      BigDecimal rate,
      boolean included,
      boolean includeInBase,
      boolean baseAffected,
      @Nullable Integer version,
      List<TaxRate> rates)
      implements FeedBody {
    public TaxItem {
      rates = rates == null ? List.of() : List.copyOf(rates);
    }

    /** One with a single rate. */
    public TaxItem(
        String name,
        String type,
        BigDecimal rate,
        boolean included,
        boolean includeInBase,
        boolean baseAffected) {
      this(name, type, rate, included, includeInBase, baseAffected, null, List.of());
    }

    /** As a device hears of it. */
    public static TaxItem of(Tax tax) {
      return new TaxItem(
          tax.name(),
          tax.kind().name(),
          tax.rate(),
          tax.included(),
          tax.includeInBase(),
          tax.baseAffected(),
          tax.version(),
          tax.rates());
    }

    /** The tax. */
    public Tax tax() {
      return new Tax(
          name,
          version == null ? 1 : version,
          TaxRule.Kind.valueOf(type.toUpperCase(Locale.ROOT)),
          rate,
          included,
          includeInBase,
          baseAffected,
          rates);
    }
  }

  /**
   * A role that a person has: one item for each of their places, so that a device of a store gets
   * what counts there and nothing of other stores. Where a store's own item of a person is there,
   * it stands in the place of the one for all.
   *
   * @param person whose it is; the item itself has an id of its own
   * @param store the one store it is for, or null for all
   * @param permissions permission key → decision name, so that a till decides as the server does
   * @param joining lets the person choose a PIN on a device they have not used yet; null when none
   *     is open
   * @param pinEpoch how often the person's PINs were reset; a PIN that was chosen under a smaller
   *     number opens nothing any more
   */
  record UserItem(
      UUID person,
      @Nullable UUID store,
      String name,
      String role,
      Map<String, String> permissions,
      @Nullable Joining joining,
      long pinEpoch)
      implements FeedBody {
    public UserItem {
      // Sorted, so that the same role always has the same bytes and makes no needless change.
      permissions =
          permissions == null
              ? Map.of()
              : Collections.unmodifiableSortedMap(new TreeMap<>(permissions));
    }

    /** A person with a role in all stores, no open joining code and no reset PIN. */
    public static UserItem of(UUID person, String name, Role role) {
      return new UserItem(person, null, name, role.name(), role.permissions(), null, 0);
    }
  }

  /** Argon2id of a single-use joining code; base64. */
  record Joining(String salt, String hash, Instant expires) {}

  /**
   * The tenant's and store's settings.
   *
   * @param cashIncrement smallest cash amount in minor units, 0 when cash is not rounded
   * @param cashMode {@code HALF_UP}, {@code UP} or {@code DOWN}
   * @param cashScope {@code CASH} or {@code ALL}
   * @param shifts how drawers are counted; null while nothing was said
   * @param payments how it is paid; null while nothing was said
   * @param discountReasons what a cashier chooses from; empty for the till's usual ones
   * @param barcodes how the store's scales and labellers print their codes, in the order in which
   *     they are tried
   * @param goods what the store minds of its goods; null while nothing was said
   */
  record SettingsItem(
      String tenantName,
      String storeName,
      List<String> receiptHeader,
      List<String> receiptFooter,
      String currency,
      long cashIncrement,
      String cashMode,
      String cashScope,
      int lockAfterSeconds,
      String timeZone,
      @Nullable ShiftSettings shifts,
      @Nullable PaymentSettings payments,
      List<String> discountReasons,
      List<BarcodeForm> barcodes,
      @Nullable GoodsSettings goods)
      implements FeedBody {
    public SettingsItem {
      discountReasons = discountReasons == null ? List.of() : List.copyOf(discountReasons);
      barcodes = barcodes == null ? List.of() : List.copyOf(barcodes);
      receiptHeader = receiptHeader == null ? List.of() : List.copyOf(receiptHeader);
      receiptFooter = receiptFooter == null ? List.of() : List.copyOf(receiptFooter);
    }

    /** One that says nothing of shifts, payments, discounts and codes. */
    public SettingsItem(
        String tenantName,
        String storeName,
        List<String> receiptHeader,
        List<String> receiptFooter,
        String currency,
        long cashIncrement,
        String cashMode,
        String cashScope,
        int lockAfterSeconds,
        String timeZone) {
      this(
          tenantName,
          storeName,
          receiptHeader,
          receiptFooter,
          currency,
          cashIncrement,
          cashMode,
          cashScope,
          lockAfterSeconds,
          timeZone,
          null,
          null,
          List.of(),
          List.of(),
          null);
    }

    /** The same paid in another way, with another smallest coin in minor units. */
    public SettingsItem with(PaymentSettings other, long smallestCoin) {
      return new SettingsItem(
          tenantName,
          storeName,
          receiptHeader,
          receiptFooter,
          currency,
          smallestCoin,
          cashMode,
          cashScope,
          lockAfterSeconds,
          timeZone,
          shifts,
          other,
          discountReasons,
          barcodes,
          goods);
    }

    /** The same with other rules for shifts. */
    public SettingsItem with(ShiftSettings other) {
      return new SettingsItem(
          tenantName,
          storeName,
          receiptHeader,
          receiptFooter,
          currency,
          cashIncrement,
          cashMode,
          cashScope,
          lockAfterSeconds,
          timeZone,
          other,
          payments,
          discountReasons,
          barcodes,
          goods);
    }

    /** The same with other reasons and codes. */
    public SettingsItem with(List<String> reasons, List<BarcodeForm> forms) {
      return new SettingsItem(
          tenantName,
          storeName,
          receiptHeader,
          receiptFooter,
          currency,
          cashIncrement,
          cashMode,
          cashScope,
          lockAfterSeconds,
          timeZone,
          shifts,
          payments,
          reasons,
          forms,
          goods);
    }

    /** The same with other lines on its receipts. */
    public SettingsItem with(ReceiptLines lines) {
      return new SettingsItem(
          tenantName,
          storeName,
          lines.header(),
          lines.footer(),
          currency,
          cashIncrement,
          cashMode,
          cashScope,
          lockAfterSeconds,
          timeZone,
          shifts,
          payments,
          discountReasons,
          barcodes,
          goods);
    }

    /** What its receipts say beside the sale. */
    public ReceiptLines receiptLines() {
      return new ReceiptLines(receiptHeader, receiptFooter);
    }

    /** The same minding other things of its goods. */
    public SettingsItem with(GoodsSettings other) {
      return new SettingsItem(
          tenantName,
          storeName,
          receiptHeader,
          receiptFooter,
          currency,
          cashIncrement,
          cashMode,
          cashScope,
          lockAfterSeconds,
          timeZone,
          shifts,
          payments,
          discountReasons,
          barcodes,
          other);
    }
  }

  /** What stands above the receipts of a store, apart from its settings because of its size. */
  record ReceiptLogoItem(ReceiptLogo logo) implements FeedBody {}

  /**
   * How a scale or a labeller prints a value into its codes.
   *
   * @param pattern as {@code common.catalogue.BarcodePattern} reads it
   * @param meaning {@code WEIGHT}, {@code COUNT} or {@code PRICE}
   */
  record BarcodeForm(String name, String pattern, String meaning) {}

  /**
   * How the devices of a tenant keep their keys.
   *
   * @param shareRequired true when a device opens only with the server's share of its key
   * @param leaseHours how long a device may keep the share, 1 to 720
   * @param forgetAfterMinutes how long a locked device keeps its keys in memory, 1 to 1440; 0 keeps
   *     them
   * @param newKeyAfterDays after how many days a device's database gets another key, 1 to 3650; 0
   *     is never
   */
  record TillRuleItem(
      boolean shareRequired, int leaseHours, int forgetAfterMinutes, int newKeyAfterDays)
      implements FeedBody {
    /** While the tenant has said nothing. */
    public static final TillRuleItem USUAL = new TillRuleItem(false, 72, 30, 365);

    /** True when every figure is within its range. */
    public boolean fits() {
      return leaseHours >= 1
          && leaseHours <= 720
          && forgetAfterMinutes >= 0
          && forgetAfterMinutes <= 1440
          && newKeyAfterDays >= 0
          && newKeyAfterDays <= 3650;
    }
  }

  /**
   * A sale that counts, for the back offices of its store.
   *
   * @param cashier empty where the server does not know who it was
   */
  record SaleItem(
      UUID store,
      UUID register,
      String registerName,
      String cashier,
      String receipt,
      Instant at,
      LocalDate businessDate,
      int lines,
      long total,
      String verdict)
      implements FeedBody {
    public SaleItem {
      // What is empty is not written.
      registerName = registerName == null ? "" : registerName;
      cashier = cashier == null ? "" : cashier;
    }
  }

  /**
   * What has come back of a sale on all tills, as far as the server knows; its id is the sale's.
   *
   * @param lines those of which anything came back
   */
  record RefundedItem(List<Line> lines, List<Given> given) implements FeedBody {
    public RefundedItem {
      lines = lines == null ? List.of() : List.copyOf(lines);
      given = given == null ? List.of() : List.copyOf(given);
    }

    /**
     * What went back by one means, in minor units, cash rounding taken off.
     *
     * @param means the name of a {@code SaleCompleted.Means}
     */
    public record Given(String means, long amount) {}

    /**
     * A sold line.
     *
     * @param quantity how much came back
     * @param given what was given back for it
     */
    public record Line(int line, Quantity quantity, long given) {}
  }

  /**
   * A change that the server did not plainly accept, for the worklist of the back offices of its
   * store.
   *
   * @param batch the batch that it came in, of {@code device}
   * @param number its number on its device
   * @param type the change's kind, or {@code unreadable}
   * @param verdict the name of the {@code Verdict}
   * @param code why; several joined by {@code ","}
   * @param at the device's clock; null where the change could not be read
   * @param actor who did it, by name; may be empty
   * @param receipt the sale's receipt, else empty
   * @param total what the sale came to, or null
   * @param edits what was to be changed, of a product; empty for others
   * @param acceptable whether what was quarantined can be made to count
   * @param decision the name of the resolution, or null while nobody has decided
   * @param reported what somebody noticed, else null
   */
  record QuestionItem(
      UUID device,
      String deviceName,
      long batch,
      long number,
      String type,
      String verdict,
      String code,
      Instant received,
      @Nullable Instant at,
      String actor,
      String receipt,
      @Nullable Long total,
      List<Edited> edits,
      boolean acceptable,
      @Nullable String decision,
      String decidedBy,
      @Nullable Instant decidedAt,
      String note,
      @Nullable Reported reported)
      implements FeedBody {
    public QuestionItem {
      // What is empty is not written.
      deviceName = deviceName == null ? "" : deviceName;
      code = code == null ? "" : code;
      actor = actor == null ? "" : actor;
      receipt = receipt == null ? "" : receipt;
      decidedBy = decidedBy == null ? "" : decidedBy;
      note = note == null ? "" : note;
      edits = edits == null ? List.of() : List.copyOf(edits);
    }

    /**
     * A field of a product that somebody wanted to change.
     *
     * @param field the name of the field
     * @param found what the server held when it judged
     */
    public record Edited(UUID product, String field, String from, String to, String found) {
      public Edited {
        from = from == null ? "" : from;
        to = to == null ? "" : to;
        found = found == null ? "" : found;
      }
    }

    /**
     * Something that should not be.
     *
     * @param kind the name of the {@code SuspicionReported.Kind}
     * @param note in the words of whoever noticed it; may be empty
     */
    public record Reported(String kind, String note) {
      public Reported {
        kind = kind == null ? "" : kind;
        note = note == null ? "" : note;
      }
    }

    /** With what a person decided. */
    public QuestionItem decided(String how, String by, Instant when, String why) {
      return new QuestionItem(
          device,
          deviceName,
          batch,
          number,
          type,
          verdict,
          code,
          received,
          at,
          actor,
          receipt,
          total,
          edits,
          acceptable,
          how,
          by,
          when,
          why,
          reported);
    }
  }

  /**
   * A person has decided on a change of one of the store's devices; that device shows it no longer
   * as open.
   */
  record ResolutionItem(UUID device, long number, String decision) implements FeedBody {}

  /**
   * How much of a product a store has, as of the {@link StockMarkItem} that comes behind it in the
   * feed; before that one it says nothing yet.
   *
   * @param quantity negative when more left than ever came
   * @param counted the count that it goes on from; null while nobody has counted
   */
  record StockItem(UUID product, Quantity quantity, @Nullable Counted counted)
      implements FeedBody {}

  /**
   * When and by which device something was counted: what moved later adds to the count.
   *
   * @param at the device's clock, but not later than the server had it
   */
  record Counted(Instant at, UUID device) {}

  /**
   * Up to where the server has read the changes of a store's devices into the levels that came
   * before this; one for each store, its id.
   *
   * @param round grows from one to the next
   * @param through those of which anything was read, by device
   */
  record StockMarkItem(long round, List<Through> through) implements FeedBody {
    public StockMarkItem {
      through = through == null ? List.of() : List.copyOf(through);
    }

    /**
     * A device.
     *
     * @param change the number of its last change that the levels hold
     */
    public record Through(UUID device, long change) {}
  }

  /**
   * A basket that was put aside at one of the store's tills; gone once it was taken up. Its id is
   * that of the parked basket.
   *
   * @param device the till's
   * @param registerName where it was put aside; may be empty
   * @param by who put it aside
   * @param at by the till's clock
   * @param name what somebody called it; may be empty
   */
  record ParkedItem(
      UUID device, String registerName, UUID by, Instant at, String name, ParkedBasket basket)
      implements FeedBody {
    public ParkedItem {
      registerName = registerName == null ? "" : registerName;
      name = name == null ? "" : name;
    }

    /** The same under a name. */
    public ParkedItem named(String other) {
      return new ParkedItem(device, registerName, by, at, other, basket);
    }
  }
}
