package dev.countersign.server.launch;

import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.PaymentSettings;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Store;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says how a store is paid; what is not named stays as it is. */
@Command(
    name = "paying",
    description = "Say what a store takes, of what it gives change, and which tips it proposes.",
    mixinStandardHelpOptions = true)
final class StorePaying extends AdminCommand {
  private static final int MOST_TIPS = 4;

  @Option(names = "--tenant", required = true, description = "name or id")
  private @Nullable String tenant;

  @Option(names = "--store", required = true, description = "the store's number or id")
  private @Nullable String store;

  @Option(
      names = "--take",
      paramLabel = "MEANS",
      split = ",",
      description = "cash, card, mobile-money, voucher, gift-card, store-credit; or all")
  private @Nullable List<String> taken;

  @Option(
      names = "--change-of",
      paramLabel = "MEANS",
      split = ",",
      description = "of what change is given besides cash: mobile-money, voucher; or none")
  private @Nullable List<String> change;

  @Option(
      names = "--tips",
      paramLabel = "PERCENT",
      split = ",",
      description = "up to four percentages, 1 to 100; or none")
  private @Nullable List<String> tips;

  @Option(
      names = "--smallest-coin",
      paramLabel = "MINOR",
      description = "what cash is rounded to, in minor units such as 5; 0 does not round")
  private @Nullable Long coin;

  @Override
  int run(Desk desk) throws Exception {
    UUID owner = desk.tenant(Desk.given(tenant, "--tenant")).id();
    Store of = store(desk.provisioning().stores(owner), Desk.given(store, "--store"));
    SettingsItem settings =
        desk.provisioning()
            .changeSettings(
                owner,
                of.id(),
                before -> {
                  PaymentSettings stood =
                      Objects.requireNonNullElse(before.payments(), PaymentSettings.USUAL);
                  PaymentSettings paid =
                      new PaymentSettings(
                          taken == null ? stood.tenders() : kinds(taken, "all", false),
                          change == null ? stood.changeOf() : kinds(change, "none", true),
                          tips == null ? stood.tips() : percents(tips));
                  return before.with(paid, coin == null ? before.cashIncrement() : smallest(coin));
                });
    PaymentSettings payments =
        Objects.requireNonNullElse(settings.payments(), PaymentSettings.USUAL);
    desk.print(
        of.name()
            + " takes "
            + words(payments.rules().taken())
            + "; change of "
            + words(payments.rules().change())
            + "; tips "
            + (payments.tips().isEmpty() ? "none" : payments.tips()),
        settings);
    return OK;
  }

  private static Store store(List<Store> stores, String named) {
    return stores.stream()
        .filter(each -> each.number().equals(named) || each.id().toString().equals(named))
        .findFirst()
        .orElseThrow(() -> new RefusedException("There is no store " + named + "."));
  }

  private static List<String> kinds(List<String> said, String nothing, boolean forChange) {
    if (said.equals(List.of(nothing))) {
      return List.of();
    }
    return said.stream().map(each -> kind(each, forChange).name()).distinct().toList();
  }

  private static TenderKind kind(String said, boolean forChange) {
    return Arrays.stream(TenderKind.values())
        .filter(kind -> word(kind).equals(said.toLowerCase(Locale.ROOT)))
        .filter(kind -> !forChange || kind.canGiveChange())
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    forChange
                        ? "Change can be given of mobile-money and voucher, not of " + said + "."
                        : "There is no payment called " + said + "."));
  }

  private static List<Integer> percents(List<String> said) {
    if (said.equals(List.of("none"))) {
      return List.of();
    }
    boolean fit =
        said.size() <= MOST_TIPS && said.stream().allMatch(each -> each.matches("[1-9][0-9]?|100"));
    if (!fit) {
      throw new RefusedException("Tips are up to four percentages, 1 to 100.");
    }
    return said.stream().map(Integer::valueOf).toList();
  }

  private static long smallest(Long coin) {
    if (Objects.requireNonNull(coin) < 0 || coin > 10_000) {
      throw new RefusedException("The smallest coin is 0 to 10000 minor units.");
    }
    return coin;
  }

  private static String word(TenderKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String words(Set<TenderKind> kinds) {
    return Arrays.stream(TenderKind.values())
        .filter(kinds::contains)
        .map(StorePaying::word)
        .collect(Collectors.joining(", "));
  }
}
