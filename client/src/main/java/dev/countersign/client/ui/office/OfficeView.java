package dev.countersign.client.ui.office;

import dev.countersign.client.sync.SyncState;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.SyncWords;
import dev.countersign.client.ui.kit.Words;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The side bar, the head of the page, the page. */
final class OfficeView extends BorderPane {
  /** What the controls do. */
  interface Acts {
    void page(OfficePage page);

    void day(int step);

    void lock();

    void status();

    /** Ends the session at the server. */
    void signOut();
  }

  /** Of the side bar, less its edges and the dot. */
  private static final double STANDING_WIDTH = 150;

  private final Words words;
  private final SyncWords syncWords;
  private final Acts acts;
  private final Map<OfficePage, Node> pages = new EnumMap<>(OfficePage.class);
  private final Map<OfficePage, Button> links = new EnumMap<>(OfficePage.class);
  private final StackPane content = new StackPane();
  private final Label title = Parts.label("", "headline");
  private final Label date = Parts.label("", "soft");
  private final Button later;
  private final HBox days;
  private final HBox signing;
  private final Label person = Parts.whole("", "soft");
  private OfficePage open = OfficePage.TODAY;
  private Set<OfficePage> allowed = Set.of();
  private final Button sync = new Button();
  private final Label standing = Parts.wrapping("");
  private final Region dot = new Region();
  private @Nullable SyncState sending;
  private @Nullable Instant unanswered;
  private final ScrollPane nav = new ScrollPane();

  OfficeView(Surface surface, String storeName, Map<OfficePage, ? extends Node> shown, Acts acts) {
    this.words = surface.words();
    this.syncWords = new SyncWords(surface.kit(), surface.amounts());
    this.acts = acts;
    pages.putAll(shown);
    setLeft(side(storeName));
    Button earlier =
        Parts.button(
            Parts.icon(Feather.CHEVRON_LEFT), words.say("day.earlier"), () -> acts.day(-1));
    later =
        Parts.button(Parts.icon(Feather.CHEVRON_RIGHT), words.say("day.later"), () -> acts.day(1));
    days = Parts.row(8, date, earlier, later);
    HBox signedIn =
        Parts.row(10, person, Parts.button(words.say("server.sign-out"), acts::signOut, "quiet"));
    signing = signedIn;
    Parts.show(signing, false);
    HBox head = Parts.row(14, title, Parts.spacer(), days, signing);
    head.setMinHeight(48);
    VBox.setVgrow(content, Priority.ALWAYS);
    content.setMinHeight(0);
    VBox page = new VBox(head, content);
    page.getStyleClass().add("office-page");
    setCenter(page);
  }

  /** Only these can be opened; whoever looks at another one is shown the first. */
  void allow(Set<OfficePage> pages) {
    allowed = Set.copyOf(pages);
    links.forEach((page, link) -> Parts.show(link, allowed.contains(page)));
    if (!allowed.contains(open)) {
      open(OfficePage.TODAY);
    }
  }

  boolean isAllowed(OfficePage page) {
    return allowed.contains(page);
  }

  void open(OfficePage page) {
    if (!allowed.contains(page)) {
      return;
    }
    open = page;
    content.getChildren().setAll(pages.get(page));
    title.setText(name(page));
    links.forEach((key, link) -> link.getStyleClass().remove("on"));
    Button link = links.get(page);
    if (link != null) {
      link.getStyleClass().add("on");
    }
    reveal();
    Parts.show(days, page.isOfADay());
    signedIn(person.getText());
    acts.page(page);
  }

  /** Scrolls the open page into view, and no further. */
  private void reveal() {
    Button link = links.get(open);
    double room = nav.getViewportBounds().getHeight();
    double hidden = nav.getContent().getLayoutBounds().getHeight() - room;
    if (link == null || hidden <= 0) {
      return;
    }
    Bounds bounds = link.getBoundsInParent();
    double top = nav.getVvalue() * hidden;
    if (bounds.getMinY() < top) {
      nav.setVvalue(bounds.getMinY() / hidden);
    } else if (bounds.getMaxY() > top + room) {
      nav.setVvalue((bounds.getMaxY() - room) / hidden);
    }
  }

