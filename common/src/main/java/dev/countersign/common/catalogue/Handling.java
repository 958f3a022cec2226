package dev.countersign.common.catalogue;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be minded when a product is sold.
 *
 * @param leastAge of the buyer in years, 1 to {@value #OLDEST}; 0 for anybody
 * @param restricted the kind of goods of which a store may limit the hours of sale, such as {@code
 *     alcohol}: lower case, {@value #LONGEST} characters at most; empty for none
 * @param weighed sold by the kilogram: its price is that of one
 * @param container it is a returnable container itself: nothing is ever given off it, and it comes
 *     back without a receipt
 * @param deposits the containers that go with it, each once; none with a container itself, and none
 *     with what is weighed
 * @param openPrice TRUE when whoever rings it up says what it costs; null when the catalogue does,
 *     and always for a container
 */
public record Handling(
    int leastAge,
    String restricted,
    boolean weighed,
    boolean container,
    List<Deposit> deposits,
    @Nullable Boolean openPrice) {
  /** Of goods that anybody may buy at any time, by the piece. */
  public static final Handling NONE = new Handling(0, "", false, false, List.of());

  /** Beyond this nobody is asked. */
  public static final int OLDEST = 99;

  /** Of the name of restricted goods, in characters. */
  public static final int LONGEST = 40;

  private static final Pattern KIND =
      Pattern.compile("[\\p{Ll}\\p{Lo}\\p{Nd}][^\\p{Cntrl}\\p{Lu}]*");

  public Handling {
    restricted = restricted == null ? "" : restricted;
    deposits = deposits == null ? List.of() : List.copyOf(deposits);
    // Nothing is written for the usual case, so that what was told before stays as it was.
    openPrice = Boolean.TRUE.equals(openPrice) && !container ? Boolean.TRUE : null;
    if (leastAge < 0 || leastAge > OLDEST) {
      throw new IllegalArgumentException("an age of 0 to " + OLDEST + " years");
    }
    if (!isKind(restricted)) {
      throw new IllegalArgumentException("no name of restricted goods");
    }
    if (deposits.size() > Deposit.MOST || ((container || weighed) && !deposits.isEmpty())) {
      throw new IllegalArgumentException("more containers than goods have");
    }
  }

  /** Of goods whose price is the catalogue's. */
  public Handling(
      int leastAge, String restricted, boolean weighed, boolean container, List<Deposit> deposits) {
    this(leastAge, restricted, weighed, container, deposits, null);
  }

  /** Whether whoever rings it up says what it costs. */
  public boolean asksPrice() {
    return openPrice != null;
  }

  /** With a price that is asked for, which a container never has, or with the catalogue's. */
  public Handling withOpenPrice(boolean asked) {
    return new Handling(leastAge, restricted, weighed, container, deposits, asked);
  }

  /** Whether it can name restricted goods; the empty name is that of goods that are not. */
  public static boolean isKind(String name) {
    return name.isEmpty()
        || (name.length() <= LONGEST && name.equals(name.strip()) && KIND.matcher(name).matches());
  }

  /** With another least age, in years; 0 for anybody. */
  public Handling withLeastAge(int years) {
    return new Handling(years, restricted, weighed, container, deposits, openPrice);
  }

  /** As restricted goods of another kind; empty for none. */
  public Handling withRestricted(String kind) {
    return new Handling(leastAge, kind, weighed, container, deposits, openPrice);
  }

  /** Sold by the kilogram, without containers, or by the piece. */
  public Handling withWeighed(boolean byWeight) {
    return new Handling(
        leastAge, restricted, byWeight, container, byWeight ? List.of() : deposits, openPrice);
  }

  /** As a container, which bears no containers itself, or as none. */
  public Handling withContainer(boolean itself) {
    return new Handling(
        leastAge, restricted, weighed, itself, itself ? List.of() : deposits, openPrice);
  }

  /** With other containers, where it can have any. */
  public Handling withDeposits(List<Deposit> others) {
    return new Handling(
        leastAge,
        restricted,
        weighed,
        container,
        container || weighed ? List.of() : others,
        openPrice);
  }
}
