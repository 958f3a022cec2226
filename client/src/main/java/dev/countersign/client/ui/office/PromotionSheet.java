package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.sync.OfficeForms.Stores;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Offer.Part;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Terms;
import dev.countersign.common.promotion.Validity;
import dev.countersign.common.protocol.Routes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks what a promotion is: what it gives, on which goods, when and where, and how much of it. */
final class PromotionSheet {
  private static final double WIDTH = 720;
  private static final int MOST_PRIORITY = 999;

  /** The leaves of the sheet; one is in sight. */
  private enum Leaf {
    OFFER,
    GOODS,
    WHEN,
    LIMITS
  }

  private final ServerRoom room;
  private final Surface surface;
  private final Words words;
  private final @Nullable Promotion before;
  private final LocalDate today;
  private final Consumer<Promotion> write;
  private final TextField name = FigureFields.field("promotion-name");
  private final OfferFields offer;
  private final GoodsFields goods;
  private final WhenFields when;
  private final LimitFields limits;
  private final Map<Leaf, ToggleButton> leaves = new EnumMap<>(Leaf.class);
  private final Label wrong = Parts.paragraph("", "bad-text");

  /** What stands on a leaf cannot be read, or is out of its range. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    final transient @Nullable Leaf leaf;

    Unreadable(@Nullable Leaf leaf) {
      super("not what a promotion is made of", null, false, false);
      this.leaf = leaf;
    }
  }

  private interface Reading<T> {
    T read();
  }

  private PromotionSheet(
      ServerRoom room,
      OpenDevice device,
      @Nullable Promotion before,
      Known known,
      LocalDate today,
      Consumer<Promotion> write) {
    this.room = room;
    this.surface = room.surface();
    this.words = surface.words();
    this.before = before;
    this.today = today;
    this.write = write;
    var here = device.ledger().enrolled();
    goods = new GoodsFields(surface, device.catalogue(), known.categories(), this::say);
    offer = new OfferFields(words, here.currency(), goods::inParts);
    when = new WhenFields(surface, today, here.store(), here.storeName());
    limits = new LimitFields(words, here.currency());
    Parts.show(wrong, false);
    if (before != null) {
      fill(before, known);
    }
  }

  /**
   * @param before what is changed, or null for a new one
   * @param write takes what was made of it, under its next version
   */
  static void open(
      ServerRoom room,
      OpenDevice device,
      @Nullable Promotion before,
      Known known,
      LocalDate today,
      Consumer<Promotion> write) {
    new PromotionSheet(room, device, before, known, today, write).show();
  }

  /**
   * What is read beside the screen before the sheet opens: nothing on it comes late.
   *
   * @param names of the products that the promotion is on
   */
  record Known(List<String> categories, Map<UUID, String> names) {
    /** Blocking. */
    static Known of(Catalogue catalogue, @Nullable Promotion before) {
      return new Known(
          catalogue.categories(),
          before == null ? Map.of() : GoodsFields.names(catalogue, parts(before)));
    }
  }

  /** What is sold together; else all that is meant, as one part. */
  private static List<Part> parts(Promotion was) {
    List<Part> parts = was.terms().parts();
    return parts.isEmpty() ? List.of(new Part(was.goods(), 1)) : parts;
  }

  private void fill(Promotion was, Known known) {
    name.setText(was.name());
    was.terms().offer().ifPresent(offer::fill);
    goods.fill(parts(was), known.names());
    when.fill(was.validity());
    limits.fill(was);
  }

  /** Of a kind that this program does not know, neither what it gives nor on what is asked. */
  private boolean isKnown() {
    return before == null || before.terms().offer().isPresent();
  }

  private void show() {
    StackPane shown = new StackPane();
    shown.setAlignment(Pos.TOP_LEFT);
    ToggleGroup group = new ToggleGroup();
    HBox tabs = new HBox();
    tabs.getStyleClass().add("three-way");
    for (Leaf leaf : Leaf.values()) {
      Node node = node(leaf);
      shown.getChildren().add(node);
      ToggleButton tab = new ToggleButton(name(leaf));
      tab.setId("promotion-leaf-" + leaf.name());
      tab.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(tab, Priority.ALWAYS);
      tab.setToggleGroup(group);
      tab.setDisable(!isKnown() && (leaf == Leaf.OFFER || leaf == Leaf.GOODS));
      // All keep their room, so that the sheet does not jump from one to the other.
      node.visibleProperty().bind(tab.selectedProperty());
      leaves.put(leaf, tab);
      tabs.getChildren().add(tab);
    }
    tabs.getChildren().getLast().getStyleClass().add("last");
    group
        .selectedToggleProperty()
        .addListener(
            (_, was, now) -> {
              if (now == null && was != null) {
                was.setSelected(true);
              }
            });
    turnTo(isKnown() ? Leaf.OFFER : Leaf.WHEN);
    VBox content =
        new VBox(
            12,
            Parts.label(
                words.say(before == null ? "promotions.add" : "promotions.change"), "title"),
            Forms.named(words.say("promotions.name"), name),
            tabs,
            shown,
            wrong,
            Parts.foot(
                Parts.button(words.say("sheet.cancel"), surface.sheets()::close),
                goods.removing(),
                Parts.button(words.say("promotions.save"), this::save, "primary")));
    surface.sheets().open(content, WIDTH, name, () -> {});
    // Without the server, the stores that this office knows are those that can be chosen.
    room.act(
        () -> room.line().get(Routes.PLACES, Stores.class),
        stores -> stores.all().forEach(each -> when.know(each.id(), each.name())),
        _ -> {});
  }

