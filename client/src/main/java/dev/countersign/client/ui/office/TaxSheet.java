package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRate;
import dev.countersign.common.tax.TaxRule.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks what a tax is: its name, how it is charged, and from when which rate holds. */
final class TaxSheet {
  private static final double WIDTH = 640;
  private static final double TABLE = 234;
  private static final Pattern RATE = Pattern.compile("-?[0-9]{1,9}([.,][0-9]{1,6})?");

  private final Surface surface;
  private final Words words;
  private final TaxWords taxWords;
  private final @Nullable Tax before;
  private final Set<String> taken;
  private final LocalDate today;
  private final Consumer<Tax> write;
  private final TextField name = field("tax-name");
  private final TextField rate = field("tax-rate");
  private final TextField from = field("tax-from");
  private final ComboBox<Kind> kind;
  private final CheckBox included;
  private final CheckBox inBase;
  private final CheckBox onPriceOnly;
  private final TableView<Row> table;
  private final Label wrong = Parts.paragraph("", "bad-text", "note");
  private final Button save;
  private boolean askedForToday;

  /**
   * A rate.
   *
   * @param from null for the one that holds since always
   */
  private record Row(@Nullable LocalDate from, BigDecimal rate) {}

  private TaxSheet(
      Surface surface,
      @Nullable Tax before,
      Set<String> taken,
      LocalDate today,
      Consumer<Tax> write) {
    this.surface = surface;
    this.taken = Set.copyOf(taken);
    this.words = surface.words();
    this.taxWords = new TaxWords(words, surface.amounts());
    this.before = before;
    this.today = today;
    this.write = write;
    kind = Forms.choice(List.of(Kind.values()), taxWords::kind);
    included = box("tax-included", words.say("taxes.sheet.included"), true);
    inBase = box("tax-in-base", words.say("taxes.sheet.in-base"), false);
    onPriceOnly = box("tax-on-price-only", words.say("taxes.sheet.on-price-only"), false);
    save = Parts.button(words.say("taxes.save"), this::save, "primary");
    table =
        Columns.table(
            words.say("taxes.rates"), words.say("taxes.rates.none"), words.say("taxes.rates.text"));
    table.getColumns().add(Columns.text(words.say("taxes.rate"), 200, row -> rate(row.rate())));
    table.getColumns().add(Columns.text(words.say("taxes.from"), 300, this::from));
    table.setMinHeight(TABLE);
    table.setPrefHeight(TABLE);
    Parts.show(wrong, false);
    List.of(name, rate, from)
        .forEach(each -> each.textProperty().addListener((_, _, _) -> typing()));
  }

  /** What was wrong is being mended; who was asked about today still is. */
  private void typing() {
    if (!askedForToday) {
      Parts.show(wrong, false);
    }
  }

  /**
   * @param before what is changed, or null for a new one
   * @param taken the names of the other taxes, in lower case
   * @param today the business day in this store
   * @param write takes what was made of it, under its next version
   */
  static void open(
      Surface surface,
      @Nullable Tax before,
      Set<String> taken,
      LocalDate today,
      Consumer<Tax> write) {
    new TaxSheet(surface, before, taken, today, write).show();
  }

  private static TextField field(String id) {
    TextField field = new TextField();
    field.setId(id);
    return field;
  }

  private static CheckBox box(String id, String label, boolean on) {
    CheckBox box = new CheckBox(label);
    box.setId(id);
    box.setSelected(on);
    box.setMinHeight(48);
    return box;
  }

  private void show() {
    VBox content =
        new VBox(
            12,
            Parts.label(
                before == null
                    ? words.say("taxes.add")
                    : words.say("taxes.change-of", before.name()),
                "title"),
            Forms.named(words.say("taxes.name"), name));
    content.getChildren().addAll(before == null ? asNew() : asKnown(before));
    content
        .getChildren()
        .addAll(
            wrong,
            Parts.row(
                10,
                Parts.button(words.say("sheet.cancel"), surface.sheets()::close),
                Parts.spacer(),
                save));
    name.setOnAction(_ -> save());
    surface.sheets().open(content, WIDTH, name, () -> {});
  }

  /** How it is charged is said once: sales were made by it from then on. */
  private List<Node> asNew() {
    rate.setOnAction(_ -> save());
    return List.of(
        Parts.row(
            10,
            Forms.named(words.say("taxes.sheet.kind"), kind),
            Forms.named(words.say("taxes.rate"), rate)),
        included,
        inBase,
        onPriceOnly);
  }

