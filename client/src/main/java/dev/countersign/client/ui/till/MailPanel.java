package dev.countersign.client.ui.till;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Mail;
import dev.countersign.client.device.Hardware.Protection;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The mail server that sends receipts. */
final class MailPanel implements HardwarePanel {
  private final Words words;
  private final TextField host;
  private final TextField port;
  private final ComboBox<Protection> protection;
  private final TextField user;
  private final PasswordField password = new PasswordField();
  private final TextField from;
  private final List<Button> tests;

  MailPanel(Surface surface, Mail now, Runnable send) {
    this.words = surface.words();
    host = HardwareFields.text(now.host(), "mail-host");
    port = HardwareFields.text(Integer.toString(now.port()), "mail-port");
    protection =
        HardwareFields.choice(
            List.of(Protection.values()),
            now.protection(),
            each ->
                switch (each) {
                  case TLS -> words.say("hardware.mail.tls");
                  case STARTTLS -> words.say("hardware.mail.starttls");
                  case NONE -> words.say("hardware.mail.open");
                });
    user = HardwareFields.text(now.user(), "mail-user");
    password.setId("mail-password");
    // What is saved is not put back on the screen: an empty field keeps it.
    password.setPromptText(
        now.password().isEmpty() ? "" : words.say("hardware.mail.password-kept"));
    from = HardwareFields.text(now.from(), "mail-from");
    tests = List.of(Parts.button(words.say("hardware.mail.send"), send));
  }

  @Override
  public String name() {
    return words.say("hardware.mail");
  }

  @Override
  public Region fields() {
    VBox number = HardwareFields.named(words.say("hardware.port"), port);
    number.setMaxWidth(140);
    return new VBox(
        12,
        new HBox(12, HardwareFields.named(words.say("hardware.mail.host"), host), number),
        HardwareFields.named(words.say("hardware.mail.protection"), protection),
        new HBox(
            12,
            HardwareFields.named(words.say("hardware.mail.user"), user),
            HardwareFields.named(words.say("hardware.mail.password"), password)),
        HardwareFields.named(words.say("hardware.mail.from"), from));
  }

  @Override
  public List<Button> tests() {
    return tests;
  }

  @Override
  public Hardware into(Hardware base) {
    Mail before = base.mail();
    String typed = password.getText();
    Mail now =
        new Mail(
            host.getText(),
            HardwareFields.number(port),
            protection.getValue(),
            user.getText(),
            typed,
            from.getText());
    return base.with(typed.isEmpty() ? now.keeping(before) : now);
  }

  @Override
  public String summary(Hardware saved) {
    return saved.mail().isSet() ? saved.mail().host() : words.say("hardware.not-set-up");
  }
}
