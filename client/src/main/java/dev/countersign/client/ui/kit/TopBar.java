package dev.countersign.client.ui.kit;

import dev.countersign.client.sync.SyncState;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** Store, register, cashier and shift; how sending stands; the time. */
public final class TopBar extends HBox {
  private final SyncWords syncWords;

  /** No name may take more of the bar than about so many letters. */
  private static final int LONGEST_STORE = 44;

  /** One line, whatever else stands here: how sending stands says less before it gives way. */
  private final Label store = Parts.label("", "store");

  private final Label register = Parts.whole("");
  private final Label environment = Parts.whole("", "environment");
  private final Label person = Parts.wrapping("", "person");
  private final Label shift = Parts.wrapping("");
  private final Label clock = Parts.whole("", "clock");
  private final Region dot = new Region();
  private final Button sync = new Button();
  private List<String> sending = List.of("");
  private boolean training;

  /**
   * @param onSync opens what there is to say about sending
   */
  public TopBar(SyncWords syncWords, Runnable onSync) {
    this.syncWords = syncWords;
    getStyleClass().add("top-bar");
    dot.getStyleClass().add("dot");
    sync.setGraphic(dot);
    sync.setGraphicTextGap(8);
    sync.setMinWidth(Region.USE_PREF_SIZE);
    store.fontProperty().addListener((_, _, _) -> bound());
    sync.setOnAction(_ -> onSync.run());
    Parts.show(sync, false);
    getChildren().addAll(store, register, environment, person, shift, Parts.spacer(), sync, clock);
    environment("");
    person("");
    shift("");
  }

  /** As wide as the name, which is cut only when it is longer than any bar has room for. */
  private void bound() {
    Font font = store.getFont();
    double wide = Math.min(wide(store.getText(), font) + 1, LONGEST_STORE * font.getSize() / 2);
    store.setMinWidth(wide);
    store.setPrefWidth(wide);
  }

  public void place(String storeName, String registerName) {
    store.setText(storeName);
    store.setAccessibleText(storeName);
    bound();
    set(register, registerName);
  }

  /** Says what is not for real business, always in sight; empty for what is. */
  public void environment(String text) {
    set(environment, text);
  }

  /**
   * The whole bar in another colour, so that nobody takes what is shown for real; how sending
   * stands is no matter of training.
   */
  public void training(boolean on) {
    training = on;
    getStyleClass().remove("training");
    if (on) {
      getStyleClass().add("training");
    }
    showSync();
  }

  /** Who is there, or that nobody is. */
  public void person(String text) {
    set(person, text);
  }

  String person() {
    return person.getText();
  }

  /**
   * @param touched the name was touched
   */
  void onPerson(Runnable touched) {
    person.setOnMouseClicked(_ -> touched.run());
  }

  public void shift(String text) {
    set(shift, text);
  }

  public void clock(String text) {
    clock.setText(text);
  }

  public void sync(SyncState state) {
    sending = syncWords.lines(state);
    sync.setText(sending.getFirst());
    sync.setAccessibleText(sending.getFirst());
    syncWords.mark(dot, state);
    showSync();
  }

  /** As much of how sending stands as there is room for beside everything else in one line. */
  @Override
  protected void layoutChildren() {
    // Only what was put there from here.
    if (sync.isManaged() && sending.contains(sync.getText())) {
      String said = fitting();
      if (!said.equals(sync.getText())) {
        sync.setText(said);
      }
    }
    super.layoutChildren();
  }

  private String fitting() {
    double room = getWidth() - snappedLeftInset() - snappedRightInset();
    double others = 0;
    for (Node each : getManagedChildren()) {
      others += getSpacing() + (each == sync ? 0 : each.prefWidth(-1));
    }
    Font font = sync.getFont();
    double around = sync.prefWidth(-1) - wide(sync.getText(), font);
    double left = room - others - around;
    return sending.stream()
        .filter(text -> wide(text, font) <= left)
        .findFirst()
        .orElse(sending.getLast());
  }

  private static double wide(String text, Font font) {
    Text one = new Text(text);
    one.setFont(font);
    return Math.ceil(one.getLayoutBounds().getWidth());
  }

  private void showSync() {
    Parts.show(sync, !training && !sync.getText().isEmpty());
  }

  private static void set(Label label, String text) {
    label.setText(text);
    Parts.show(label, !text.isEmpty());
  }
}
