package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.RoleNames;
import dev.countersign.client.sync.OfficeForms.Stores;
import dev.countersign.client.sync.OversightForms.Review;
import dev.countersign.client.sync.OversightForms.ReviewHead;
import dev.countersign.client.sync.OversightForms.ReviewState;
import dev.countersign.client.sync.OversightForms.Reviews;
import dev.countersign.client.sync.Said;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Every review of access there was, and when the next one is due; one of them can be opened. */
final class ReviewsPage {
  private final ServerRoom room;
  private final Words words;
  private final TableView<ReviewHead> table;
  private final Label due = Parts.paragraph("", "soft");
  private final Button begin;
  private final VBox list;
  private final StackPane content = new StackPane();
  private final Shelter shelter;
  private final Consumer<ReviewState> standing;

  private record Read(Review review, Business business) {}

  /**
   * @param standing told whether it is time for a review, whenever the server says so
   */
  ReviewsPage(ServerRoom room, Consumer<ReviewState> standing) {
    this.room = room;
    this.words = room.words();
    this.standing = standing;
    var amounts = room.surface().amounts();
    this.table =
        Columns.table(
            words.say("nav.reviews"),
            words.say("reviews.empty.title"),
            words.say("reviews.empty.text"));
    table
        .getColumns()
        .add(Columns.text(words.say("reviews.opened"), 150, each -> amounts.date(each.openedAt())));
    table
        .getColumns()
        .add(Columns.figure(words.say("reviews.rows"), 136, ReviewHead::rows, amounts::count));
    table
        .getColumns()
        .add(
            Columns.figure(
                words.say("reviews.undecided"), 130, ReviewHead::undecided, amounts::count));
    table.getColumns().add(Columns.text(words.say("reviews.closed"), 150, this::closed));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("reviews.state"),
                150,
                each -> each.closedAt() == null,
                open ->
                    open
                        ? Parts.whole(words.say("reviews.under-way"), "badge", "warn")
                        : Parts.whole(words.say("reviews.done"), "badge")));
    VBox.setVgrow(table, Priority.ALWAYS);
    HBox.setHgrow(due, Priority.ALWAYS);
    due.setMaxWidth(Double.MAX_VALUE);
    Button open = Forms.opens(table, words.say("reviews.open"), each -> open(each.id()));
    begin = Parts.button(words.say("reviews.begin"), this::begin, "primary");
    this.list = new VBox(14, Parts.row(10, due, open, begin), table);
    content.getChildren().setAll(list);
    this.shelter = new Shelter(content);
  }

  Shelter root() {
    return shelter;
  }

  void refresh() {
    content.getChildren().setAll(list);
    room.ask(
        shelter, () -> room.line().get(Routes.REVIEWS, Reviews.class), this::show, this::refresh);
  }

  /** Asks whether it is time, without a word about it when that is not theirs to know. */
  void ask() {
    room.act(
        () -> room.line().get(Routes.REVIEWS, Reviews.class),
        read -> standing.accept(read.state()),
        _ -> {});
  }

  private void show(Reviews read) {
    ReviewState state = read.state();
    table.getItems().setAll(read.all());
    String day = room.surface().amounts().date(state.dueAt());
    due.setText(
        state.overdue()
            ? words.say("reviews.overdue", day, state.days())
            : words.say("reviews.due", day, state.days()));
    begin.setDisable(state.open() != null);
    standing.accept(state);
  }

  private String closed(ReviewHead review) {
    var at = review.closedAt();
    return at == null ? "" : room.surface().amounts().date(at);
  }

  private void begin() {
    room.act(
        () -> read(room.line().post(Routes.REVIEWS, null, Review.class)),
        read -> {
          room.good(words.say("reviews.begun", read.review().all().size()));
          board(read);
          ask();
        });
  }

  private void open(UUID id) {
    room.ask(
        shelter,
        () -> read(room.line().get(Routes.REVIEW.replace("{id}", id.toString()), Review.class)),
        this::board,
        () -> open(id));
  }

  /** Who may not see the stores or the names of the roles reviews without them. */
  private Said<Read> read(Said<Review> review) {
    return review.map(
        got -> {
          Said<Stores> stores = room.line().get(Routes.PLACES, Stores.class);
          Said<RoleNames> roles = room.line().get(Routes.ROLE_NAMES, RoleNames.class);
          return new Read(
              got,
              new Business(
                  stores instanceof Said.Got<Stores>(Stores all) ? all.all() : List.of(),
                  roles instanceof Said.Got<RoleNames>(RoleNames all) ? all.all() : List.of()));
        });
  }

  private void board(Read read) {
    Review review = read.review();
    Runnable changed =
        () -> {
          open(review.id());
          ask();
        };
    ReviewBoard board = new ReviewBoard(room, review, read.business(), this::refresh, changed);
    content.getChildren().setAll(board);
    board.begin();
  }
}