  private List<Node> asKnown(Tax tax) {
    name.setText(tax.name());
    kind.getSelectionModel().select(tax.kind());
    List<Row> rows = new ArrayList<>(List.of(new Row(null, tax.rate())));
    tax.rates().forEach(each -> rows.add(new Row(each.from(), each.rate())));
    table.getItems().setAll(rows);
    table.setOnKeyPressed(
        key -> {
          if (key.getCode() == KeyCode.DELETE) {
            remove();
          }
        });
    Button remove = Parts.button(words.say("taxes.remove"), this::remove);
    remove.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
    rate.setOnAction(_ -> from.requestFocus());
    from.setOnAction(_ -> add());
    return List.of(
        Forms.fact(words.say("taxes.kind"), taxWords.place(tax)),
        table,
        Parts.row(
            10,
            Forms.named(words.say("taxes.sheet.rate"), rate),
            Forms.named(words.say("taxes.sheet.from", example()), from),
            new VBox(6, Parts.label(" ", "note"), Parts.button(words.say("taxes.set"), this::add)),
            new VBox(6, Parts.label(" ", "note"), remove)));
  }

  private String rate(BigDecimal figure) {
    return taxWords.rate(kind.getValue(), figure);
  }

  private String from(Row row) {
    LocalDate day = row.from();
    return day == null ? words.say("taxes.always") : surface.amounts().date(day);
  }

  /** Gives whether what is typed is a rate that can begin then. */
  private boolean add() {
    BigDecimal figure = typed();
    LocalDate day = day();
    if (figure == null || day == null) {
      refuse(words.say("taxes.sheet.wrong", example()));
      return false;
    } else if (day.isBefore(today)) {
      refuse(words.say("taxes.sheet.past"));
      return false;
    } else {
      edited();
      table.getItems().removeIf(row -> day.equals(row.from()));
      table.getItems().add(new Row(day, figure));
      table
          .getItems()
          .sort(Comparator.comparing(Row::from, Comparator.nullsFirst(Comparator.naturalOrder())));
      rate.clear();
      from.clear();
      rate.requestFocus();
      return true;
    }
  }

  /** Who was asked about another table is asked once more. */
  private void edited() {
    Parts.show(wrong, false);
    askedForToday = false;
    save.setText(words.say("taxes.save"));
  }

  /** Whether a rate is typed that was not put into the table yet. */
  private boolean isTyping() {
    return before != null && !(rate.getText().isBlank() && from.getText().isBlank());
  }

  /** Null for what is no figure. */
  private @Nullable BigDecimal typed() {
    String text = rate.getText().strip();
    return RATE.matcher(text).matches() ? new BigDecimal(text.replace(',', '.')) : null;
  }

  /** Null for what is no day. */
  private @Nullable LocalDate day() {
    return surface.amounts().day(from.getText().strip());
  }

  /** How a day is written here. */
  private String example() {
    return surface.amounts().date(LocalDate.of(today.getYear() + 1, 1, 1));
  }

  /** What has begun stays: sales were made by it. */
  private void remove() {
    Row row = table.getSelectionModel().getSelectedItem();
    LocalDate day = row == null ? null : row.from();
    if (day == null || !day.isAfter(today)) {
      refuse(words.say("taxes.sheet.begun"));
    } else {
      edited();
      table.getItems().remove(row);
    }
  }

  private void save() {
    if (isTyping() && !add()) {
      return;
    }
    Tax written = before == null ? made() : changed(before);
    if (written == null || !written.fits()) {
      refuse(words.say("taxes.wrong"));
    } else if (taken.contains(written.name().toLowerCase(Locale.ROOT))) {
      refuse(words.say("taxes.taken"));
    } else if (before != null && beginsToday(written, before) && !askedForToday) {
      askedForToday = true;
      save.setText(words.say("taxes.save-today"));
      refuse(words.say("taxes.sheet.today"));
    } else {
      write.accept(written);
    }
  }

  /** Null where something is missing. */
  private @Nullable Tax made() {
    BigDecimal figure = typed();
    return figure == null
        ? null
        : Tax.since(
            name.getText().strip(),
            kind.getValue(),
            figure,
            included.isSelected(),
            inBase.isSelected(),
            !onPriceOnly.isSelected());
  }

  private Tax changed(Tax was) {
    List<TaxRate> rates = new ArrayList<>();
    for (Row row : table.getItems()) {
      LocalDate day = row.from();
      if (day != null) {
        rates.add(new TaxRate(day, row.rate()));
      }
    }
    return was.with(name.getText().strip(), rates);
  }

  /** Tills that are offline go on at the other rate until they hear of it. */
  private boolean beginsToday(Tax written, Tax was) {
    return written.on(today).compareTo(was.on(today)) != 0;
  }

  private void refuse(String why) {
    wrong.setText(why);
    Parts.show(wrong, true);
    surface.sounds().refused();
  }
}
