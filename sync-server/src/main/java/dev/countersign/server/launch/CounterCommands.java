package dev.countersign.server.launch;

import dev.countersign.common.catalogue.BarcodePattern;
import dev.countersign.common.catalogue.BarcodeRule;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.protocol.FeedBody.BarcodeForm;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.sale.Notes;
import dev.countersign.common.sale.SaleHours;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Store;
import dev.countersign.server.tenant.Tenant;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the counters of a store sell by: reasons for discounts, and codes of scales. */
final class CounterCommands {
  private static final int DAY = 1_440;

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

  /** Says when restricted goods are sold. */
  @Command(
      name = "hours",
      description = "Set the hours in which restricted goods are sold; none: at any time.",
      mixinStandardHelpOptions = true)
  static final class Hours extends AdminCommand {
    private static final Pattern FORM =
        Pattern.compile(
            "([^=]+)=(?:([a-z]{3})(?:-([a-z]{3}))? )?([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})");

    private static final int MOST = 50;

    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--store", required = true, description = "number, name or id")
    private @Nullable String store;

    @Parameters(
        paramLabel = "GOODS=HOURS",
        description =
            "the kind of goods, as products name it, and from when until when; days before it where"
                + " it is not every day, such as alcohol=08:00-22:00 or 'alcohol=mon-sat"
                + " 08:00-24:00'")
    private List<String> hours = new ArrayList<>();

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Store place = desk.store(owner, Desk.given(store, "--store"));
      if (hours.size() > MOST) {
        throw new RefusedException("At most " + MOST + " hours.");
      }
      List<SaleHours> set = hours.stream().map(Hours::read).toList();
      desk.provisioning()
          .changeSettings(
              owner.id(), place.id(), settings -> settings.with(goods(settings).with(set)));
      desk.print("Hours of sale: " + String.join(", ", hours), set);
      return OK;
    }

    private static SaleHours read(String typed) {
      Matcher form = FORM.matcher(typed.toLowerCase(Locale.ROOT));
      if (!form.matches() || !Handling.isKind(form.group(1))) {
        throw new RefusedException("Write hours as alcohol=08:00-22:00, not " + typed + ".");
      }
      int from = minute(form.group(4), form.group(5));
      int to = minute(form.group(6), form.group(7));
      if (from >= DAY || to > DAY || from == to) {
        throw new RefusedException("There are no hours " + typed + ".");
      }
      // Midnight at the end is that of the same day.
      return new SaleHours(
          form.group(1), days(form.group(2), form.group(3)), from, to == 0 ? DAY : to);
    }

    private static int minute(String hours, String minutes) {
      int minute = Integer.parseInt(minutes);
      return minute >= 60 ? DAY + 1 : Integer.parseInt(hours) * 60 + minute;
    }

    private static List<DayOfWeek> days(@Nullable String first, @Nullable String last) {
      if (first == null) {
        return List.of();
      }
      List<DayOfWeek> days = new ArrayList<>(List.of(day(first)));
      while (last != null && days.getLast() != day(last)) {
        days.add(days.getLast().plus(1));
      }
      return days;
    }

    private static DayOfWeek day(String typed) {
      return Arrays.stream(DayOfWeek.values())
          .filter(day -> day.name().toLowerCase(Locale.ROOT).startsWith(typed))
          .findFirst()
          .orElseThrow(() -> new RefusedException("There is no day " + typed + "."));
    }
  }

  /** Says up to what empties take nobody's approval, in one sale and in a shift. */
  @Command(
      name = "empties",
      description =
          "Set up to what empties of a sale and of a shift are taken back without approval.",
      mixinStandardHelpOptions = true)
  static final class Empties extends AdminCommand {
    private static final long MOST = 100_000_000;

    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--store", required = true, description = "number, name or id")
    private @Nullable String store;

    @Option(
        names = "--limit",
        paramLabel = "MINOR",
        description = "of one sale, in minor units such as 5000; 0 always asks")
    private @Nullable Long limit;

    @Option(
        names = "--shift-limit",
        paramLabel = "MINOR|none",
        description = "of a whole shift, what was approved left out; none (the usual): no limit")
    private @Nullable String inShift;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Store place = desk.store(owner, Desk.given(store, "--store"));
      if (limit == null && inShift == null) {
        throw new RefusedException("Say --limit, --shift-limit or both.");
      }
      Long ofSale = limit == null ? null : (Long) within(limit);
      Long ofShift = inShift == null || inShift.equals("none") ? null : (Long) minor(inShift);
      desk.provisioning()
          .changeSettings(
              owner.id(),
              place.id(),
              settings -> settings.with(changed(settings, ofSale, ofShift)));
      desk.print(
          (ofSale == null ? "" : "Empties of a sale without approval up to " + ofSale + ". ")
              + (inShift == null ? "" : "Empties of a shift without approval: " + inShift + "."),
          Map.of(
              "limit",
              ofSale == null ? "unchanged" : ofSale,
              "shiftLimit",
              inShift == null ? "unchanged" : inShift));
      return OK;
    }

    private GoodsSettings changed(
        SettingsItem settings, @Nullable Long ofSale, @Nullable Long ofShift) {
      GoodsSettings goods = goods(settings);
      goods = ofSale == null ? goods : goods.with(ofSale);
      return inShift == null ? goods : goods.inShift(ofShift);
    }

    private static long minor(String typed) {
      try {
        return within(Long.parseLong(typed));
      } catch (NumberFormatException _) {
        throw new RefusedException("The limit is 0 to " + MOST + " minor units, or none.");
      }
    }

    private static long within(long minor) {
      if (minor < 0 || minor > MOST) {
        throw new RefusedException("The limit is 0 to " + MOST + " minor units.");
      }
      return minor;
    }
  }

  private static GoodsSettings goods(SettingsItem settings) {
    return Objects.requireNonNullElse(settings.goods(), GoodsSettings.USUAL);
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
