package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Customer;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.sync.Said;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sale.CustomerTerms;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Everybody who is known by name: found, added, changed, and granted how they buy. */
final class CustomersPage extends VBox {
  private static final int MOST_FOUND = 500;

  private final ServerRoom room;
  private final Surface surface;
  private final Words words;
  private final OpenDevice device;
  private final Supplier<Actor> here;
  private final Background reading;
  private final TextField search = new TextField();
  private final Label count = Parts.whole("", "soft");
  private final TableView<Row> table;
  private final Button terms;
  private int asked;

  /**
   * A customer.
   *
   * @param list the name of their price list; empty for the usual prices
   * @param owed minor units, as far as this device knows
   */
  private record Row(Customer customer, String list, long owed) {
    CustomerDetails details() {
      return customer.details();
    }

    String exemption() {
      CustomerTerms granted = customer.terms();
      return granted == null ? "" : granted.exemption();
    }

    long limit() {
      CustomerTerms granted = customer.terms();
      return granted == null ? 0 : granted.limit();
    }
  }

  private record Found(List<Row> rows, boolean mayGrant) {}

  /**
   * @param here whoever is in the office, at the moment of asking
   */
  CustomersPage(ServerRoom room, OpenDevice device, Supplier<Actor> here) {
    super(14);
    this.room = room;
    this.surface = room.surface();
    this.words = surface.words();
    this.device = device;
    this.here = here;
    this.reading = surface.desk().beside();
    search.setPromptText(words.say("customers.search"));
    search.setAccessibleText(words.say("customers.search"));
    search.textProperty().addListener((_, _, _) -> refresh());
    HBox.setHgrow(search, Priority.ALWAYS);
    HBox field = new HBox(Parts.icon(Feather.SEARCH, "faint"), search, count);
    field.getStyleClass().addAll("search", "idle");
    table =
        Columns.table(
            words.say("nav.customers"),
            words.say("customers.empty.title"),
            words.say("customers.empty.text"));
    var columns = table.getColumns();
    columns.add(Columns.text(words.say("customers.name"), 170, row -> row.details().name()));
    columns.add(Columns.text(words.say("customers.number"), 90, row -> row.details().number()));
    columns.add(Columns.text(words.say("customers.phone"), 120, row -> row.details().phone()));
    columns.add(Columns.text(words.say("customers.list"), 110, Row::list));
    columns.add(Columns.text(words.say("customers.exemption"), 130, Row::exemption));
    columns.add(Columns.figure(words.say("customers.owed"), 90, Row::owed, this::amount));
    columns.add(Columns.figure(words.say("customers.limit"), 90, Row::limit, this::amount));
    VBox.setVgrow(table, Priority.ALWAYS);
    Button add = Parts.button(words.say("customers.add"), () -> details(null), "primary");
    Button change = Forms.opens(table, words.say("customers.change"), this::details);
    terms = Parts.button(words.say("customers.terms"), this::terms);
    terms.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
    Button erase = Parts.button(words.say("customers.erase"), this::askErase, "danger");
    erase.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
    getChildren().addAll(field, table, Parts.row(10, add, change, terms, Parts.spacer(), erase));
  }

  TextField search() {
    return search;
  }

  /** Nothing for nothing. */
  private String amount(long minor) {
    return minor == 0
        ? ""
        : surface.amounts().text(Money.of(minor, device.ledger().enrolled().currency()));
  }

  void refresh() {
    int mine = ++asked;
    String typed = search.getText();
    reading.run(
        () -> find(typed),
        found -> {
          if (mine == asked) {
            table.getItems().setAll(found.rows());
            count.setText(words.say("customers.count", found.rows().size()));
            Parts.show(terms, found.mayGrant());
          }
        },
        failure -> {
          if (mine == asked) {
            surface.trouble(failure);
          }
        });
  }

  /** Nobody looks any more: what is still being read is for nobody. */
  void leave() {
    asked++;
  }

  private Found find(String typed) {
    Map<UUID, PriceList> lists = device.deals().priceLists();
    return new Found(
        device.customers().search(typed, MOST_FOUND).stream()
            .map(
                customer ->
                    new Row(customer, listOf(customer, lists), device.ledger().owed(customer.id())))
            .toList(),
        device.users().may(here.get(), PermissionKey.CUSTOMER_TERMS));
  }

  private static String listOf(Customer customer, Map<UUID, PriceList> lists) {
    CustomerTerms granted = customer.terms();
    PriceList list =
        granted == null || granted.priceList() == null ? null : lists.get(granted.priceList());
    return list == null ? "" : list.name();
  }

  private void details(@Nullable Row row) {
    Customer before = row == null ? null : row.customer();
    CustomerForm.details(
        surface,
        before == null ? null : before.details(),
        typed ->
            act(
                () ->
                    before == null
                        ? device.ledger().addCustomer(here.get(), typed)
                        : device.ledger().changeCustomer(here.get(), before.id(), typed)));
  }

  private void terms() {
    Row row = table.getSelectionModel().getSelectedItem();
    if (row == null) {
      return;
    }
    Customer customer = row.customer();
    surface
        .desk()
        .run(
            device.deals()::priceLists,
            lists ->
                CustomerForm.terms(
                    surface,
                    customer,
                    lists,
                    device.ledger().enrolled().currency(),
                    granted ->
                        act(
                            () -> {
                              device.ledger().grantTerms(here.get(), customer.id(), granted);
                              return true;
                            })),
            surface::trouble);
  }

  /** What goes and what stays, in words, before anything goes. */
  private void askErase() {
    Row row = table.getSelectionModel().getSelectedItem();
    if (row != null) {
      String owed = row.owed() == 0 ? "" : words.say("customers.erase.owed", amount(row.owed()));
      Asking.open(
          room,
          words.say("customers.erase.title", row.details().name()),
          (words.say("customers.erase.text") + "\n\n" + owed).strip(),
          words.say("customers.erase.act"),
          () -> erase(row.customer()));
    }
  }

  /** At the server, which tells every device; here at once. */
  private void erase(Customer customer) {
    String path = Routes.CUSTOMER_ERASE.replace("{id}", customer.id().toString());
    room.act(
        () -> {
          Said<Boolean> said = room.line().post(path, null);
          if (said instanceof Said.Got<Boolean>) {
            device.customers().erased(customer.id());
          }
          return said;
        },
        _ -> {
          room.good(words.say("customers.erased", customer.details().name()));
          refresh();
        },
        no -> {
          switch (no) {
            case Said.SignInNeeded<Boolean> _ -> SignInSheet.open(room, () -> erase(customer));
            case Said.FactorNeeded<Boolean> _ ->
                SignInSheet.openFactor(room, () -> erase(customer));
            default -> surface.refuse(room.why(no), ServerRoom.code(no));
          }
        });
  }

  private void act(Callable<?> act) {
    surface
        .desk()
        .run(
            act,
            _ -> {
              surface.sheets().close();
              refresh();
            },
            surface::trouble);
  }
}
