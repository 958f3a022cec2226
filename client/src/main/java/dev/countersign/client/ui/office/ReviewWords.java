package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.Place;
import dev.countersign.client.sync.OversightForms.NamedRow;
import dev.countersign.client.sync.OversightForms.ReviewRow;
import dev.countersign.client.sync.OversightForms.ReviewState;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.control.Label;

/** A review's rows in a person's words. */
final class ReviewWords {
  /** From here on the office reminds of the next review. */
  private static final Duration AHEAD = Duration.ofDays(14);

  /** As the server writes a role that counts in one store. */
  private static final Pattern IN_A_STORE =
      Pattern.compile("(.+) in ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private ReviewWords() {}

  /** What a person is to be reminded of; empty texts when there is nothing. */
  record Reminder(String badge, String text) {
    static final Reminder NONE = new Reminder("", "");

    boolean isNone() {
      return text.isEmpty();
    }
  }

  static Reminder reminder(Words words, Amounts amounts, ReviewState state, Instant now) {
    String day = amounts.date(state.dueAt());
    if (state.overdue()) {
      return new Reminder(
          words.say("review.badge.overdue"), words.say("review.remind.overdue", day));
    }
    if (state.open() != null) {
      return new Reminder(
          words.say("review.badge.open"), words.say("review.remind.open", state.undecided(), day));
    }
    return now.isAfter(state.dueAt().minus(AHEAD))
        ? new Reminder(words.say("review.badge.due"), words.say("review.remind.due", day))
        : Reminder.NONE;
  }

  static boolean isKey(ReviewRow row) {
    return row.kind().equals("KEY");
  }

  static String name(Words words, NamedRow row) {
    String name = row.name();
    if (name == null) {
      return words.say("review.no-name");
    }
    return isKey(row.row()) ? words.say("review.key", name) : name;
  }

  /** In one line. */
  static String rights(Words words, Business business, ReviewRow row) {
    return Forms.first(words, lines(words, business, row));
  }

  static List<String> lines(Words words, Business business, ReviewRow row) {
    return row.all().stream()
        .map(each -> isKey(row) ? KeysPage.scope(words, each) : right(words, business, each))
        .toList();
  }

  private static String right(Words words, Business business, String text) {
    return business.places(words, List.of(place(text)));
  }

  /** A role and where it counts. */
  static Place place(String right) {
    Matcher one = IN_A_STORE.matcher(right);
    return one.matches()
        ? new Place(UUID.fromString(one.group(2)), one.group(1))
        : new Place(null, right);
  }

  /**
   * When they last used what they may do, or that they did not.
   *
   * @param written how a moment is written
   */
  static String used(Words words, Function<Instant, String> written, ReviewRow row) {
    Instant at = row.lastUsed();
    if (row.unused()) {
      return at == null ? words.say("review.never-used") : words.say("review.unused");
    }
    return at == null ? words.say("review.not-yet") : written.apply(at);
  }

  static Label badge(Words words, String decision) {
    return switch (decision) {
      case "" -> Parts.whole(words.say("review.open-row"), "badge", "warn");
      case "KEEP" -> Parts.whole(words.say("review.kept"), "badge");
      case "CHANGE" -> Parts.whole(words.say("review.changed"), "badge");
      case "END" -> Parts.whole(words.say("review.removed"), "badge", "bad");
      default -> Parts.whole(decision, "badge", "warn");
    };
  }
}
