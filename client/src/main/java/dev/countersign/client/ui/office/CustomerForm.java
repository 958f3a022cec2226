package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Customer;
import dev.countersign.client.ui.kit.CodeField;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.sale.CustomerTerms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks who a customer is, and how they buy. */
final class CustomerForm {
  private static final double WIDTH = 620;
  private static final double TOUCH = 48;

  private final Surface surface;
  private final Words words;
  private final Label wrong = Parts.paragraph("", "bad-text");

  private CustomerForm(Surface surface) {
    this.surface = surface;
    this.words = surface.words();
    Parts.show(wrong, false);
  }

  /**
   * @param before what is known, or null of somebody new
   */
  static void details(
      Surface surface, @Nullable CustomerDetails before, Consumer<CustomerDetails> save) {
    new CustomerForm(surface).askDetails(before, save);
  }

  /**
   * @param lists those that they could buy by
   * @param save takes the next version of what they were granted
   */
  static void terms(
      Surface surface,
      Customer customer,
      Map<UUID, PriceList> lists,
      Currency currency,
      Consumer<CustomerTerms> save) {
    new CustomerForm(surface).askTerms(customer, lists, currency, save);
  }

  private void askDetails(@Nullable CustomerDetails was, Consumer<CustomerDetails> save) {
    TextField name = field("customer-name", was == null ? "" : was.name());
    TextField number = CodeField.of(field("customer-number", was == null ? "" : was.number()));
    TextField phone = field("customer-phone", was == null ? "" : was.phone());
    TextField email = field("customer-email", was == null ? "" : was.email());
    TextField note = field("customer-note", was == null ? "" : was.note());
    ComboBox<Spoken> language = language(was == null ? "" : was.language());
    CheckBox mail = box(words.say("customers.may-mail"), was != null && was.mayMail());
    CheckBox call = box(words.say("customers.may-call"), was != null && was.mayCall());
    // What was wrong is being mended.
    for (TextField each : List.of(name, number, phone, email, note)) {
      each.textProperty().addListener((_, _, _) -> Parts.show(wrong, false));
    }
    Runnable saving =
        () -> {
          CustomerDetails typed =
              new CustomerDetails(
                  number.getText().strip(),
                  name.getText().strip(),
                  phone.getText().strip(),
                  email.getText().strip(),
                  mail.isSelected(),
                  call.isSelected(),
                  note.getText().strip(),
                  language.getValue().code());
          if (typed.fits()) {
            save.accept(typed);
          } else {
            refuse(words.say(typed.name().isEmpty() ? "customers.no-name" : "customers.wrong"));
            (typed.name().isEmpty() ? name : number).requestFocus();
          }
        };
    show(
        words.say(was == null ? "customers.add" : "customers.change"),
        List.of(
            Forms.named(words.say("customers.name"), name),
            Parts.row(
                10,
                Forms.named(words.say("customers.number"), number),
                Forms.named(words.say("customers.phone"), phone)),
            Parts.row(
                10,
                Forms.named(words.say("customers.email"), email),
                Forms.named(words.say("customers.language"), language)),
            Forms.named(words.say("customers.note"), note),
            mail,
            call),
        name,
        saving);
  }

  /**
   * A language to choose.
   *
   * @param code as {@link CustomerDetails#language}
   */
  private record Spoken(String code, String name) {}

  private ComboBox<Spoken> language(String now) {
    List<Spoken> all = new ArrayList<>();
    all.add(new Spoken("", words.say("customers.language.usual")));
    for (Language each : Language.values()) {
      all.add(new Spoken(each.code(), each.ownName()));
    }
    ComboBox<Spoken> choice = Forms.choice(all, Spoken::name);
    choice.setId("customer-language");
    all.stream().filter(each -> each.code().equals(now)).findFirst().ifPresent(choice::setValue);
    return choice;
  }

  private record Choice(@Nullable UUID id, String name) {}

  private void askTerms(
      Customer customer,
      Map<UUID, PriceList> lists,
      Currency currency,
      Consumer<CustomerTerms> save) {
    CustomerTerms was = customer.terms();
    List<Choice> choices = new ArrayList<>();
    lists.forEach((id, list) -> choices.add(new Choice(id, list.name())));
    choices.sort(Comparator.comparing(Choice::name).thenComparing(c -> String.valueOf(c.id())));
    choices.addFirst(new Choice(null, words.say("customers.list.usual")));
    ComboBox<Choice> list = Forms.choice(choices, Choice::name);
    if (was != null) {
      choices.stream()
          .filter(choice -> choice.id() != null && choice.id().equals(was.priceList()))
          .findFirst()
          .ifPresent(list::setValue);
    }
    TextField exemption = field("customer-exemption", was == null ? "" : was.exemption());
    TextField limit =
        field(
            "customer-limit",
            was == null || was.limit() == 0
                ? ""
                : Money.of(was.limit(), currency).toDecimalString());
    Runnable saving =
        () -> {
          CustomerTerms typed = typed(was, list.getValue(), exemption, limit, currency);
          if (typed != null && typed.fits()) {
            save.accept(typed);
          } else {
            refuse(words.say("customers.terms.wrong"));
          }
        };
    show(
        words.say("customers.terms"),
        List.of(
            Forms.fact(words.say("customers.name"), customer.details().name()),
            Parts.paragraph(words.say("customers.terms.text"), "soft"),
            Forms.named(words.say("customers.list"), list),
            Forms.named(words.say("customers.exemption.why"), exemption),
            Forms.named(words.say("customers.limit.may"), limit)),
        list,
        saving);
  }

  /** What was typed; null when the limit is no amount. */
  private static @Nullable CustomerTerms typed(
      @Nullable CustomerTerms was,
      Choice list,
      TextField exemption,
      TextField limit,
      Currency currency) {
    String amount = limit.getText().strip().replace(',', '.');
    try {
      return new CustomerTerms(
          was == null ? 1 : was.version() + 1,
          list.id(),
          exemption.getText().strip(),
          amount.isEmpty() ? 0 : Money.parse(amount, currency).minor());
    } catch (IllegalArgumentException | ArithmeticException _) {
      return null;
    }
  }

  private void show(String title, List<Node> asked, Node first, Runnable saving) {
    VBox content = new VBox(12, Parts.label(title, "title"));
    content.getChildren().addAll(asked);
    content
        .getChildren()
        .addAll(
            wrong,
            Parts.row(
                10,
                Parts.button(words.say("sheet.cancel"), surface.sheets()::close),
                Parts.spacer(),
                Parts.button(words.say("customers.save"), saving, "primary")));
    surface.sheets().open(content, WIDTH, first, () -> {});
  }

  private void refuse(String why) {
    wrong.setText(why);
    Parts.show(wrong, true);
  }

  private static CheckBox box(String text, boolean on) {
    CheckBox box = new CheckBox(text);
    box.setSelected(on);
    box.setMinHeight(TOUCH);
    return box;
  }

  private TextField field(String id, String text) {
    TextField field = new TextField(text);
    field.setId(id);
    // What was wrong is being mended: it is said again if it still is.
    field.textProperty().addListener((_, _, _) -> Parts.show(wrong, false));
    return field;
  }
}
