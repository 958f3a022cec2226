package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OversightForms.NamedRow;
import dev.countersign.client.sync.OversightForms.Review;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.permission.Danger;
import dev.countersign.common.protocol.Routes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** One person or key of a review: what it may do and could do alone, and what becomes of it. */
final class ReviewRowSheet {
  private static final double WIDTH = 680;
  private static final double LIST = 132;

  private final ServerRoom room;
  private final Words words;
  private final Review review;
  private final Business business;
  private final NamedRow row;
  private final Runnable changed;
  private final String name;
  private final boolean key;

  private ReviewRowSheet(
      ServerRoom room, Review review, Business business, NamedRow row, Runnable changed) {
    this.room = room;
    this.words = room.words();
    this.review = review;
    this.business = business;
    this.row = row;
    this.changed = changed;
    this.name = ReviewWords.name(words, row);
    this.key = ReviewWords.isKey(row.row());
  }

  /**
   * @param changed runs when something was decided
   */
  static void open(
      ServerRoom room, Review review, Business business, NamedRow row, Runnable changed) {
    new ReviewRowSheet(room, review, business, row, changed).show();
  }

  private void show() {
    String decision = row.row().decision();
    VBox rights = new VBox(4);
    ReviewWords.lines(words, business, row.row())
        .forEach(each -> rights.getChildren().add(Parts.paragraph(each, "medium")));
    VBox content =
        new VBox(
            12,
            Parts.row(
                12,
                Parts.label(name, "title"),
                ReviewWords.badge(words, decision == null ? "" : decision)),
            Parts.label(words.say("review.rights"), "semi"),
            Forms.scroll(rights, LIST),
            Forms.fact(
                words.say("review.used"),
                ReviewWords.used(words, room.surface().amounts()::moment, row.row())));
    if (!row.alone().isEmpty()) {
      content.getChildren().addAll(dangers());
    }
    var at = row.row().decidedAt();
    if (at != null) {
      String who = Forms.who(words, row.decidedBy());
      content
          .getChildren()
          .add(
              Forms.fact(
                  words.say("review.decided"),
                  words.say("by.at", who, room.surface().amounts().moment(at))));
    }
    Button close = Parts.button(words.say("sheet.close"), room.surface().sheets()::close);
    HBox acts = Parts.row(10, close, Parts.spacer());
    if (decision == null && review.closedAt() == null) {
      if (!key && !business.roles().isEmpty()) {
        content.getChildren().add(changing());
      }
      Button keep = Parts.button(words.say("review.keep"), this::keep, "primary");
      acts.getChildren()
          .addAll(Parts.button(words.say("review.remove"), this::askRemove, "danger"), keep);
    }
    content.getChildren().add(acts);
    room.surface().sheets().open(content, WIDTH, close, () -> {});
  }

  private List<VBox> dangers() {
    VBox all = new VBox(6);
    for (String code : row.alone()) {
      Label text = Parts.paragraph(danger(code), "note");
      HBox.setHgrow(text, Priority.ALWAYS);
      HBox line = new HBox(10, Parts.icon(Feather.ALERT_TRIANGLE, "warn-icon"), text);
      line.setAlignment(Pos.TOP_LEFT);
      all.getChildren().add(line);
    }
    return List.of(
        new VBox(8, Parts.label(words.say("danger.title"), "semi"), Forms.scroll(all, LIST)));
  }

  /** A danger that only a newer server knows is shown by its code. */
  private String danger(String code) {
    return Arrays.stream(Danger.values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .map(each -> DangerWords.of(words, each))
        .orElse(code);
  }

  private HBox changing() {
    ComboBox<Optional<UUID>> store =
        Forms.choice(
            AddPersonSheet.places(business), each -> business.place(words, each.orElse(null)));
    ComboBox<String> role = Forms.choice(business.roles(), Business::roleName);
    // What is changed is the role that they have, where they have it.
    row.row().all().stream()
        .findFirst()
        .map(ReviewWords::place)
        .ifPresent(place -> store.getSelectionModel().select(Optional.ofNullable(place.store())));
    store.setId("review-store");
    role.setId("review-role");
    HBox choices =
        Parts.row(
            12,
            Forms.named(words.say("person.store"), store),
            Forms.named(words.say("person.role"), role),
            Parts.button(
                words.say("review.change"), () -> change(store.getValue(), role.getValue())));
    choices.setAlignment(Pos.BOTTOM_LEFT);
    return choices;
  }

  private void keep() {
    decide(Map.of("decision", "KEEP"), words.say("review.kept.done", name));
  }

  private void change(@Nullable Optional<UUID> store, String role) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("decision", "CHANGE");
    fields.put("role", role);
    if (store != null && store.isPresent()) {
      fields.put("store", store.get());
    }
    decide(fields, words.say("review.changed.done", name));
  }

  private void askRemove() {
    Asking.open(
        room,
        words.say("review.remove.title", name),
        key ? words.say("review.remove.key") : words.say("review.remove.person"),
        words.say("review.remove"),
        () -> decide(Map.of("decision", "END"), words.say("review.removed.done", name)));
  }

  private void decide(Map<String, Object> verdict, String done) {
    String path =
        Routes.REVIEW_ROW
            .replace("{id}", review.id().toString())
            .replace("{subject}", row.row().subject().toString());
    room.act(
        () -> room.line().post(path, verdict),
        _ -> {
          room.surface().sheets().close();
          room.good(done);
          changed.run();
        });
  }
}
