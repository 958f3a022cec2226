package dev.countersign.common.change;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.permission.PermissionKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A register's cash session was counted and closed: what its Z report says. The change's entity is
 * the shift. Nothing is added to a closed shift; a sale that comes later stands beside it as an
 * adjustment. Amounts are minor units of {@code currency}.
 *
 * @param number the shift's, which is the Z report's
 * @param sales how many sales were completed on it, refunds among them
 * @param total what they came to, before cash rounding
 * @param cash what the drawer should hold: the float, the cash of the sales with its rounding, and
 *     what was moved in and out
 * @param counted what was counted in the drawer, not negative
 * @param pieces how many of each note and coin, adding up to {@code counted}; empty when only the
 *     sum was typed
 * @param others what was counted of other tenders, such as by a card terminal's own report
 * @param limit the largest difference that took nobody's approval, as the till's settings had it;
 *     null for none
 * @param figures all else that the report says
 * @param log the audit log as its till had last seen it proven; null before the first time
 */
public record ShiftClosed(
    UUID store,
    UUID register,
    long number,
    LocalDate businessDate,
    String currency,
    long sales,
    long total,
    long cash,
    long counted,
    List<DrawerCounted.Pieces> pieces,
    List<ShiftFigures.Tendered> others,
    @Nullable Long limit,
    ShiftFigures figures,
    @Nullable LogHead log)
    implements ChangeBody {
  /**
   * What a log was at one moment: printed on a Z report and signed by the till, so that whoever
   * holds the paper or the batch can show that the log was rewritten afterwards.
   *
   * @param size how many entries it had
   * @param root the root over them (RFC 6962), 64 hexadecimal digits
   */
  public record LogHead(long size, String root) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the size is negative or the root no hash
     */
    public LogHead {
      if (size < 0) {
        throw new IllegalArgumentException("a log does not have " + size + " entries");
      }
      Hash.fromHex(Objects.requireNonNull(root, "root"));
    }
  }

  public ShiftClosed {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(register, "register");
    Objects.requireNonNull(businessDate, "businessDate");
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(figures, "figures");
    pieces = pieces == null ? List.of() : List.copyOf(pieces);
    others = others == null ? List.of() : List.copyOf(others);
  }

  /** Counted less expected: negative when cash is missing. */
  public long difference() {
    return counted - cash;
  }

  /** True when a difference, of the drawer or of another tender, is larger than this. */
  public boolean isOff(long most) {
    return Math.abs(difference()) > most
        || others.stream()
            .anyMatch(each -> Math.abs(each.amount() - figures.by(each.means())) > most);
  }

  @Override
  public Set<PermissionKey> requires() {
    return limit != null && isOff(limit)
        ? Set.of(PermissionKey.SHIFT_CLOSE, PermissionKey.SHIFT_DIFFERENCE)
        : Set.of(PermissionKey.SHIFT_CLOSE);
  }
}
