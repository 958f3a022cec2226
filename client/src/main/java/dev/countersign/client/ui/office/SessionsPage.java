package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.Person;
import dev.countersign.client.sync.OfficeForms.Session;
import dev.countersign.client.sync.OfficeForms.Sessions;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.util.UUID;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Who is signed in where: one's own sign-ins, or those of somebody who was chosen under People. */
final class SessionsPage {
  private final ServerRoom room;
  private final Words words;
  private final TableView<Session> table;
  private final Label whose = Parts.label("", "semi");
  private final Button own;
  private final Shelter shelter;
  private @Nullable Person person;

  SessionsPage(ServerRoom room) {
    this.room = room;
    this.words = room.words();
    var amounts = room.surface().amounts();
    this.table =
        Columns.table(
            words.say("nav.sessions"),
            words.say("sessions.empty.title"),
            words.say("sessions.empty.text"));
    table
        .getColumns()
        .add(Columns.text(words.say("sessions.begun"), 140, each -> amounts.moment(each.begun())));
    table
        .getColumns()
        .add(Columns.text(words.say("sessions.used"), 140, each -> amounts.moment(each.used())));
    table.getColumns().add(Columns.text(words.say("sessions.address"), 130, Session::address));
    table.getColumns().add(Columns.text(words.say("sessions.how"), 150, this::how));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("sessions.state"),
                110,
                Session::current,
                current ->
                    current
                        ? Parts.whole(words.say("sessions.this"), "badge")
                        : Parts.whole(words.say("sessions.open"), "badge", "warn")));
    VBox.setVgrow(table, Priority.ALWAYS);
    Button end = Forms.opens(table, words.say("sessions.end"), this::end);
    Button all = Parts.button(words.say("sessions.end-all"), this::askEndAll, "danger");
    own = Parts.button(words.say("sessions.own"), () -> show(null));
    VBox content =
        new VBox(
            14,
            Parts.row(10, whose, Parts.spacer(), own, end, all),
            table,
            Parts.paragraph(words.say("sessions.note"), "note", "soft"));
    this.shelter = new Shelter(content);
  }

  Shelter root() {
    return shelter;
  }

  /** Shows the sign-ins of somebody, or one's own for null. */
  void show(@Nullable Person of) {
    person = of;
    refresh();
  }

  void refresh() {
    Parts.show(own, person != null);
    Person of = person;
    whose.setText(of == null ? words.say("sessions.yours") : words.say("sessions.of", of.name()));
    room.ask(
        shelter,
        () -> room.line().get(all(), Sessions.class),
        read -> table.getItems().setAll(read.all()),
        this::refresh);
  }

  private String all() {
    Person of = person;
    return of == null
        ? Routes.OWN_SESSIONS
        : Routes.PERSON_SESSIONS.replace("{id}", of.id().toString());
  }

  private String how(Session session) {
    UUID device = session.device();
    return device == null
        ? session.strong() ? words.say("sessions.strong") : words.say("sessions.plain")
        : session.strong() ? words.say("sessions.office-strong") : words.say("sessions.office");
  }

  private void end(Session session) {
    room.act(
        () -> room.line().delete(all() + "/" + session.id()),
        _ -> {
          room.good(words.say("sessions.ended"));
          refresh();
        });
  }

  private void askEndAll() {
    Person of = person;
    Asking.open(
        room,
        of == null
            ? words.say("sessions.end-all.own")
            : words.say("sessions.end-all.title", of.name()),
        of == null ? words.say("sessions.end-all.own-text") : words.say("sessions.end-all.text"),
        words.say("sessions.end-all"),
        () ->
            room.act(
                () -> room.line().delete(all()),
                _ -> {
                  room.good(words.say("sessions.all-ended"));
                  refresh();
                }));
  }
}
