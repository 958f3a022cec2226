package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.ledger.Customer;
import dev.countersign.client.ui.kit.CodeField;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.sale.CustomerTerms;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Whose sale it is: found by what is known of them, added, or nobody again. */
final class CustomerSheet {
  private static final double WIDTH = 560;
  private static final double ROW = 56;
  private static final int SHOWN = 5;

  private final Surface surface;
  private final Words words;
  private final Selling selling;
  private final Approvals atTill;
  private final Consumer<Running> done;
  private final TextField search;
  private final VBox choices = new VBox(8);

  private CustomerSheet(
      Surface surface, Selling selling, Approvals atTill, Consumer<Running> done) {
    this.surface = surface;
    this.words = surface.words();
    this.selling = selling;
    this.atTill = atTill;
    this.done = done;
    this.search = CodeField.of(field(words.say("customer.search"), "customer-search"));
  }

  /**
   * @param done shows the sale as it is then
   */
  static void open(
      Surface surface, Running running, Selling selling, Approvals atTill, Consumer<Running> done) {
    new CustomerSheet(surface, selling, atTill, done).find(running.basket().buyer() != null);
  }

  private void find(boolean attached) {
    Button add = Parts.button(words.say("customer.add"), this::add);
    Button nobody = Parts.button(words.say("customer.detach"), () -> act(selling::detach), "quiet");
    Button cancel = Parts.button(words.say("sheet.cancel"), surface.sheets()::close);
    Parts.show(nobody, attached);
    choices.setMinHeight(SHOWN * (ROW + 8));
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("customer.title"), "title"),
            search,
            choices,
            Parts.foot(cancel, nobody, add));
    content.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    search.textProperty().addListener((_, _, _) -> refresh());
    surface.sheets().open(content, WIDTH, search, () -> {});
    refresh();
  }

  private void refresh() {
    String typed = search.getText();
    surface
        .desk()
        .run(
            () ->
                selling.customers(typed, SHOWN).stream()
                    .map(customer -> new Found(customer, selling.owed(customer)))
                    .toList(),
            found -> {
              // Whoever types on is shown what was typed last.
              if (typed.equals(search.getText())) {
                show(found);
              }
            },
            surface::trouble);
  }

  /** A customer and what they owe. */
  private record Found(Customer customer, Money owed) {}

  private void show(List<Found> found) {
    choices.getChildren().clear();
    for (Found each : found) {
      Customer customer = each.customer();
      choices
          .getChildren()
          .add(
              Parts.button(
                  row(each),
                  customer.details().name(),
                  () -> act(() -> selling.attach(customer)),
                  "choice"));
    }
    if (found.isEmpty()) {
      choices.getChildren().add(Parts.paragraph(words.say("customer.none"), "soft", "note"));
    }
  }

  private Region row(Found found) {
    CustomerDetails details = found.customer().details();
    CustomerTerms terms = found.customer().terms();
    String exempt =
        terms == null || terms.exemption().isEmpty()
            ? ""
            : words.say("selling.exempt", terms.exemption());
    String owes =
        terms == null || (terms.limit() == 0 && found.owed().isZero())
            ? ""
            : words.say(
                "customer.owes",
                surface.amounts().text(found.owed()),
                surface.amounts().text(Money.of(terms.limit(), found.owed().currency())));
    VBox names = new VBox(2, Parts.label(details.name(), "medium"));
    Stream.of(
            List.of(owes, exempt),
            List.of(details.number(), details.phone()),
            List.of(details.email()))
        .map(CustomerSheet::together)
        .filter(line -> !line.isEmpty())
        .forEach(line -> names.getChildren().add(Parts.label(line, "small", "faint")));
    names.setAlignment(Pos.CENTER_LEFT);
    names.setPrefWidth(WIDTH - 100);
    names.setMinHeight(ROW - 16);
    names.setPadding(new Insets(4, 0, 4, 0));
    return names;
  }

  private static String together(List<String> parts) {
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
  }

  private void pressed(KeyEvent key) {
    List<Node> buttons = choices.getChildren().stream().filter(Button.class::isInstance).toList();
    int at = buttons.indexOf(choices.getScene().getFocusOwner());
    switch (key.getCode()) {
      case DOWN -> focus(buttons, at + 1);
      case UP -> {
        if (at <= 0) {
          search.requestFocus();
        } else {
          focus(buttons, at - 1);
        }
      }
      case ENTER -> {
        if (!search.isFocused() && at < 0) {
          return;
        }
        if (!buttons.isEmpty()) {
          ((Button) buttons.get(Math.max(0, at))).fire();
        }
      }
      default -> {
        return;
      }
    }
    key.consume();
  }

  private static void focus(List<Node> buttons, int at) {
    if (!buttons.isEmpty()) {
      buttons.get(Math.min(at, buttons.size() - 1)).requestFocus();
    }
  }

  /** Asks who it is; only a name is needed. */
  private void add() {
    TextField name = field(words.say("customer.name"), "customer-name");
    TextField phone = field(words.say("customer.phone"), "customer-phone");
    TextField mail = field(words.say("customer.email"), "customer-email");
    TextField number = CodeField.of(field(words.say("customer.number"), "customer-number"));
    // What was typed to find them is most likely what they are called.
    (search.getText().matches(".*\\p{L}.*") ? name : phone).setText(search.getText().strip());
    Runnable save =
        () -> {
          CustomerDetails details =
              CustomerDetails.of(
                  number.getText().strip(),
                  name.getText().strip(),
                  phone.getText().strip(),
                  mail.getText().strip());
          if (!details.fits()) {
            surface.refuse(words.say("customer.refused"));
            return;
          }
          surface.sheets().close();
          atTill.run(
              (cashier, approver) -> selling.addCustomer(cashier, approver, details),
              done,
              surface::trouble);
        };
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("customer.add.title"), "title"),
            Parts.paragraph(words.say("customer.add.text"), "soft", "note"),
            named(name),
            // Side by side, so that the keys below stay in view above the letters for a finger.
            Parts.row(12, named(phone), named(number)),
            named(mail),
            Parts.foot(
                Parts.button(words.say("sheet.cancel"), surface.sheets()::close),
                Parts.button(words.say("customer.save"), save, "primary")));
    content.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (key.getCode() == KeyCode.ENTER
              && content.getScene().getFocusOwner() instanceof TextField) {
            save.run();
            key.consume();
          }
        });
    surface.sheets().open(content, WIDTH, name, () -> {});
    name.end();
  }

  private static VBox named(TextField field) {
    VBox both = new VBox(6, Parts.label(field.getAccessibleText(), "note", "soft"), field);
    HBox.setHgrow(both, Priority.ALWAYS);
    return both;
  }

  private static TextField field(String name, String id) {
    TextField field = new TextField();
    field.setId(id);
    field.setPromptText(name);
    field.setAccessibleText(name);
    return field;
  }

  private void act(Callable<Running> act) {
    surface.sheets().close();
    surface.desk().run(act, done, surface::trouble);
  }
}
