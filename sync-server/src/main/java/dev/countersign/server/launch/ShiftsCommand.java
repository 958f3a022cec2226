package dev.countersign.server.launch;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.MoneyFormatException;
import dev.countersign.common.protocol.ShiftSettings;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Store;
import dev.countersign.server.tenant.Tenant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says how a store counts its drawers. */
@Command(
    name = "shifts",
    description =
        "Show or say how a store counts its drawers: blind or not, from which difference on"
            + " somebody has to answer for it, which notes and coins, and what is proposed as"
            + " reasons at the drawer. What is not given stays.",
    mixinStandardHelpOptions = true)
final class ShiftsCommand extends AdminCommand {
  private static final String NONE = "none";

  @Option(names = "--tenant", required = true, description = "name or id")
  private @Nullable String tenant;

  @Option(names = "--store", required = true, description = "number or id")
  private @Nullable String store;

  @Option(
      names = "--blind",
      arity = "1",
      paramLabel = "BOOLEAN",
      description = "true: whoever counts is told only afterwards what should be there")
  private @Nullable Boolean blind;

  @Option(
      names = "--sum",
      arity = "1",
      paramLabel = "BOOLEAN",
      description = "true: the sum may be typed instead of each note and coin")
  private @Nullable Boolean sum;

  @Option(
      names = "--limit",
      paramLabel = "AMOUNT",
      description = "a larger difference takes a supervisor, such as 5.00; none for no limit")
  private @Nullable String limit;

  @Option(
      names = "--denominations",
      split = ",",
      paramLabel = "AMOUNT",
      description = "notes and coins, such as 20,10,5,1,0.50; none for the currency's own")
  private @Nullable List<String> denominations;

  @Option(names = "--reason-in", paramLabel = "TEXT", description = "repeat it for each; or none")
  private @Nullable List<String> reasonsIn;

  @Option(names = "--reason-out", paramLabel = "TEXT", description = "repeat it for each; or none")
  private @Nullable List<String> reasonsOut;

  @Option(names = "--reason-open", paramLabel = "TEXT", description = "repeat it for each; or none")
  private @Nullable List<String> reasonsOpen;

  @Override
  int run(Desk desk) throws Exception {
    Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
    Store place = desk.store(owner, Desk.given(store, "--store"));
    ShiftSettings before = desk.provisioning().shifts(owner.id(), place.id());
    Currency currency = Currency.getInstance(owner.currency());
    ShiftSettings rules =
        new ShiftSettings(
            blind == null ? before.blind() : blind,
            sum == null ? before.sumTyped() : sum,
            limit(before, currency),
            denominations(before, currency),
            reasons(reasonsIn, before.reasonsIn()),
            reasons(reasonsOut, before.reasonsOut()),
            reasons(reasonsOpen, before.reasonsOpen()));
    if (!rules.fits()) {
      throw new RefusedException(
          "A limit is not below 0, a note or coin above it and stands once, and a reason has 1 to "
              + ShiftSettings.LONGEST_REASON
              + " characters. Nothing was changed.");
    }
    if (!rules.equals(before)) {
      desk.provisioning().changeSettings(owner.id(), place.id(), settings -> settings.with(rules));
    }
    desk.print(said(rules, currency), rules);
    return OK;
  }

  private @Nullable Long limit(ShiftSettings before, Currency currency) {
    String typed = limit;
    if (typed == null) {
      return before.limit();
    }
    return typed.equals(NONE) ? null : (Long) minor(typed, currency);
  }

  private List<Long> denominations(ShiftSettings before, Currency currency) {
    List<String> typed = denominations;
    if (typed == null) {
      return before.denominations();
    }
    List<Long> values = new ArrayList<>();
    for (String each : typed) {
      if (!each.equals(NONE)) {
        values.add(minor(each, currency));
      }
    }
    values.sort(Comparator.reverseOrder());
    return values;
  }

  private static List<String> reasons(@Nullable List<String> typed, List<String> before) {
    return typed == null
        ? before
        : typed.stream().map(String::strip).filter(each -> !each.equals(NONE)).toList();
  }

  private static long minor(String typed, Currency currency) {
    try {
      return Money.parse(typed, currency).minor();
    } catch (MoneyFormatException _) {
      throw new RefusedException(typed + " is no amount in " + currency + ".");
    }
  }

  private static String said(ShiftSettings rules, Currency currency) {
    Long limit = rules.limit();
    return "counted "
        + (rules.blind() ? "blind" : "in sight")
        + "  "
        + (rules.sumTyped() ? "sum or pieces" : "piece by piece")
        + "  limit "
        + (limit == null ? NONE : Money.of(limit, currency).toDecimalString());
  }
}
