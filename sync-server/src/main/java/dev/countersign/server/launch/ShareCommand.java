package dev.countersign.server.launch;

import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import dev.countersign.server.account.By;
import dev.countersign.server.account.RefusedException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says how a tenant's tills keep their keys. */
@Command(
    name = "share",
    description =
        "Show or say how tills keep their keys: whether a till opens only with the server's share"
            + " of its key, how long it may keep that, when a locked till forgets its keys, and"
            + " when its database gets another key.",
    mixinStandardHelpOptions = true)
final class ShareCommand extends AdminCommand {
  @Option(names = "--tenant", required = true, description = "name or id")
  private @Nullable String tenant;

  @ArgGroup private @Nullable Switch onOrOff;

  @Option(
      names = "--hours",
      description = "how long a till opens without reaching the server, 1 to 720")
  private @Nullable Integer hours;

  @Option(
      names = "--forget-minutes",
      description = "how long a locked till keeps its keys in memory, 1 to 1440; 0 keeps them")
  private @Nullable Integer forgetMinutes;

  @Option(
      names = "--new-key-days",
      description = "after how many days a till's database gets another key; 0 is never")
  private @Nullable Integer newKeyDays;

  /** One of the two. */
  static final class Switch {
    @Option(names = "--on", description = "a till opens only with the server's share")
    private boolean on;

    @Option(names = "--off", description = "a till opens without it")
    private boolean off;
  }

  @Override
  int run(Desk desk) throws Exception {
    UUID id = desk.tenant(Desk.given(tenant, "--tenant")).id();
    var shares = desk.backroom().tillShares();
    TillRuleItem before = shares.rule(id);
    Switch wanted = onOrOff;
    TillRuleItem rule =
        new TillRuleItem(
            wanted == null ? before.shareRequired() : wanted.on,
            hours == null ? before.leaseHours() : hours,
            forgetMinutes == null ? before.forgetAfterMinutes() : forgetMinutes,
            newKeyDays == null ? before.newKeyAfterDays() : newKeyDays);
    if (!rule.fits()) {
      throw new RefusedException(
          "Hours are 1 to 720, minutes 0 to 1440, days 0 to 3650. Nothing was changed.");
    }
    if (!rule.equals(before)) {
      shares.setRule(id, By.OPERATOR, rule);
    }
    desk.print(
        "share "
            + (rule.shareRequired() ? "on" : "off")
            + "  "
            + rule.leaseHours()
            + " h without the server  keys forgotten after "
            + rule.forgetAfterMinutes()
            + " min  new key after "
            + rule.newKeyAfterDays()
            + " days",
        rule);
    return OK;
  }
}
