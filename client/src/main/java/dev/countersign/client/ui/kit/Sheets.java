package dev.countersign.client.ui.kit;

import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/** One sheet over the screen at a time: a chooser, help, a state. Escape closes it. */
public interface Sheets {
  /**
   * Opens a sheet of this width and as high as its content; the one before it is closed.
   *
   * @param start takes the focus, which goes back to where it was when the sheet is closed
   * @param onClose runs when it is closed in any way
   */
  void open(Region content, double width, Node start, Runnable onClose);

  /**
   * The sheet that is open asks for something without which goods are not in the basket: a scan
   * leaves it open, and is refused aloud instead of closing it in silence.
   *
   * @param said why a scan is refused
   * @param after runs once it is closed and what closed it is done
   */
  void hold(String said, Runnable after);

  /** Why a scan is refused while this sheet is open; empty when a scan may close it. */
  String unanswered();

  /**
   * Says at the foot of the sheet that is open what was refused: the strip lies in the shade of it.
   */
  void refused(String message);

  /** Closes the one that is open, if any. */
  void close();

  /** Whether one is open. */
  boolean isOpen();

  /**
   * The sheets of somebody's screens. Once that person has left, none of them is open, and one that
   * is opened late, by an answer that was still under way, is closed before anybody sees it: it
   * would lie over the lock.
   *
   * @param attended whether the person is still there
   */
  default Sheets attended(BooleanSupplier attended) {
    return new AttendedSheets(this, attended);
  }
}
