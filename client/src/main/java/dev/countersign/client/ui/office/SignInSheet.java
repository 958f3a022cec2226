package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeLine.AppSecret;
import dev.countersign.client.sync.OfficeLine.SignedIn;
import dev.countersign.client.sync.Said;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * A person signs in to the server: password and, where there is one, the code of an app. Whoever
 * has a set-up code makes a password with it; whoever has power and no app yet sets one up.
 */
final class SignInSheet {
  private static final double WIDTH = 520;

  private final ServerRoom room;
  private final Words words;
  private final Runnable after;
  private final TextField name = new TextField();
  private final PasswordField password = new PasswordField();
  private final TextField code = new TextField();
  private final Label wrong = Parts.paragraph("", "bad-text");
  private boolean asking;

  private SignInSheet(ServerRoom room, Runnable after) {
    this.room = room;
    this.words = room.words();
    this.after = after;
    name.setId("sign-in-name");
    password.setId("sign-in-password");
    code.setId("sign-in-code");
    name.setText(room.usual());
    Parts.show(wrong, false);
  }

  /**
   * @param after runs when somebody is signed in
   */
  static void open(ServerRoom room, Runnable after) {
    new SignInSheet(room, after).showSignIn();
  }

  /** For somebody who is signed in and has yet to set up a second factor. */
  static void openFactor(ServerRoom room, Runnable after) {
    new SignInSheet(room, after).beginFactor();
  }

  private void showSignIn() {
    name.setOnAction(_ -> password.requestFocus());
    password.setOnAction(_ -> signIn());
    code.setOnAction(_ -> signIn());
    show(
        name.getText().isEmpty() ? name : password,
        Parts.label(words.say("sign-in.title"), "title"),
        Parts.paragraph(words.say("sign-in.text"), "soft", "note"),
        named(words.say("sign-in.name"), name),
        named(words.say("sign-in.password"), password),
        named(words.say("sign-in.code"), code),
        wrong,
        Parts.row(
            10,
            Parts.button(words.say("sheet.cancel"), room.surface().sheets()::close),
            Parts.button(words.say("sign-in.first"), this::showSetUp),
            Parts.spacer(),
            Parts.button(words.say("sign-in.act"), this::signIn, "primary")));
  }

  private void signIn() {
    if (asking) {
      return;
    }
    String who = name.getText();
    String secret = password.getText();
    String shown = code.getText();
    password.clear();
    code.clear();
    asking = true;
    room.act(() -> room.line().signIn(who, secret, shown), this::signedIn, this::refused);
  }

  private void signedIn(SignedIn who) {
    asking = false;
    if (who.factorNeeded()) {
      beginFactor();
    } else {
      room.surface().sheets().close();
      room.surface().strip().clear();
      after.run();
    }
  }

  private void showSetUp() {
    code.clear();
    password.clear();
    Parts.show(wrong, false);
    name.setOnAction(_ -> code.requestFocus());
    code.setOnAction(_ -> password.requestFocus());
    password.setOnAction(_ -> setPassword());
    show(
        name.getText().isEmpty() ? name : code,
        Parts.label(words.say("set-up.title"), "title"),
        Parts.paragraph(words.say("set-up.text"), "soft", "note"),
        named(words.say("sign-in.name"), name),
        named(words.say("set-up.code"), code),
        named(words.say("set-up.password"), password),
        wrong,
        Parts.row(
            10,
            Parts.button(words.say("sheet.cancel"), room.surface().sheets()::close),
            Parts.spacer(),
            Parts.button(words.say("set-up.act"), this::setPassword, "primary")));
  }

  private void setPassword() {
    if (asking) {
      return;
    }
    String who = name.getText();
    String shown = code.getText();
    String secret = password.getText();
    password.clear();
    asking = true;
    room.act(
        () -> {
          Said<Boolean> set = room.line().setPassword(who, shown, secret);
          return set instanceof Said.Got<Boolean>
              ? room.line().signIn(who, secret, "")
              : set.map(_ -> new SignedIn(new UUID(0, 0), who, false));
        },
        this::signedIn,
        this::refused);
  }

  private void beginFactor() {
    room.act(() -> room.line().beginFactor(), this::showFactor);
  }

  private void showFactor(AppSecret secret) {
    code.clear();
    Parts.show(wrong, false);
    code.setOnAction(_ -> confirm());
    TextField shown = new TextField(grouped(secret.secret()));
    shown.setEditable(false);
    shown.setId("factor-secret");
    show(
        code,
        Parts.label(words.say("factor.title"), "title"),
        Parts.paragraph(words.say("factor.text"), "soft", "note"),
        named(words.say("factor.secret"), shown),
        named(words.say("factor.code"), code),
        wrong,
        Parts.row(
            10,
            Parts.button(words.say("sheet.cancel"), room.surface().sheets()::close),
            Parts.spacer(),
            Parts.button(words.say("factor.act"), this::confirm, "primary")));
  }

  /** Groups of four are typed with fewer mistakes. */
  private static String grouped(String secret) {
    return secret.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private void confirm() {
    if (asking) {
      return;
    }
    String typed = code.getText();
    code.clear();
    asking = true;
    room.act(() -> room.line().confirmFactor(typed), this::showRecovery, this::refused);
  }

  private void showRecovery(List<String> codes) {
    asking = false;
    VBox list = new VBox(2);
    for (int i = 0; i + 1 < codes.size(); i += 2) {
      HBox pair =
          Parts.row(
              28, Parts.whole(codes.get(i), "recovery"), Parts.whole(codes.get(i + 1), "recovery"));
      list.getChildren().add(pair);
    }
    Button done =
        Parts.button(
            words.say("recovery.act"),
            () -> {
              room.surface().sheets().close();
              after.run();
            },
            "primary");
    show(
        done,
        Parts.label(words.say("recovery.title"), "title"),
        Parts.paragraph(words.say("recovery.text"), "soft", "note"),
        list,
        done);
  }

  private void refused(Said.No<?> no) {
    asking = false;
    // One sentence for every way to be wrong: the server says no more either.
    boolean uniform =
        no instanceof Said.Refused<?> refused && refused.code().equals("sign-in-refused");
    wrong.setText(uniform ? words.say("sign-in.refused") : room.why(no));
    Parts.show(wrong, true);
    room.surface().sounds().refused();
  }

  private void show(Node first, Node... parts) {
    VBox content = new VBox(12, parts);
    room.surface().sheets().open(content, WIDTH, first, () -> {});
  }

  private static VBox named(String label, TextField field) {
    field.setAccessibleText(label);
    VBox box = new VBox(6, Parts.label(label, "note", "soft"), field);
    HBox.setHgrow(box, Priority.ALWAYS);
    return box;
  }
}
