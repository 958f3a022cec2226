package dev.countersign.server.ingest;

import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.LineFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Returnable containers go with their goods, as many as the catalogue says, and nothing is given
 * off them; empties come back without anybody's right up to the store's limits, for a sale and for
 * a shift, and only what is a container does. Pure.
 */
final class DepositRules {
  /** Containers without their goods, goods without their containers, or another number of them. */
  static final String DIFFERS = "deposit-differs";

  /** Empties beyond the store's limit, and nobody answers for them. */
  static final String LIMIT = "empties-limit";

  /** Empties beyond what the store pays out in a shift, and nobody answers for them. */
  static final String SHIFT_LIMIT = "empties-shift-limit";

  private DepositRules() {}

  /** The reason why the sale does not count, or nothing; adds what to look at. */
  static Optional<String> check(
      Change change, SaleCompleted sale, Ground ground, List<String> flags) {
    boolean mayTakeBack = mayTakeBack(change, sale, ground);
    for (Line line : sale.lines()) {
      if (line.beside().empties()) {
        if (!line.quantity().isNegative() || line.refunds() != null) {
          return Optional.of(Judge.SUMS);
        }
        if (!isContainer(line.product(), ground) && !mayTakeBack) {
          return Optional.of(Judge.NOT_PERMITTED);
        }
      }
    }
    if (!mayTakeBack) {
      long empties = empties(sale);
      if (empties > ground.goods().limit()) {
        flags.add(LIMIT);
      }
      if (ground.goods().isBeyondShift(ground.emptiesPaid(sale.shift()) + empties)) {
        flags.add(SHIFT_LIMIT);
      }
    }
    if (!agree(sale, ground)) {
      flags.add(DIFFERS);
    }
    return Optional.empty();
  }

  /** What a sale pays out for empties that nobody answers for, in minor units. */
  static long unanswered(Change change, SaleCompleted sale, Ground ground) {
    return mayTakeBack(change, sale, ground) ? 0 : empties(sale);
  }

  /** Of a sale without empties too: nothing is asked. */
  private static boolean mayTakeBack(Change change, SaleCompleted sale, Ground ground) {
    return sale.lines().stream().noneMatch(line -> line.beside().empties())
        || Warrant.of(change, Set.of(PermissionKey.SALE_RETURN), ground) instanceof Warrant.Given;
  }

  /** Amounts are small: SaleSums comes later, so that what is not is taken at its largest. */
  private static long empties(SaleCompleted sale) {
    return sale.lines().stream()
        .filter(line -> line.beside().empties())
        .mapToLong(line -> Math.min(Judge.LARGEST_AMOUNT, Math.max(0, -line.amount())))
        .sum();
  }

  private static boolean isContainer(@Nullable UUID product, Ground ground) {
    return product != null && ground.handling(product).container();
  }

  private static boolean agree(SaleCompleted sale, Ground ground) {
    Map<Integer, Line> lines = new HashMap<>();
    sale.lines().forEach(line -> lines.put(line.no(), line));
    Map<Integer, Map<UUID, Line>> containers = new HashMap<>();
    for (Line line : sale.lines()) {
      UUID product = line.product();
      LineFacts.Of with = line.beside().deposit();
      if (isContainer(product, ground) && !line.off().isEmpty()) {
        return false;
      }
      if (with == null || product == null) {
        continue;
      }
      Line goods = lines.get(with.line());
      boolean twice =
          containers.computeIfAbsent(with.line(), _ -> new HashMap<>()).put(product, line) != null;
      if (twice || goods == null || !isOf(line, with, goods, ground)) {
        return false;
      }
    }
    return sale.lines().stream()
        .filter(line -> line.quantity().isPositive() && line.quantity().isWhole())
        .allMatch(line -> hasAll(line, containers.getOrDefault(line.no(), Map.of()), ground));
  }

  /** What comes back with its goods was sold with them; how many is a matter of that sale. */
  private static boolean isOf(Line container, LineFacts.Of with, Line goods, Ground ground) {
    UUID product = goods.product();
    if (container.refunds() != null) {
      return goods.refunds() != null;
    }
    return product != null
        && container.product() != null
        && container.off().isEmpty()
        && container.quantity().equals(goods.quantity().times(with.each()))
        && ground
            .handling(product)
            .deposits()
            .contains(new Deposit(container.product(), with.each()));
  }

  private static boolean hasAll(Line goods, Map<UUID, Line> containers, Ground ground) {
    UUID product = goods.product();
    Handling handling = product == null ? Handling.NONE : ground.handling(product);
    return handling.deposits().stream()
        .allMatch(deposit -> containers.containsKey(deposit.product()));
  }
}
