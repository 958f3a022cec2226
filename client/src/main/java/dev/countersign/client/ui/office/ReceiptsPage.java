package dev.countersign.client.ui.office;

import dev.countersign.client.device.EscPosReceipt;
import dev.countersign.client.device.PaperPicture;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.PrinterProfile;
import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptTemplate;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.StoreLogo;
import dev.countersign.client.flow.Printing;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.sync.OfficeForms.Store;
import dev.countersign.client.sync.OfficeForms.Stores;
import dev.countersign.client.sync.Said;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.ReceiptLines;
import dev.countersign.common.protocol.ReceiptLogo;
import dev.countersign.common.protocol.Routes;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * What a store's receipts say above and below what was sold, and the logo above it, with the paper
 * beside it.
 */
final class ReceiptsPage {
  private static final double PAPER = 300;
  private static final double FIELDS = 300;

  private final ServerRoom room;
  private final Words words;
  private final OpenDevice device;
  private final Background drawing;
  private final ComboBox<Store> store;
  private final TextArea header = new TextArea();
  private final TextArea footer = new TextArea();
  private final Button noLogo;
  private final ImageView paper = new ImageView();
  private final Shelter shelter;
  private ReceiptLogo logo = ReceiptLogo.NONE;
  private ReceiptLogo savedLogo = ReceiptLogo.NONE;
  private @Nullable PrintFonts fonts;
  private int asked;

  private record Read(List<Store> stores, Store shown, ReceiptLines lines) {}

  ReceiptsPage(ServerRoom room, OpenDevice device) {
    this.room = room;
    this.words = room.words();
    this.device = device;
    this.drawing = room.surface().desk().beside();
    this.store = Forms.choice(List.of(), Store::name);
    store.setId("receipts-store");
    store.setOnAction(_ -> chosen());
    area(header, "receipts-above");
    area(footer, "receipts-below");
    noLogo = Parts.button(words.say("receipts.logo.none"), () -> take(ReceiptLogo.NONE));
    paper.setFitWidth(PAPER);
    paper.setPreserveRatio(true);
    paper.setSmooth(true);
    VBox left =
        new VBox(
            12,
            Parts.paragraph(words.say("receipts.text"), "soft"),
            Forms.named(words.say("receipts.store"), store),
            Forms.named(words.say("receipts.above"), header),
            Forms.named(words.say("receipts.below"), footer),
            Parts.row(
                10, Parts.button(words.say("receipts.logo.choose"), this::chooseLogo), noLogo),
            Parts.row(
                10,
                Parts.button(words.say("receipts.preview"), this::draw),
                Parts.spacer(),
                Parts.button(words.say("receipts.save"), this::save, "primary")));
    left.setMinWidth(FIELDS);
    HBox.setHgrow(left, Priority.ALWAYS);
    ScrollPane roll = new ScrollPane(paper);
    roll.setMinWidth(PAPER + 24);
    roll.getStyleClass().add("scroll");
    this.shelter = new Shelter(new HBox(24, left, roll));
  }

  private void area(TextArea area, String id) {
    area.setId(id);
    area.setPrefRowCount(4);
    area.setPrefColumnCount(20);
    area.focusedProperty()
        .addListener(
            (_, _, focused) -> {
              if (!focused) {
                draw();
              }
            });
  }

  Shelter root() {
    return shelter;
  }

  void refresh() {
    room.ask(shelter, () -> read(store.getValue()), this::show, this::refresh);
  }

  /** Whoever comes for the first time begins with the store of this office. */
  private Said<Read> read(@Nullable Store wanted) {
    Said<Stores> said = room.line().get(Routes.PLACES, Stores.class);
    if (!(said instanceof Said.Got<Stores>(Stores stores))) {
      return said.map(_ -> new Read(List.of(), here(), new ReceiptLines(List.of(), List.of())));
    }
    Store first = wanted == null ? here() : wanted;
    Store shown =
        stores.all().stream()
            .filter(each -> each.id().equals(first.id()))
            .findFirst()
            .orElse(first);
    return room.line()
        .get(path(shown), ReceiptLines.class)
        .map(lines -> new Read(stores.all(), shown, lines));
  }

