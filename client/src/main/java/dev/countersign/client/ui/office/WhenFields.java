package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.promotion.Validity;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.WeekFields;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** When a promotion counts, and in which stores. */
final class WhenFields extends VBox {
  private static final int DAY = 1_440;
  private static final double STORES = 96;
  private static final double TOUCH = 48;
  private static final double LEAST_DAY = 64;

  private final Surface surface;
  private final TextField from = FigureFields.field("promotion-from");
  private final TextField to = FigureFields.field("promotion-to");
  private final TextField fromTime = FigureFields.field("promotion-from-time");
  private final TextField toTime = FigureFields.field("promotion-to-time");
  private final Map<DayOfWeek, ToggleButton> days = new EnumMap<>(DayOfWeek.class);
  private final Map<UUID, CheckBox> stores = new LinkedHashMap<>();
  private final VBox boxes = new VBox();

  /**
   * @param here the store of this office
   */
  WhenFields(Surface surface, LocalDate today, UUID here, String hereName) {
    super(10);
    this.surface = surface;
    Words words = surface.words();
    from.setText(surface.amounts().date(today));
    fromTime.setText(surface.amounts().clock(0));
    toTime.setText(surface.amounts().clock(DAY));
    know(here, hereName);
    getChildren()
        .addAll(
            Parts.row(
                10,
                Forms.named(words.say("promotions.from", surface.amounts().date(today)), from),
                Forms.named(words.say("promotions.to"), to)),
            Parts.row(
                10,
                Forms.named(
                    words.say("promotions.from-time", surface.amounts().clock(0)), fromTime),
                Forms.named(words.say("promotions.to-time", surface.amounts().clock(DAY)), toTime)),
            Parts.paragraph(words.say("promotions.overnight"), "soft", "note"),
            new VBox(6, Parts.label(words.say("promotions.days"), "note", "soft"), week()),
            new VBox(
                6,
                Parts.label(words.say("promotions.stores"), "note", "soft"),
                Forms.scroll(boxes, STORES)));
  }

  /** As the week begins where the language is spoken. */
  private HBox week() {
    Locale locale = surface.words().speech().locale();
    HBox week = new HBox();
    week.getStyleClass().add("three-way");
    DayOfWeek first = WeekFields.of(locale).getFirstDayOfWeek();
    for (int i = 0; i < 7; i++) {
      DayOfWeek day = first.plus(i);
      ToggleButton button =
          new ToggleButton(day.getDisplayName(TextStyle.SHORT_STANDALONE, locale));
      button.setId("promotion-" + day.name());
      button.setAccessibleText(day.getDisplayName(TextStyle.FULL_STANDALONE, locale));
      button.setMinWidth(LEAST_DAY);
      button.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(button, Priority.ALWAYS);
      if (i == 6) {
        button.getStyleClass().add("last");
      }
      days.put(day, button);
      week.getChildren().add(button);
    }
    return week;
  }

  /** A store there is; one that was known without its name is called by it now. */
  void know(UUID store, String name) {
    CheckBox known = stores.get(store);
    if (known != null) {
      known.setText(name);
      return;
    }
    CheckBox box = new CheckBox(name);
    box.setId("promotion-store-" + store);
    box.setMinHeight(TOUCH);
    stores.put(store, box);
    boxes.getChildren().add(box);
  }

  void fill(Validity was) {
    from.setText(surface.amounts().date(was.from()));
    LocalDate last = was.to();
    to.setText(last == null ? "" : surface.amounts().date(last));
    fromTime.setText(surface.amounts().clock(was.fromMinute()));
    toTime.setText(surface.amounts().clock(was.toMinute()));
    was.days().forEach(day -> chosen(day).setSelected(true));
    for (UUID store : was.stores()) {
      if (!stores.containsKey(store)) {
        know(store, surface.words().say("place.other"));
      }
      CheckBox box = stores.get(store);
      if (box != null) {
        box.setSelected(true);
      }
    }
  }

  private ToggleButton chosen(DayOfWeek day) {
    ToggleButton button = days.get(day);
    if (button == null) {
      throw new IllegalStateException("a week has seven days");
    }
    return button;
  }

  /**
   * What stands in the fields.
   *
   * @throws DateTimeException when a day or a time cannot be read, or the last day is before the
   *     first
   */
  Validity read() {
    LocalDate first = Forms.day(surface.amounts(), from);
    LocalDate last = Forms.dayOrNone(surface.amounts(), to);
    if (last != null && last.isBefore(first)) {
      throw new DateTimeException("it ends before it begins");
    }
    int begins = minute(fromTime, 0);
    int ends = minute(toTime, DAY);
    List<DayOfWeek> on =
        days.entrySet().stream()
            .filter(each -> each.getValue().isSelected())
            .map(Map.Entry::getKey)
            .toList();
    return new Validity(
        first,
        last,
        on.size() == 7 ? List.of() : on,
        // Midnight begins a day and ends one.
        begins == DAY ? 0 : begins,
        ends == 0 ? DAY : ends,
        stores.entrySet().stream()
            .filter(each -> each.getValue().isSelected())
            .map(Map.Entry::getKey)
            .toList());
  }

  private int minute(TextField field, int usual) {
    if (field.getText().isBlank()) {
      return usual;
    }
    @Nullable Integer minute = surface.amounts().minute(field.getText());
    if (minute == null) {
      throw new DateTimeException("no time of day");
    }
    return minute;
  }
}
