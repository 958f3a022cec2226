package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.Leaving;
import dev.countersign.client.sync.OfficeForms.LeavingDevice;
import dev.countersign.client.sync.OfficeForms.Person;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.util.List;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** Somebody has left: which devices have said that they know it. Asks again while it is open. */
final class LeavingSheet {
  private static final double WIDTH = 600;
  private static final double LIST = 280;
  private static final Duration EVERY = Duration.seconds(3);

  private final ServerRoom room;
  private final Words words;
  private final Person person;
  private final Label line = Parts.paragraph("", "soft");
  private final VBox list = new VBox(6);
  private final Timeline asking = new Timeline();

  private LeavingSheet(ServerRoom room, Person person) {
    this.room = room;
    this.words = room.words();
    this.person = person;
    asking.getKeyFrames().add(new KeyFrame(EVERY, _ -> ask()));
    asking.setCycleCount(Timeline.INDEFINITE);
  }

  static void open(ServerRoom room, Person person) {
    new LeavingSheet(room, person).show();
  }

  private void show() {
    Button close =
        Parts.button(words.say("sheet.close"), room.surface().sheets()::close, "primary");
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("leaving.title", person.name()), "title"),
            Parts.paragraph(words.say("leaving.text"), "soft"),
            line,
            Forms.scroll(list, LIST),
            close);
    room.surface().sheets().open(content, WIDTH, close, asking::stop);
    ask();
    asking.play();
  }

  private void ask() {
    room.act(
        () ->
            room.line()
                .get(Routes.PERSON_LEAVING.replace("{id}", person.id().toString()), Leaving.class),
        this::show,
        no -> line.setText(room.why(no)));
  }

  private void show(Leaving leaving) {
    List<LeavingDevice> devices = leaving.all();
    long open = devices.stream().filter(each -> !each.confirmed()).count();
    line.setText(
        devices.isEmpty()
            ? words.say("leaving.no-devices")
            : open == 0 ? words.say("leaving.all") : words.say("leaving.open", open));
    list.getChildren().setAll(devices.stream().map(this::row).toList());
  }

  private HBox row(LeavingDevice device) {
    Label badge =
        device.confirmed()
            ? Parts.whole(words.say("leaving.confirmed"), "badge")
            : Parts.whole(words.say("leaving.waiting"), "badge", "warn");
    var seen = device.lastSeen();
    String note =
        seen == null ? "" : words.say("leaving.seen", room.surface().amounts().moment(seen));
    return Parts.row(
        12,
        Parts.label(device.name(), "medium"),
        Parts.label(note, "soft", "note"),
        Parts.spacer(),
        badge);
  }
}
