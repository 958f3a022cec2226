package dev.countersign.client.ui.kit;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import org.kordamp.ikonli.feather.Feather;

/**
 * Equal tiles in as many columns as fit, so that a row fills the width, and in whole rows: none is
 * ever cut. What has no room is on further pages, turned by buttons, the wheel or {@link #turn}.
 */
public final class TileGrid extends Pane {
  /** Beyond this, wider tiles serve better than more of them. */
  private static final int MOST_COLUMNS = 7;

  private static final double PAGER = 48;

  private final Words words;
  private final double narrowest;
  private final double height;
  private final double gap;
  private final Label where = Parts.whole("", "note", "soft");
  private final Button earlier;
  private final Button later;
  private final HBox pager;
  private List<? extends Node> tiles = List.of();
  private boolean truncated;
  private int first;
  private int shown;

  /**
   * Sizes in pixels.
   *
   * @param words this package's
   */
  public TileGrid(Words words, double narrowest, double height, double gap) {
    this.words = words;
    this.narrowest = narrowest;
    this.height = height;
    this.gap = gap;
    earlier =
        Parts.button(Parts.icon(Feather.CHEVRON_UP), words.say("tiles.earlier"), () -> turn(-1));
    later = Parts.button(Parts.icon(Feather.CHEVRON_DOWN), words.say("tiles.later"), () -> turn(1));
    pager = Parts.row(8, where, Parts.spacer(), earlier, later);
    pager.setAlignment(Pos.CENTER_LEFT);
    setMinSize(0, 0);
    addEventHandler(ScrollEvent.SCROLL, this::wheel);
  }

  /**
   * Shows these from the first on.
   *
   * @param more whether there are others that no page holds
   */
  public void show(List<? extends Node> all, boolean more) {
    boolean same = tiles.equals(all);
    tiles = List.copyOf(all);
    truncated = more;
    first = 0;
    if (!same) {
      getChildren().setAll(tiles);
      getChildren().add(pager);
    }
    requestLayout();
  }

  /** Turns so many pages on, or back when negative; stays within the pages there are. */
  public void turn(int pages) {
    move(pages * shown);
  }

  private void wheel(ScrollEvent scroll) {
    double delta = scroll.getDeltaY();
    if (delta != 0) {
      move(delta < 0 ? columns() : -columns());
      scroll.consume();
    }
  }

  /** Always to the start of a row, and never so far that the last page is half empty. */
  private void move(int by) {
    int columns = columns();
    int lastRow = Math.ceilDiv(tiles.size(), columns) - shown / columns;
    first = Math.clamp((first + by) / columns, 0, Math.max(0, lastRow)) * columns;
    requestLayout();
  }

  /** How many tiles stand beside each other. */
  public int columns() {
    return Math.clamp((long) ((getWidth() + gap) / (narrowest + gap)), 1, MOST_COLUMNS);
  }

  private int rowsIn(double room) {
    return Math.max(1, (int) ((room + gap) / (height() + gap)));
  }

  @Override
  protected double computePrefHeight(double forWidth) {
    return 0;
  }

  @Override
  protected void layoutChildren() {
    int columns = columns();
    boolean all = tiles.size() <= rowsIn(getHeight()) * columns;
    int rows = rowsIn(all ? getHeight() : getHeight() - PAGER - gap);
    shown = rows * columns;
    // A window that has grown may hold what was a later page.
    first = all ? 0 : first / columns * columns;
    double width = (getWidth() - gap * (columns - 1)) / columns;
    for (int i = 0; i < tiles.size(); i++) {
      Node tile = tiles.get(i);
      int at = i - first;
      tile.setVisible(at >= 0 && at < shown);
      if (tile.isVisible()) {
        double x = snapPositionX(at % columns * (width + gap));
        double right = snapPositionX(at % columns * (width + gap) + width);
        tile.resizeRelocate(x, at / columns * (height() + gap), right - x, height());
      }
    }
    pager.setVisible(!all);
    if (!all) {
      page(rows);
    }
  }

  private void page(int rows) {
    int end = Math.min(first + shown, tiles.size());
    where.setText(
        words.say(truncated ? "tiles.of-more" : "tiles.of", first + 1, end, tiles.size()));
    earlier.setDisable(first == 0);
    later.setDisable(end == tiles.size());
    pager.resizeRelocate(0, rows * (height() + gap), getWidth(), PAGER);
  }

  /** Higher where letters are: a tile says how high it must be at least. */
  private double height() {
    return tiles.isEmpty() ? height : Math.max(height, tiles.getFirst().minHeight(-1));
  }
}
