package dev.countersign.client.ui.kit;

import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/** Sheets that are there as long as somebody is. */
record AttendedSheets(Sheets sheets, BooleanSupplier attended) implements Sheets {
  @Override
  public void open(Region content, double width, Node start, Runnable onClose) {
    if (attended.getAsBoolean()) {
      sheets.open(content, width, start, onClose);
    } else {
      onClose.run();
    }
  }

  @Override
  public void hold(String said, Runnable after) {
    if (attended.getAsBoolean()) {
      sheets.hold(said, after);
    }
  }

  @Override
  public String unanswered() {
    return attended.getAsBoolean() ? sheets.unanswered() : "";
  }

  @Override
  public void refused(String message) {
    if (attended.getAsBoolean()) {
      sheets.refused(message);
    }
  }

  @Override
  public void close() {
    if (attended.getAsBoolean()) {
      sheets.close();
    }
  }

  @Override
  public boolean isOpen() {
    return attended.getAsBoolean() && sheets.isOpen();
  }
}
