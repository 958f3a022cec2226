package dev.countersign.server.launch;

import dev.countersign.common.catalogue.BarcodePattern;
import dev.countersign.common.catalogue.BarcodeRule;
import dev.countersign.common.protocol.FeedBody.BarcodeForm;
import dev.countersign.common.sale.Notes;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Store;
import dev.countersign.server.tenant.Tenant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the counters of a store sell by: reasons for discounts, and codes of scales. */
final class CounterCommands {
  private CounterCommands() {}

  /** Names the reasons for discounts. */
  @Command(
      name = "reasons",
      description = "Set the reasons for discounts that a cashier chooses from; none: the usual.",
      mixinStandardHelpOptions = true)
  static final class Reasons extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--store", required = true, description = "number, name or id")
    private @Nullable String store;

    @Parameters(paramLabel = "REASON", description = "in the order in which they are shown")
    private List<String> reasons = new ArrayList<>();

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Store place = desk.store(owner, Desk.given(store, "--store"));
      for (String reason : reasons) {
        if (reason.isBlank() || !Notes.fits(reason)) {
          throw new RefusedException("This is no reason that can stand on a receipt.");
        }
      }
      desk.provisioning()
          .changeSettings(
              owner.id(), place.id(), settings -> settings.with(reasons, settings.barcodes()));
      desk.print("Reasons for discounts: " + String.join(", ", reasons), reasons);
      return OK;
    }
  }

  /** Says how scales and labellers print their codes. */
  @Command(
      name = "barcodes",
      description = "Set how scales and labellers print values into codes; none: plain codes only.",
      mixinStandardHelpOptions = true)
  static final class Barcodes extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--store", required = true, description = "number, name or id")
    private @Nullable String store;

    @Parameters(
        paramLabel = "MEANING=PATTERN",
        description =
            "weight, count or price, and the code: digits, '.' for any digit and {NNDDD} for the"
                + " value, such as weight=21.....{NNDDD}.")
    private List<String> codes = new ArrayList<>();

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Store place = desk.store(owner, Desk.given(store, "--store"));
      List<BarcodeForm> forms = codes.stream().map(Barcodes::form).toList();
      desk.provisioning()
          .changeSettings(
              owner.id(), place.id(), settings -> settings.with(settings.discountReasons(), forms));
      desk.print("Codes with values: " + String.join(", ", codes), forms);
      return OK;
    }

    private static BarcodeForm form(String typed) {
      String[] parts = typed.split("=", 2);
      String meaning = parts[0].toUpperCase(Locale.ROOT);
      boolean known =
          Arrays.stream(BarcodeRule.Meaning.values()).anyMatch(each -> each.name().equals(meaning));
      if (parts.length < 2 || !known) {
        throw new RefusedException("Write weight=, count= or price= before the pattern.");
      }
      try {
        BarcodePattern pattern = new BarcodePattern(parts[1]);
        return new BarcodeForm(parts[0], pattern.toString(), meaning);
      } catch (IllegalArgumentException e) {
        throw new RefusedException(String.valueOf(e.getMessage()));
      }
    }
  }
}