  private Node node(Leaf leaf) {
    return switch (leaf) {
      case OFFER -> offer;
      case GOODS -> goods;
      case WHEN -> when;
      case LIMITS -> limits;
    };
  }

  private String name(Leaf leaf) {
    return switch (leaf) {
      case OFFER -> words.say("promotions.leaf.offer");
      case GOODS -> words.say("promotions.leaf.goods");
      case WHEN -> words.say("promotions.leaf.when");
      case LIMITS -> words.say("promotions.leaf.limits");
    };
  }

  private void turnTo(Leaf leaf) {
    ToggleButton tab = leaves.get(leaf);
    if (tab != null) {
      tab.setSelected(true);
    }
  }

  private void save() {
    try {
      write.accept(typed());
    } catch (Unreadable e) {
      if (e.leaf != null) {
        turnTo(e.leaf);
      }
      say(why(e.leaf));
    }
  }

  private String why(@Nullable Leaf leaf) {
    return switch (leaf) {
      case null -> words.say("promotions.wrong.name");
      case OFFER -> words.say("promotions.wrong.offer");
      case GOODS -> words.say("promotions.wrong.goods", Selection.MOST);
      case WHEN -> words.say("promotions.wrong.when", surface.amounts().date(today));
      case LIMITS -> words.say("promotions.wrong.limits");
    };
  }

  /** Why something was not taken; nothing when something was. */
  private void say(String why) {
    wrong.setText(why);
    Parts.show(wrong, !why.isEmpty());
  }

  /** What was typed, leaf by leaf: each is whole by itself before the next is looked at. */
  private Promotion typed() throws Unreadable {
    Promotion was = before;
    if (name.getText().isBlank()) {
      throw new Unreadable(null);
    }
    Validity validity = read(Leaf.WHEN, when::read);
    LimitFields.Read limit = read(Leaf.LIMITS, limits::read);
    Terms terms;
    Selection on;
    if (was != null && !isKnown()) {
      terms = was.terms();
      on = was.goods();
    } else {
      Offer given = read(Leaf.OFFER, () -> offer.read(goods.parts()));
      boolean together = given instanceof Offer.Together;
      terms = Terms.of(given);
      on = together ? Selection.EVERYTHING : goods.all();
      if (together && goods.parts().size() < 2) {
        throw new Unreadable(Leaf.GOODS);
      }
    }
    Promotion typed =
        new Promotion(
            name.getText().strip(),
            was == null ? 1 : was.version() + 1,
            limit.priority(),
            limit.combines(),
            limit.onReduced(),
            terms,
            on,
            limit.caps(),
            limit.coupon(),
            validity);
    if (isKnown() && !typed.fits()) {
      throw new Unreadable(unfit(typed));
    }
    return typed;
  }

  /** The leaf on which something is out of its range. */
  private static @Nullable Leaf unfit(Promotion typed) {
    if (typed.goods().fits() && typed.terms().offer().isEmpty()) {
      // Figures are looked at first; of goods in parts, those are what is left.
      return typed.terms().parts().isEmpty() ? Leaf.OFFER : Leaf.GOODS;
    }
    if (!typed.goods().fits()) {
      return Leaf.GOODS;
    }
    if (!typed.validity().fits()) {
      return Leaf.WHEN;
    }
    Coupon coupon = typed.coupon();
    boolean limited = typed.caps().fit() && (coupon == null || coupon.fits());
    return limited && typed.priority() >= 0 && typed.priority() <= MOST_PRIORITY
        ? null
        : Leaf.LIMITS;
  }

  private static <T> T read(Leaf leaf, Reading<T> reading) throws Unreadable {
    try {
      return reading.read();
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException _) {
      throw new Unreadable(leaf);
    }
  }
}
