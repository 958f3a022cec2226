package dev.countersign.server.ingest;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Role;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.GrantSheet;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.tax.Tax;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the server knows when it judges a change, the changes before it included. */
public interface Ground {
  /** Somebody who works in the device's store, with the role that counts there. */
  record Person(String name, Role role) {}

  /** The person; empty for whoever does not work in the device's store, or has left. */
  Optional<Person> person(UUID user);

  /** The sheet of rights of this id, when it was given to this device. */
  Optional<GrantSheet> grant(UUID sheet);

  /** When a person left; empty for whoever is here, and for whoever never was. */
  Optional<Instant> left(UUID user);

  /** Whether a sale that counts has this id. */
  boolean hasSale(UUID sale);

  /** Whether this device opened this shift. */
  boolean hasShift(UUID shift);

  /** Whether any device of the tenant opened a shift with this id. */
  boolean isShiftTaken(UUID shift);

  /**
   * A shift and what it has come to, in minor units.
   *
   * @param opened the float it began with
   */
  record Shift(UUID device, boolean closed, long opened, ShiftFigures figures) {
    /** What its drawer should hold. */
    long cash() {
      return Math.addExact(opened, figures.cash());
    }
  }

  /** The shift, whichever device opened it. */
  Optional<Shift> shift(UUID shift);

  /**
   * What this device paid out in a shift of its own for empties that nobody answered for, in minor
   * units, the changes before included; 0 for a shift that is not known.
   */
  long emptiesPaid(UUID shift);

  /** Whether the shift is there and closed. */
  boolean isClosed(UUID shift);

  /** Whether a cash movement or an opening of a drawer has this id. */
  boolean hasMovement(UUID movement);

  /**
   * The largest difference of a drawer, in minor units, that takes nobody's approval in this store;
   * empty for no limit.
   */
  Optional<Long> differenceLimit();

  /**
   * A line as it was sold, and what has come back of it.
   *
   * @param paid what it cost, in minor units
   * @param refunded how much came back so far
   * @param given what was given back for it so far, in minor units
   * @param refunds how many times
   */
  record SoldLine(
      @Nullable UUID product,
      Quantity sold,
      long paid,
      Quantity refunded,
      long given,
      long refunds) {
    /** After so much more came back. */
    SoldLine after(Quantity quantity, long amount) {
      return new SoldLine(
          product, sold, paid, refunded.plus(quantity), given + amount, refunds + 1);
    }
  }

  /** The line of a sale that counts; empty when there is none, and for a line of returned goods. */
  Optional<SoldLine> soldLine(SaleCompleted.Sold line);

  /**
   * A sale that counts, of which goods come back, and its money; in minor units, cash rounding
   * taken off.
   *
   * @param cameIn by each means
   * @param given back by each means so far
   */
  record Original(String receipt, Map<Means, Long> cameIn, Map<Means, Long> given) {
    public Original {
      cameIn = Map.copyOf(cameIn);
      given = Map.copyOf(given);
    }

    /** After so much more was given back. */
    Original after(Map<Means, Long> more) {
      Map<Means, Long> sums = new EnumMap<>(Means.class);
      sums.putAll(given);
      more.forEach((means, amount) -> sums.merge(means, amount, Math::addExact));
      return new Original(receipt, cameIn, sums);
    }
  }

  /** The sale that a line comes back of. */
  Optional<Original> original(UUID sale);

  /** The product as it is sold now, the changes before included. */
  Optional<ProductItem> product(UUID product);

  /** A product of a sale that names promotions, as it is sold now. */
  Optional<ProductItem> sold(UUID product);

  /** The newest version of a promotion or price list, the changes before included; 0 for none. */
  int version(WrittenRules.Kind kind, UUID id);

  /** A version of a promotion that counts. */
  Optional<Promotion> promotion(UUID id, int version);

  /** A version of a price list that counts. */
  Optional<PriceList> priceList(UUID id, int version);

  /**
   * A customer.
   *
   * @param details the commitment to what is known of them
   */
  record Customer(String details, boolean erased) {}

  /** The customer, the changes before included. */
  Optional<Customer> customer(UUID customer);

  /** A version of what a customer was granted that counts. */
  Optional<CustomerTerms> terms(UUID customer, int version);

  /** What a customer owes, in minor units, the changes before included. */
  long owed(UUID customer);

  /** What a customer may owe, in minor units, as it was granted last; 0 without an account. */
  long limit(UUID customer);

  /** A tax that a sale, a product or a change names, with all its rates. */
  Optional<Tax> tax(UUID rule);

  /** The clock on the wall of the device's store. */
  ZoneId zone();

  /** What the server questioned and a person can decide on. */
  record Question(Verdict verdict, boolean decided, boolean acceptable, @Nullable UUID actor) {}

  /** The question of this store that a resolution answers. */
  Optional<Question> question(VerdictResolved resolution);

  /**
   * What is known of a credit account, the changes before included; amounts in minor units.
   *
   * @param kind null while no account is open under this id
   * @param held what the device that is judged may still spend of it
   */
  record Credit(@Nullable CreditKind kind, long balance, long held) {
    static final Credit NONE = new Credit(null, 0, 0);
  }

  /** The account; {@link Credit#NONE} where nothing is known of it. */
  Credit credit(UUID account);

  /** Whether an account opens by the code of this hash, in hexadecimal. */
  boolean isCodeTaken(String opens);

  /** What a sale that counts put on an account, in minor units. */
  long putOn(UUID account, UUID sale);

  /** Whether a stock movement or a count has this id. */
  boolean hasStockEntry(UUID entry);

  /**
   * When a product was last counted in the device's store, the changes before included; empty when
   * it never was.
   */
  Optional<Instant> counted(UUID product);

  /**
   * A basket that was put aside, or taken up before the server heard of it.
   *
   * @param parked whether it is known who put it aside
   * @param recalled whether somebody took it up
   */
  record Parked(UUID store, boolean parked, boolean recalled) {}

  /** The basket, the changes before included. */
  Optional<Parked> parked(UUID basket);

  /** Whether the audit log once was what a Z report says of it. */
  boolean wasLog(ShiftClosed.LogHead head);

  /** What is to be minded when a product is sold; nothing of one that is not known. */
  Handling handling(UUID product);

  /** What the device's store minds of its goods. */
  GoodsSettings goods();

  /** Whether the catalogue has or had this product. */
  boolean hasProduct(UUID product);

  /** The highest receipt number of the device's series so far, 0 before the first. */
  long highestReceipt();

  /** Whether a sale that counts has this number in the device's series. */
  boolean hasReceipt(long number);

  /**
   * How a store is paid.
   *
   * @param cashIncrement its smallest cash amount in minor units, 0 when cash is not rounded
   */
  record Paying(long cashIncrement, TenderRules rules) {
    /** Of a store that has said nothing. */
    public static final Paying USUAL = new Paying(0, TenderRules.USUAL);
  }

  /** How the device's store is paid. */
  Paying paying();
}
