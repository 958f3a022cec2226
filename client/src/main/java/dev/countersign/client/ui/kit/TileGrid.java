package dev.countersign.client.ui.kit;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/** Lays equal tiles in as many columns as fit, so that a row always fills the width. */
public final class TileGrid extends Pane {
  /** Beyond this, wider tiles serve better than more of them. */
  private static final int MOST_COLUMNS = 7;

  private final double narrowest;
  private final double height;
  private final double gap;

  /** Sizes in pixels. */
  public TileGrid(double narrowest, double height, double gap) {
    this.narrowest = narrowest;
    this.height = height;
    this.gap = gap;
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computeMinWidth(double forHeight) {
    return narrowest;
  }

  @Override
  protected double computePrefHeight(double forWidth) {
    int rows =
        Math.ceilDiv(getManagedChildren().size(), columns(forWidth < 0 ? getWidth() : forWidth));
    return rows == 0 ? 0 : rows * (height + gap) - gap;
  }

  @Override
  protected double computeMinHeight(double forWidth) {
    return computePrefHeight(forWidth);
  }

  /** How many tiles stand beside each other. */
  public int columns() {
    return columns(getWidth());
  }

  private int columns(double width) {
    return Math.clamp((long) ((width + gap) / (narrowest + gap)), 1, MOST_COLUMNS);
  }

  @Override
  protected void layoutChildren() {
    int columns = columns(getWidth());
    double width = (getWidth() - gap * (columns - 1)) / columns;
    int index = 0;
    for (Node child : getManagedChildren()) {
      double x = snapPositionX(index % columns * (width + gap));
      double right = snapPositionX(index % columns * (width + gap) + width);
      child.resizeRelocate(x, index / columns * (height + gap), right - x, height);
      index++;
    }
  }
}
