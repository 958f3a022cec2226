package dev.countersign.client.ui.kit;

import dev.countersign.client.sync.SyncState;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** Store, register, cashier and shift; how sending stands; the time. */
public final class TopBar extends HBox {
  private final SyncWords syncWords;

  /** A long name takes two lines rather than losing its end. */
  private final Label store = Parts.wrapping("", "store");

  private final Label register = Parts.whole("");
  private final Label environment = Parts.whole("", "environment");
  private final Label person = Parts.wrapping("");
  private final Label shift = Parts.wrapping("");
  private final Label clock = Parts.whole("", "clock");
  private final Region dot = new Region();
  private final Button sync = new Button();
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
    sync.setOnAction(_ -> onSync.run());
    Parts.show(sync, false);
    getChildren().addAll(store, register, environment, person, shift, Parts.spacer(), sync, clock);
    environment("");
    person("");
    shift("");
  }

  public void place(String storeName, String registerName) {
    store.setText(storeName);
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

  public void person(String text) {
    set(person, text);
  }

  public void shift(String text) {
    set(shift, text);
  }

  public void clock(String text) {
    clock.setText(text);
  }

  public void sync(SyncState state) {
    sync.setText(syncWords.line(state));
    sync.setAccessibleText(syncWords.line(state));
    syncWords.mark(dot, state);
    showSync();
  }

  private void showSync() {
    Parts.show(sync, !training && !sync.getText().isEmpty());
  }

  private static void set(Label label, String text) {
    label.setText(text);
    Parts.show(label, !text.isEmpty());
  }
}
