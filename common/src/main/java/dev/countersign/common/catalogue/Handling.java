package dev.countersign.common.catalogue;

import java.util.List;
import java.util.regex.Pattern;

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
 */
public record Handling(
    int leastAge, String restricted, boolean weighed, boolean container, List<Deposit> deposits) {
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

  /** Whether it can name restricted goods; the empty name is that of goods that are not. */
  public static boolean isKind(String name) {
    return name.isEmpty()
        || (name.length() <= LONGEST && name.equals(name.strip()) && KIND.matcher(name).matches());
  }

  /** With another least age, in years; 0 for anybody. */
  public Handling withLeastAge(int years) {
    return new Handling(years, restricted, weighed, container, deposits);
  }

  /** As restricted goods of another kind; empty for none. */
  public Handling withRestricted(String kind) {
    return new Handling(leastAge, kind, weighed, container, deposits);
  }

  /** Sold by the kilogram, without containers, or by the piece. */
  public Handling withWeighed(boolean byWeight) {
    return new Handling(leastAge, restricted, byWeight, container, byWeight ? List.of() : deposits);
  }

  /** As a container, which bears no containers itself, or as none. */
  public Handling withContainer(boolean itself) {
    return new Handling(leastAge, restricted, weighed, itself, itself ? List.of() : deposits);
  }

  /** With other containers, where it can have any. */
  public Handling withDeposits(List<Deposit> others) {
    return new Handling(
        leastAge, restricted, weighed, container, container || weighed ? List.of() : others);
  }
}
