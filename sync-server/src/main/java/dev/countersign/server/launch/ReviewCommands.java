package dev.countersign.server.launch;

import dev.countersign.common.json.Json;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.review.Review;
import dev.countersign.server.review.Reviews;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Access reviews of a tenant; they are done by its owner, in the office. */
@Command(
    name = "review",
    description = "See when the access review is due, and what was decided.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ReviewCommands.Listing.class, ReviewCommands.Show.class})
final class ReviewCommands {
  /** When it is due, in words. */
  static String due(Reviews.State state) {
    return (state.overdue() ? "overdue since " : "due by ")
        + state.dueAt()
        + (state.open() == null ? "" : "; " + state.undecided() + " decisions open");
  }

  /** Everything for a script. */
  record ShownAll(Reviews.State state, List<Review> reviews) {}

  /** Lists them. */
  @Command(name = "list", description = "List reviews.", mixinStandardHelpOptions = true)
  static final class Listing extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Override
    Touch touch() {
      return Touch.READ;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Reviews.State state = desk.backroom().oversight().reviewState(owner);
      List<Review> all = desk.backroom().oversight().reviews(owner.id());
      StringBuilder text = new StringBuilder("The next review is " + due(state) + ".");
      for (Review review : all) {
        text.append("\n")
            .append(review.id())
            .append("  opened ")
            .append(review.openedAt())
            .append(review.isOpen() ? "  open" : "  closed " + review.closedAt())
            .append("  ")
            .append(review.rows().size())
            .append(" rows");
      }
      desk.print(text.toString(), new ShownAll(state, all));
      return OK;
    }
  }

  /** Shows one. */
  @Command(
      name = "show",
      description = {
        "Show a review.",
        "With --json a closed one is printed byte by byte as it was closed: the log's entry"
            + " review.closed carries the SHA-256 of that line."
      },
      mixinStandardHelpOptions = true)
  static final class Show extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Parameters(paramLabel = "REVIEW", description = "its id")
    private @Nullable String id;

    @Override
    Touch touch() {
      return Touch.READ;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      String wanted = Desk.given(id, "REVIEW");
      Review review =
          desk.backroom().oversight().reviews(owner.id()).stream()
              .filter(each -> each.id().toString().equals(wanted))
              .findFirst()
              .orElseThrow(() -> new RefusedException("There is no review " + wanted + "."));
      if (desk.json()) {
        desk.out()
            .println(
                desk.backroom()
                    .oversight()
                    .evidence(owner.id(), review.id())
                    .orElse(new String(Json.encode(review), StandardCharsets.UTF_8)));
        return OK;
      }
      for (Review.Row row : review.rows()) {
        desk.out()
            .println(
                row.subject()
                    + "  "
                    + row.kind()
                    + "  "
                    + String.join(", ", row.rights())
                    + (row.unused() ? "  unused for 90 days" : "")
                    + "  "
                    + (row.decision() == null
                        ? "open"
                        : row.decision() + " by " + row.decidedBy() + " " + row.decidedAt()));
      }
      return OK;
    }
  }
}