  private Store here() {
    var enrolled = device.ledger().enrolled();
    return new Store(enrolled.store(), "", enrolled.storeName(), null);
  }

  private static String path(Store store) {
    return Routes.STORE_RECEIPT.replace("{id}", store.id().toString());
  }

  private void show(Read read) {
    // Filled without being taken for a choice of somebody.
    store.setOnAction(null);
    store.getItems().setAll(read.stores());
    store.setValue(read.shown());
    store.setOnAction(_ -> chosen());
    store.setDisable(read.stores().size() < 2);
    header.setText(String.join("\n", read.lines().header()));
    footer.setText(String.join("\n", read.lines().footer()));
    savedLogo = Objects.requireNonNullElse(read.lines().logo(), ReceiptLogo.NONE);
    take(savedLogo);
  }

  private void chooseLogo() {
    new LogoSheet(room.surface(), this::take).open();
  }

  private void take(ReceiptLogo chosen) {
    logo = chosen;
    noLogo.setDisable(chosen.none());
    draw();
  }

  private void chosen() {
    if (store.getValue() != null) {
      refresh();
    }
  }

  /** Says nothing of a logo that stays as it is. */
  private ReceiptLines typed() {
    return new ReceiptLines(lines(header), lines(footer), logo.equals(savedLogo) ? null : logo);
  }

  private static List<String> lines(TextArea area) {
    return area.getText().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private void draw() {
    Store of = store.getValue();
    if (of == null) {
      return;
    }
    int mine = ++asked;
    ReceiptLines now = typed();
    ReceiptLogo above = logo;
    drawing.run(
        () -> picture(of, now, above),
        png -> {
          if (mine == asked) {
            paper.setImage(new Image(new ByteArrayInputStream(png)));
            paper.setAccessibleText(words.say("receipts.preview"));
          }
        },
        failure -> {
          if (mine == asked) {
            room.surface().trouble(failure);
          }
        });
  }

  /** As a printer of usual width prints it in the language of this office. */
  private byte[] picture(Store of, ReceiptLines now, ReceiptLogo above) {
    PrintFonts known = fonts;
    PrintFonts drawn = known == null ? PrintFonts.bundled() : known;
    fonts = drawn;
    ReceiptWords spoken = ReceiptWords.of(words.speech().locale());
    Receipt sample =
        Printing.sample(
            device.ledger().enrolled(),
            of.name(),
            device.settings().zone(),
            now,
            words.say("receipts.sample"),
            room.clock().instant());
    PrinterProfile printer = PrinterProfile.wide();
    ReceiptTemplate template = ReceiptTemplate.usual().with(StoreLogo.on(printer, above));
    return new PaperPicture(drawn).png(new EscPosReceipt(printer, spoken, template, drawn), sample);
  }

  private void save() {
    Store of = store.getValue();
    ReceiptLines now = typed();
    if (of == null) {
      return;
    }
    if (!now.fits()) {
      room.surface()
          .refuse(
              words.say("receipts.wrong", ReceiptLines.MOST, ReceiptLines.LONGEST),
              "RECEIPT-LINES");
      return;
    }
    room.act(
        () -> room.line().post(path(of), now, ReceiptLines.class),
        said -> {
          boolean untouched = logo.equals(savedLogo);
          savedLogo = Objects.requireNonNullElse(said.logo(), ReceiptLogo.NONE);
          // Another office may have changed it: what was not chosen here is not sent back later.
          take(untouched ? savedLogo : logo);
          room.good(words.say("receipts.saved"));
        },
        no -> {
          switch (no) {
            case Said.SignInNeeded<ReceiptLines> _ -> SignInSheet.open(room, this::save);
            case Said.FactorNeeded<ReceiptLines> _ -> SignInSheet.openFactor(room, this::save);
            default -> room.surface().refuse(room.why(no), ServerRoom.code(no));
          }
        });
  }
}
