package dev.countersign.client.ui.kit;

import javafx.scene.Node;
import javafx.scene.control.TextInputControl;

/**
 * The fields of sheets into which a scan belongs: the number of a card or a receipt, a payment's
 * reference. Into all others people write.
 */
public final class CodeField {
  private static final Object MARK = new Object();

  private CodeField() {}

  /** Marks a field: a scan goes into it while its sheet is open. */
  public static <T extends TextInputControl> T of(T field) {
    field.getProperties().put(MARK, true);
    return field;
  }

  static boolean is(Node node) {
    return node.hasProperties() && node.getProperties().containsKey(MARK);
  }
}
