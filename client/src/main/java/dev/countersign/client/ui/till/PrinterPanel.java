package dev.countersign.client.ui.till;

import dev.countersign.client.device.CodePage;
import dev.countersign.client.device.EscPosPrinter;
import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Printer;
import dev.countersign.client.device.Hardware.Way;
import dev.countersign.client.device.Hardware.Width;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The receipt printer and the drawer that hangs on it. */
final class PrinterPanel implements HardwarePanel {
  private final Words words;
  private final WayFields way;
  private final ComboBox<Width> width;
  private final ComboBox<Integer> drawer;
  private final CheckBox cuts;
  private final CheckBox pictures;
  private final CheckBox codes;
  private final Map<CodePage, CheckBox> pages = new EnumMap<>(CodePage.class);
  private final List<Button> tests;

  /** What can be tried. */
  interface Trying {
    void ask();

    void print();

    void kick();
  }

  PrinterPanel(Surface surface, Printer now, Trying trying) {
    this.words = surface.words();
    way =
        new WayFields(
            surface,
            List.of(Way.values()),
            now.way(),
            now.address(),
            now.port(),
            now.baud(),
            "printer");
    width =
        HardwareFields.choice(
            List.of(Width.values()),
            now.width(),
            each ->
                switch (each) {
                  case MM_80 -> words.say("hardware.printer.wide");
                  case MM_58 -> words.say("hardware.printer.narrow");
                });
    drawer =
        HardwareFields.choice(
            List.of(0, 1),
            now.drawerPin(),
            pin ->
                pin == 0
                    ? words.say("hardware.printer.pin-two")
                    : words.say("hardware.printer.pin-five"));
    cuts = HardwareFields.check(words.say("hardware.printer.cuts"), now.cuts());
    pictures = HardwareFields.check(words.say("hardware.printer.pictures"), now.pictures());
    codes = HardwareFields.check(words.say("hardware.printer.codes"), now.codes());
    for (CodePage page : CodePage.values()) {
      pages.put(page, HardwareFields.check(name(page), now.pages().contains(page)));
    }
    tests =
        List.of(
            Parts.button(words.say("hardware.printer.ask"), trying::ask),
            Parts.button(words.say("hardware.printer.print"), trying::print),
            Parts.button(words.say("hardware.printer.kick"), trying::kick));
  }

  private String name(CodePage page) {
    return switch (page) {
      case PC437 -> words.say("hardware.page.pc437");
      case PC850 -> words.say("hardware.page.pc850");
      case PC858 -> words.say("hardware.page.pc858");
      case PC852 -> words.say("hardware.page.pc852");
      case PC866 -> words.say("hardware.page.pc866");
      case WPC1252 -> words.say("hardware.page.wpc1252");
      case WPC1253 -> words.say("hardware.page.wpc1253");
    };
  }

  @Override
  public String name() {
    return words.say("hardware.printer");
  }

  @Override
  public Region fields() {
    FlowPane abilities = new FlowPane(18, 0, cuts, pictures, codes);
    FlowPane letters = new FlowPane(18, 0);
    letters.getChildren().addAll(pages.values());
    return new VBox(
        12,
        way,
        new HBox(
            12,
            HardwareFields.named(words.say("hardware.printer.paper"), width),
            HardwareFields.named(words.say("hardware.printer.drawer"), drawer)),
        abilities,
        Parts.label(words.say("hardware.printer.pages"), "note", "soft"),
        letters);
  }

  @Override
  public List<Button> tests() {
    return tests;
  }

  @Override
  public Hardware into(Hardware base) {
    // The order of before where it is kept: the first page is the one to begin with.
    List<CodePage> chosen =
        Stream.concat(base.printer().pages().stream(), pages.keySet().stream())
            .distinct()
            .filter(this::isChosen)
            .toList();
    return base.with(
        new Printer(
            way.way(),
            way.address(),
            way.port(),
            way.baud(),
            width.getValue(),
            chosen,
            cuts.isSelected(),
            pictures.isSelected(),
            codes.isSelected(),
            drawer.getValue()));
  }

  private boolean isChosen(CodePage page) {
    CheckBox box = pages.get(page);
    return box != null && box.isSelected();
  }

  @Override
  public String summary(Hardware saved) {
    return WayFields.summary(words, saved.printer().way(), saved.printer().address());
  }

  /** How a printer says it is, in words. */
  static String state(Words words, EscPosPrinter.State state) {
    return state
        .trouble()
        .map(trouble -> PrinterWords.trouble(words, trouble))
        .orElseGet(
            () ->
                !state.answered()
                    ? words.say("hardware.printer.says-nothing")
                    : state.paperLow()
                        ? words.say("hardware.printer.paper-low")
                        : words.say("hardware.printer.ready"));
  }
}
