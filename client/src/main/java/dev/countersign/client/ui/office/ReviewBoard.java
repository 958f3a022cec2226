package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OversightForms.NamedRow;
import dev.countersign.client.sync.OversightForms.Review;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.util.Comparator;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One review, person by person and key by key; once closed, what shows that it was done. */
final class ReviewBoard extends VBox {
  /** Groups of a hash that the eye can follow. */
  private static final int GROUP = 8;

  private final ServerRoom room;
  private final Words words;
  private final Review review;
  private final Business business;
  private final Runnable changed;
  private final TableView<NamedRow> table;

  /**
   * @param back shows the list of reviews
   * @param changed shows this review anew
   */
  ReviewBoard(ServerRoom room, Review review, Business business, Runnable back, Runnable changed) {
    super(14);
    this.room = room;
    this.words = room.words();
    this.review = review;
    this.business = business;
    this.changed = changed;
    this.table =
        Columns.table(
            words.say("review.rows"),
            words.say("review.empty.title"),
            words.say("review.empty.text"));
    columns();
    VBox.setVgrow(table, Priority.ALWAYS);
    table
        .getItems()
        .setAll(
            review.all().stream()
                .sorted(
                    Comparator.comparing((NamedRow each) -> each.row().decision() != null)
                        .thenComparing(each -> each.row().kind(), Comparator.reverseOrder())
                        .thenComparing(each -> ReviewWords.name(words, each)))
                .toList());
    getChildren().setAll(head(back), table);
    if (review.closedAt() != null) {
      getChildren().add(1, evidence());
    }
  }

  private void columns() {
    var amounts = room.surface().amounts();
    table
        .getColumns()
        .add(Columns.text(words.say("review.who"), 136, each -> ReviewWords.name(words, each)));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("review.rights"),
                236,
                each -> ReviewWords.rights(words, business, each.row()),
                text -> Parts.paragraph(text, "note")));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("review.used"),
                136,
                each -> ReviewWords.used(words, amounts::date, each.row()),
                this::used));
    if (review.closedAt() == null) {
      table
          .getColumns()
          .add(
              Columns.figure(
                  words.say("review.alone"),
                  118,
                  each -> (long) each.alone().size(),
                  amounts::count));
    } else {
      table
          .getColumns()
          .add(
              Columns.text(
                  words.say("review.decided-by"), 118, each -> Forms.who(words, each.decidedBy())));
    }
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("review.decision"),
                118,
                each -> each.row().decision() == null ? "" : each.row().decision(),
                each -> ReviewWords.badge(words, each)));
  }

  /** Puts the keyboard on the first row that is still to be decided. */
  void begin() {
    table.getSelectionModel().select(0);
    table.requestFocus();
  }

  private HBox head(Runnable back) {
    String opener = Forms.who(words, review.openedByName());
    Label line =
        Parts.paragraph(
            words.say(
                    "review.opened-by", opener, room.surface().amounts().moment(review.openedAt()))
                + " "
                + words.say("review.undecided", review.undecided()),
            "soft");
    HBox.setHgrow(line, Priority.ALWAYS);
    line.setMaxWidth(Double.MAX_VALUE);
    Button open = Forms.opens(table, words.say("review.open"), this::open);
    HBox head = Parts.row(10, Parts.button(words.say("review.back"), back), line, open);
    if (review.closedAt() == null) {
      Button close = Parts.button(words.say("review.close"), this::askClose, "primary");
      close.setDisable(review.undecided() > 0);
      head.getChildren().add(close);
    } else {
      head.getChildren().add(Parts.button(words.say("review.save"), this::save, "primary"));
    }
    return head;
  }

  private Node evidence() {
    var at = review.closedAt();
    String hash = review.hash();
    VBox card =
        new VBox(
            6,
            Parts.paragraph(
                words.say(
                    "review.closed-by",
                    Forms.who(words, review.closedByName()),
                    at == null ? "" : room.surface().amounts().moment(at)),
                "semi"),
            Parts.paragraph(words.say("review.evidence"), "note", "soft"),
            Parts.paragraph(hash == null ? "" : grouped(hash), "note", "medium"));
    card.getStyleClass().add("card");
    return card;
  }

  static String grouped(String hash) {
    return hash.replaceAll("(.{" + GROUP + "})(?=.)", "$1 ");
  }

  private Node used(String text) {
    return text.equals(words.say("review.unused")) || text.equals(words.say("review.never-used"))
        ? Parts.whole(text, "badge", "warn")
        : Parts.whole(text);
  }

  private void open(NamedRow row) {
    ReviewRowSheet.open(room, review, business, row, changed);
  }

  private void askClose() {
    Asking.open(
        room,
        words.say("review.close.title"),
        words.say("review.close.text"),
        words.say("review.close.act"),
        () ->
            room.act(
                () ->
                    room.line()
                        .post(Routes.REVIEW_CLOSE.replace("{id}", review.id().toString()), null),
                _ -> {
                  room.good(words.say("review.closed"));
                  changed.run();
                }));
  }

  private void save() {
    EvidenceSheet.open(room, review);
  }
}
