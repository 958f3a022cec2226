package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.Code;
import dev.countersign.client.sync.OfficeForms.Person;
import dev.countersign.client.sync.OfficeForms.Place;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** One person: roles store by store, codes, and the end of it. */
final class PersonSheet {
  private static final double WIDTH = 744;
  private static final double PLACES = 200;

  private final ServerRoom room;
  private final Words words;
  private final Business business;
  private final Person person;
  private final Runnable changed;
  private final Consumer<Person> sessions;

  private PersonSheet(
      ServerRoom room,
      Business business,
      Person person,
      Runnable changed,
      Consumer<Person> sessions) {
    this.room = room;
    this.words = room.words();
    this.business = business;
    this.person = person;
    this.changed = changed;
    this.sessions = sessions;
  }

  /**
   * @param changed runs when something about somebody is different now
   * @param sessions shows the sessions of somebody
   */
  static void open(
      ServerRoom room,
      Business business,
      Person person,
      Runnable changed,
      Consumer<Person> sessions) {
    new PersonSheet(room, business, person, changed, sessions).show();
  }

  private void show() {
    VBox places = new VBox(4);
    for (Place place : person.places()) {
      places.getChildren().add(row(place));
    }
    if (person.places().isEmpty()) {
      places.getChildren().add(Parts.paragraph(words.say("person.no-role"), "soft"));
    }
    ComboBox<Optional<UUID>> store =
        Forms.choice(
            AddPersonSheet.places(business), each -> business.place(words, each.orElse(null)));
    ComboBox<String> role = Forms.choice(business.roles(), Business::roleName);
    store.setId("give-store");
    role.setId("give-role");
    Button give =
        Parts.button(words.say("person.give"), () -> give(store.getValue(), role.getValue()));
    HBox giving =
        Parts.row(
            12,
            Forms.named(words.say("person.store"), store),
            Forms.named(words.say("person.role"), role),
            give);
    giving.setAlignment(Pos.BOTTOM_LEFT);
    Button close =
        Parts.button(words.say("sheet.close"), room.surface().sheets()::close, "primary");
    VBox content =
        new VBox(
            12,
            Parts.label(person.name(), "title"),
            Parts.label(words.say("person.roles"), "semi"),
            Forms.scroll(places, PLACES),
            giving,
            Parts.label(words.say("person.sign-in"), "semi"),
            acts(),
            Parts.ends(close, endButton()));
    room.surface().sheets().open(content, WIDTH, close, () -> {});
  }

  private HBox row(Place place) {
    Label where = Parts.label(business.place(words, place.store()), "medium");
    Label what = Parts.whole(Business.roleName(place.role()), "badge");
    return Parts.row(
        12,
        where,
        what,
        Parts.spacer(),
        Parts.button(words.say("person.take"), () -> take(place), "quiet"));
  }

  private FlowPane acts() {
    FlowPane acts = new FlowPane(8, 8);
    acts.getChildren()
        .addAll(
            Parts.button(words.say("person.join-code"), this::joinCode),
            Parts.button(words.say("person.reset-pin"), this::resetPin),
            Parts.button(words.say("person.password-code"), this::passwordCode),
            Parts.button(words.say("person.forget-factor"), this::forgetFactor),
            Parts.button(
                words.say("person.sessions"),
                () -> {
                  room.surface().sheets().close();
                  sessions.accept(person);
                }));
    return acts;
  }

  private Button endButton() {
    return Parts.button(words.say("person.end"), this::askEnd, "danger");
  }

  private void give(@Nullable Optional<UUID> store, String role) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("role", role);
    if (store != null && store.isPresent()) {
      fields.put("store", store.get());
    }
    room.act(
        () -> room.line().post(path(Routes.PERSON_ROLE), fields),
        _ -> done(words.say("person.given", person.name())));
  }

  private void take(Place place) {
    UUID store = place.store();
    String query = store == null ? "" : "?store=" + store;
    room.act(
        () -> room.line().delete(path(Routes.PERSON_ROLE) + query),
        _ -> done(words.say("person.taken", person.name())));
  }

  private void joinCode() {
    room.act(
        () -> room.line().post(path(Routes.PERSON_JOIN_CODE), null, Code.class),
        code ->
            CodeSheet.open(
                room,
                words.say("code.join.title", person.name()),
                words.say("code.join.text"),
                code.code()));
  }

  private void passwordCode() {
    room.act(
        () -> room.line().post(path(Routes.PERSON_PASSWORD_CODE), null, Code.class),
        code ->
            CodeSheet.open(
                room,
                words.say("code.password.title", person.name()),
                words.say("code.password.text"),
                code.code()));
  }

  private void resetPin() {
    Asking.open(
        room,
        words.say("person.reset-pin.title", person.name()),
        words.say("person.reset-pin.text"),
        words.say("person.reset-pin"),
        () ->
            room.act(
                () -> room.line().delete(path(Routes.PERSON_PINS)),
                _ -> done(words.say("person.reset-pin.done", person.name()))));
  }

  private void forgetFactor() {
    Asking.open(
        room,
        words.say("person.forget-factor.title", person.name()),
        words.say("person.forget-factor.text"),
        words.say("person.forget-factor"),
        () ->
            room.act(
                () -> room.line().delete(path(Routes.PERSON_FACTOR)),
                _ -> done(words.say("person.forget-factor.done", person.name()))));
  }

  private void askEnd() {
    Asking.open(
        room,
        words.say("person.end.title", person.name()),
        words.say("person.end.text"),
        words.say("person.end"),
        () ->
            room.act(
                () -> room.line().post(path(Routes.PERSON_LEAVE), null),
                _ -> {
                  changed.run();
                  LeavingSheet.open(room, person);
                }));
  }

  private void done(String text) {
    room.surface().sheets().close();
    room.good(text);
    changed.run();
  }

  private String path(String route) {
    return route.replace("{id}", person.id().toString());
  }
}
