package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.MailBook;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** The address that a customer wants the receipt at. */
final class MailSheet {
  private static final double WIDTH = 460;

  private MailSheet() {}

  /**
   * @param known where the customer gets mail, as far as it is known; may be empty
   */
  static void open(Surface surface, String known, Consumer<String> send) {
    Words words = surface.words();
    TextField address = HardwareFields.text(known, "mail-address");
    Button done = Parts.button(words.say("mail.send"), () -> {}, "primary");
    done.setDisable(!MailBook.isAddress(known));
    address
        .textProperty()
        .addListener((_, _, now) -> done.setDisable(!MailBook.isAddress(now.strip())));
    Runnable take =
        () -> {
          if (!done.isDisabled()) {
            surface.sheets().close();
            send.accept(address.getText().strip());
          }
        };
    done.setOnAction(_ -> take.run());
    address.setOnAction(_ -> take.run());
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("mail.title"), "title"),
            Parts.paragraph(words.say("mail.text"), "soft", "note"),
            HardwareFields.named(words.say("mail.address"), address),
            Parts.foot(Parts.button(words.say("mail.cancel"), surface.sheets()::close), done));
    surface.sheets().open(content, WIDTH, address, () -> {});
  }
}
