package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.Device;
import dev.countersign.client.sync.OfficeForms.Devices;
import dev.countersign.client.sync.OfficeForms.Stores;
import dev.countersign.client.sync.Said;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Routes;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Tills and offices: where they stand and when they were last seen. */
final class DevicesPage {
  private static final double WIDTH = 600;

  private final ServerRoom room;
  private final Words words;
  private final TableView<Device> table;
  private final Label count = Parts.whole("", "soft");
  private final Shelter shelter;
  private Business business = Business.UNKNOWN;

  private record Read(List<Device> devices, Business business) {}

  DevicesPage(ServerRoom room) {
    this.room = room;
    this.words = room.words();
    this.table =
        Columns.table(
            words.say("nav.devices"),
            words.say("devices.empty.title"),
            words.say("devices.empty.text"));
    table.getColumns().add(Columns.text(words.say("devices.name"), 150, Device::name));
    table.getColumns().add(Columns.text(words.say("devices.kind"), 80, this::kind));
    table
        .getColumns()
        .add(
            Columns.text(
                words.say("devices.store"), 160, each -> business.place(words, each.store())));
    table.getColumns().add(Columns.text(words.say("devices.series"), 90, each -> series(each)));
    table
        .getColumns()
        .add(Columns.text(words.say("devices.seen"), 130, each -> moment(each.lastSeen())));
    table
        .getColumns()
        .add(Columns.part(words.say("devices.state"), 104, Device::state, state -> badge(state)));
    VBox.setVgrow(table, Priority.ALWAYS);
    Button open = Forms.opens(table, words.say("devices.open"), this::open);
    VBox content = new VBox(14, Parts.row(10, count, Parts.spacer(), open), table);
    this.shelter = new Shelter(content);
  }

  Shelter root() {
    return shelter;
  }

  void refresh() {
    room.ask(shelter, this::read, this::show, this::refresh);
  }

  private Said<Read> read() {
    Said<Devices> devices = room.line().get(Routes.DEVICES, Devices.class);
    if (!(devices instanceof Said.Got<Devices>(Devices got))) {
      return devices.map(_ -> new Read(List.of(), Business.UNKNOWN));
    }
    return room.line()
        .get(Routes.PLACES, Stores.class)
        .map(stores -> new Read(got.all(), new Business(stores.all(), List.of())));
  }

  private void show(Read read) {
    business = read.business();
    table.getItems().setAll(read.devices());
    count.setText(words.say("devices.count", read.devices().size()));
  }

  private void open(Device device) {
    VBox facts =
        new VBox(
            6,
            Forms.fact(words.say("devices.kind"), kind(device)),
            Forms.fact(words.say("devices.store"), business.place(words, device.store())),
            Forms.fact(words.say("devices.series"), series(device)),
            Forms.fact(words.say("devices.enrolled"), moment(device.enrolledAt())),
            Forms.fact(words.say("devices.seen"), moment(device.lastSeen())));
    facts
        .getChildren()
        .add(Forms.fact(words.say("devices.environment"), text(device.environment())));
    String fingerprint = device.fingerprint();
    if (fingerprint != null) {
      facts.getChildren().add(Forms.fact(words.say("devices.fingerprint"), fingerprint));
    }
    Button close =
        Parts.button(words.say("sheet.close"), room.surface().sheets()::close, "primary");
    var acts = Parts.row(10, close, Parts.spacer());
    if (device.state().equals("active") || device.state().equals("frozen")) {
      acts.getChildren()
          .addAll(
              Parts.button(words.say("devices.wipe"), () -> askWipe(device), "danger"),
              Parts.button(words.say("devices.revoke"), () -> askRevoke(device), "danger"));
    }
    VBox content =
        new VBox(
            14,
            Parts.row(12, Parts.label(device.name(), "title"), badge(device.state())),
            facts,
            Parts.paragraph(state(device), "soft", "note"),
            acts);
    room.surface().sheets().open(content, WIDTH, close, () -> {});
  }

  private void askRevoke(Device device) {
    Asking.open(
        room,
        words.say("devices.revoke.title", device.name()),
        words.say("devices.revoke.text"),
        words.say("devices.revoke"),
        () -> act(device, Routes.DEVICE_REVOKE, words.say("devices.revoked", device.name())));
  }

  private void askWipe(Device device) {
    Asking.open(
        room,
        words.say("devices.wipe.title", device.name()),
        words.say("devices.wipe.text"),
        words.say("devices.wipe"),
        () -> act(device, Routes.DEVICE_WIPE, words.say("devices.wiped", device.name())));
  }

  private void act(Device device, String route, String done) {
    room.act(
        () -> room.line().post(route.replace("{id}", device.id().toString()), null),
        _ -> {
          room.good(done);
          refresh();
        });
  }

  private Label badge(String state) {
    return switch (state) {
      case "active" -> Parts.whole(words.say("devices.active"), "badge");
      case "frozen" -> Parts.whole(words.say("devices.frozen"), "badge", "warn");
      case "wiping" -> Parts.whole(words.say("devices.wiping"), "badge", "warn");
      case "wiped" -> Parts.whole(words.say("devices.wiped-state"), "badge", "bad");
      case "revoked" -> Parts.whole(words.say("devices.revoked-state"), "badge", "bad");
      default -> Parts.whole(state, "badge", "warn");
    };
  }

  private String state(Device device) {
    return switch (device.state()) {
      case "active" -> words.say("devices.active.text");
      case "frozen" -> words.say("devices.frozen.text");
      case "wiping" -> words.say("devices.wiping.text");
      case "wiped" -> words.say("devices.wiped.text");
      default -> words.say("devices.revoked.text");
    };
  }

  private String kind(Device device) {
    return device.kind().equals("TILL") ? words.say("devices.till") : words.say("devices.office");
  }

  private String moment(@Nullable Instant at) {
    return at == null ? "" : room.surface().amounts().moment(at);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** An office rings nothing up: what stands there is no register's. */
  private static String series(Device device) {
    String series = device.series();
    return series == null || !device.kind().equals("TILL") ? "" : series;
  }
}
