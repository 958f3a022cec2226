package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.People;
import dev.countersign.client.sync.OfficeForms.Person;
import dev.countersign.client.sync.OfficeForms.RoleNames;
import dev.countersign.client.sync.OfficeForms.Stores;
import dev.countersign.client.sync.Said;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Who works here, as what and where. */
final class PeoplePage {
  private final ServerRoom room;
  private final Words words;
  private final TableView<Person> table;
  private final Label count = Parts.whole("", "soft");
  private final Shelter shelter;
  private final Consumer<Person> sessions;
  private Business business = Business.UNKNOWN;

  private record Read(List<Person> people, Business business) {}

  /**
   * @param sessions shows the sessions of somebody
   */
  PeoplePage(ServerRoom room, Consumer<Person> sessions) {
    this.room = room;
    this.words = room.words();
    this.sessions = sessions;
    this.table =
        Columns.table(
            words.say("nav.people"),
            words.say("people.empty.title"),
            words.say("people.empty.text"));
    table.getColumns().add(Columns.text(words.say("people.name"), 140, Person::name));
    table
        .getColumns()
        .add(
            Columns.text(
                words.say("people.roles"), 230, each -> business.places(words, each.places())));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("people.factor"),
                124,
                this::factor,
                text -> Parts.whole(text, factorStyles(text))));
    table.getColumns().add(Columns.text(words.say("people.last"), 120, this::lastSignIn));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("people.state"),
                96,
                each -> each.active() ? words.say("people.active") : words.say("people.left"),
                text ->
                    Parts.whole(
                        text,
                        text.equals(words.say("people.left"))
                            ? new String[] {"badge", "warn"}
                            : new String[] {"badge"})));
    VBox.setVgrow(table, Priority.ALWAYS);
    Button open = Forms.opens(table, words.say("people.open"), this::open);
    Button add = Parts.button(words.say("people.add"), this::add, "primary");
    VBox content = new VBox(14, Parts.row(10, count, Parts.spacer(), open, add), table);
    this.shelter = new Shelter(content);
  }

  Shelter root() {
    return shelter;
  }

  void refresh() {
    room.ask(shelter, this::read, this::show, this::refresh);
  }

  private Said<Read> read() {
    Said<People> people = room.line().get(Routes.PEOPLE, People.class);
    if (!(people instanceof Said.Got<People>(People got))) {
      return people.map(_ -> new Read(List.of(), Business.UNKNOWN));
    }
    Said<Stores> stores = room.line().get(Routes.PLACES, Stores.class);
    Said<RoleNames> roles = room.line().get(Routes.ROLE_NAMES, RoleNames.class);
    if (stores instanceof Said.Got<Stores>(Stores places)
        && roles instanceof Said.Got<RoleNames>(RoleNames names)) {
      return new Said.Got<>(new Read(got.all(), new Business(places.all(), names.all())));
    }
    return stores instanceof Said.No<Stores>
        ? stores.map(_ -> new Read(List.of(), Business.UNKNOWN))
        : roles.map(_ -> new Read(List.of(), Business.UNKNOWN));
  }

  private void show(Read read) {
    business = read.business();
    UUID chosen =
        Optional.ofNullable(table.getSelectionModel().getSelectedItem())
            .map(Person::id)
            .orElse(null);
    table
        .getItems()
        .setAll(
            read.people().stream()
                .sorted(
                    Comparator.comparing((Person each) -> !each.active())
                        .thenComparing(Person::name))
                .toList());
    table.getItems().stream()
        .filter(each -> each.id().equals(chosen))
        .findFirst()
        .ifPresent(each -> table.getSelectionModel().select(each));
    long active = read.people().stream().filter(Person::active).count();
    count.setText(words.say("people.count", active));
  }

  private String factor(Person person) {
    Boolean has = person.secondFactor();
    if (Boolean.TRUE.equals(person.oldPassword())) {
      return words.say("people.old-password");
    }
    return has == null ? "" : has ? words.say("people.factor.yes") : words.say("people.factor.no");
  }

  private String[] factorStyles(String text) {
    if (text.equals(words.say("people.factor.yes"))) {
      return new String[] {"badge"};
    }
    return text.equals(words.say("people.old-password"))
        ? new String[] {"badge", "bad"}
        : new String[] {"soft"};
  }

  private String lastSignIn(Person person) {
    var at = person.lastSignIn();
    return at == null ? words.say("people.never") : room.surface().amounts().moment(at);
  }

  private void add() {
    AddPersonSheet.open(room, business, this::refresh);
  }

  private void open(Person person) {
    if (person.active()) {
      PersonSheet.open(room, business, person, this::refresh, sessions);
    } else {
      LeavingSheet.open(room, person);
    }
  }
}