  /** Puts a word of reminding behind the name of a page, or takes it away. */
  void remind(OfficePage page, String word) {
    Button link = links.get(page);
    if (link != null) {
      String text = word.isEmpty() ? name(page) : words.say("nav.reminder", name(page), word);
      link.setText(text);
      link.setAccessibleText(text);
    }
  }

  /** Who is signed in to the server, or empty. */
  void signedIn(String text) {
    person.setText(text);
    Parts.show(signing, open.isServers() && !text.isEmpty());
  }

  OfficePage open() {
    return open;
  }

  void day(String text, boolean hasLater) {
    date.setText(text);
    later.setDisable(!hasLater);
  }

  void sync(SyncState state) {
    sending = state;
    String line =
        unanswered != null && state instanceof SyncState.AllAccepted
            ? syncWords.sentAndUnanswered(unanswered)
            : syncWords.line(state);
    standing.setText(line);
    sync.setAccessibleText(line);
    syncWords.mark(dot, state);
    if (unanswered != null && state instanceof SyncState.AllAccepted) {
      dot.getStyleClass().add("waiting");
    }
  }

  /** Since when the server has not answered a page that asked it; null when it has. */
  void unanswered(@Nullable Instant since) {
    unanswered = since;
    if (sending != null) {
      sync(sending);
    }
  }

  private VBox side(String storeName) {
    VBox side = new VBox(Parts.label(storeName, "brand"));
    side.getStyleClass().add("side");
    VBox pages = new VBox(2);
    pages.getStyleClass().add("side-pages");
    for (OfficePage page : OfficePage.values()) {
      Button link = Parts.button(name(page), () -> open(page));
      links.put(page, link);
      pages.getChildren().add(link);
    }
    // An owner sees more pages than a small window has room for.
    nav.setContent(pages);
    nav.setFitToWidth(true);
    nav.setFocusTraversable(false);
    nav.setMinHeight(0);
    nav.getStyleClass().add("scroll");
    VBox.setVgrow(nav, Priority.ALWAYS);
    // Also when the window becomes smaller, or more pages are allowed.
    nav.viewportBoundsProperty().addListener((_, _, _) -> reveal());
    pages.heightProperty().addListener((_, _, _) -> reveal());
    dot.getStyleClass().add("dot");
    side.getChildren().addAll(nav, sync(), Parts.button(words.say("nav.lock"), acts::lock));
    return side;
  }

  /** As high as what it says needs: of that nothing is left out, also in large letters. */
  private Button sync() {
    standing.setPrefWidth(STANDING_WIDTH);
    standing.setMaxWidth(STANDING_WIDTH);
    sync.setGraphic(new Mark());
    sync.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    sync.setOnAction(_ -> acts.status());
    sync.setMinHeight(Region.USE_PREF_SIZE);
    return sync;
  }

  /** The dot and what it means; a button asks for its height without saying how wide it is. */
  private final class Mark extends HBox {
    Mark() {
      super(8, dot, standing);
      setAlignment(Pos.CENTER_LEFT);
    }

    @Override
    public @Nullable Orientation getContentBias() {
      return null;
    }

    @Override
    protected double computeMinHeight(double width) {
      return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
      return Math.max(48, standing.prefHeight(STANDING_WIDTH) + 10);
    }
  }

  private String name(OfficePage page) {
    return switch (page) {
      case TODAY -> words.say("nav.today");
      case SALES -> words.say("nav.sales");
      case PRODUCTS -> words.say("nav.products");
      case PROMOTIONS -> words.say("nav.promotions");
      case PRICE_LISTS -> words.say("nav.lists");
      case TAXES -> words.say("nav.taxes");
      case CUSTOMERS -> words.say("nav.customers");
      case STOCK -> words.say("nav.stock");
      case WORKLIST -> words.say("nav.worklist");
      case PEOPLE -> words.say("nav.people");
      case ROLES -> words.say("nav.roles");
      case REVIEWS -> words.say("nav.reviews");
      case DEVICES -> words.say("nav.devices");
      case RECEIPTS -> words.say("nav.receipts");
      case KEYS -> words.say("nav.keys");
      case OPERATOR -> words.say("nav.operator");
      case SESSIONS -> words.say("nav.sessions");
    };
  }
}
