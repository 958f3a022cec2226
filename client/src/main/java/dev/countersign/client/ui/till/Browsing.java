package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Multiplier;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.TextField;

/** Finds goods: the search field, the categories and their tiles. */
final class Browsing {
  /** More tiles than anyone scrolls through; beyond them people search. */
  private static final int MOST_TILES = 96;

  /** As many as fit on one page of the smallest screen. */
  private static final int MOST_FAVOURITES = 20;

  /** Fewer that merely sold are no choice yet. */
  private static final int FEWEST_SOLD = 8;

  /** A scanner sends its next character sooner; nobody sees that a search began so much later. */
  private static final long SCAN_MILLIS = 25;

  /** What comes of it. */
  interface Acts {
    /** A count, a code or words, with Enter behind them; a count without it. */
    void typed(String text);
  }

  private final Surface surface;
  private final Words words;
  private final SellingKit counter;
  private final GoodsView view;
  private final Acts acts;
  private final Background searches;
  private List<String> chips = List.of();
  private List<Product> favourites = List.of();
  private String chosen = "";
  private final AtomicInteger asked = new AtomicInteger();
  private boolean settingText;

  /** Whether the tiles show something else than the chosen category as it is. */
  private boolean astray = true;

  Browsing(Surface surface, SellingKit counter, GoodsView view, Acts acts) {
    this.surface = surface;
    this.words = surface.words();
    this.counter = counter;
    this.view = view;
    this.acts = acts;
    this.searches = surface.desk().beside();
    view.search().textProperty().addListener((_, _, typed) -> typed(typed));
    view.search()
        .setOnAction(
            _ -> {
              if (!view.search().getText().isBlank()) {
                acts.typed(view.search().getText());
              }
            });
  }

  private record Found(List<String> categories, List<Product> favourites) {}

  /** The catalogue may have changed: categories and tiles are asked for again. */
  void refresh() {
    searches.run(
        () -> new Found(counter.catalogue().categories(), favourites()),
        found -> {
          favourites = found.favourites();
          List<String> names = new ArrayList<>(found.categories());
          if (!favourites.isEmpty()) {
            names.addFirst(words.say("selling.favourites"));
          }
          boolean kept = names.contains(chosen);
          chips = List.copyOf(names);
          chosen = kept || names.isEmpty() ? chosen : names.getFirst();
          astray = true;
          view.categories(names, Math.max(0, names.indexOf(chosen)), this::choose);
          if (view.search().getText().isBlank()) {
            browse();
          }
        },
        surface::trouble);
  }

  private List<Product> favourites() {
    List<Product> all = counter.favourites().list(MOST_FAVOURITES);
    boolean some =
        all.size() >= FEWEST_SOLD
            || !all.isEmpty() && counter.favourites().isChosen(all.getFirst().id());
    return some ? all : List.of();
  }

  /** The search field is empty again, and the category's tiles are back. */
  void clear() {
    boolean was = !view.search().getText().isEmpty();
    settingText = true;
    view.search().clear();
    settingText = false;
    if (was) {
      back();
    }
  }

  /** Nothing is searched for, and the first category is chosen as soon as they are read again. */
  void home() {
    chosen = "";
    clear();
  }

  boolean isSearching() {
    return !view.search().getText().isEmpty();
  }

  /** The field is ready for another search. */
  void search() {
    view.search().requestFocus();
    view.search().selectAll();
  }

  /** Begins a search with what was typed elsewhere. */
  void begin(String character) {
    TextField field = view.search();
    field.requestFocus();
    field.setText(character);
    field.end();
  }

  /** All categories on a sheet. */
  void all() {
    CategorySheet.open(surface, chips, this::choose);
  }

  private void typed(String typed) {
    if (settingText) {
      return;
    }
    int mine = asked.incrementAndGet();
    if (Multiplier.isOne(typed)) {
      acts.typed(typed);
    } else if (typed.isBlank()) {
      back();
    } else {
      searches.run(
          () -> isWanted(mine) ? counter.catalogue().search(typed, MOST_TILES) : List.<Product>of(),
          found -> {
            if (mine == asked.get()) {
              astray = true;
              view.chooseNone();
              show(
                  found,
                  words.say("selling.nothing.title"),
                  words.say("selling.nothing.text", typed.strip()));
            }
          },
          surface::trouble);
    }
  }

  /**
   * Whether a search is still asked for a moment later. The first characters of a scan look like
   * somebody's typing, and a search for them would run beside the sale of what was scanned.
   */
  private boolean isWanted(int mine) throws InterruptedException {
    if (mine == asked.get()) {
      TimeUnit.MILLISECONDS.sleep(SCAN_MILLIS);
    }
    return mine == asked.get();
  }

  /** The category's tiles are back; a scan comes and goes without their having left. */
  private void back() {
    if (astray) {
      browse();
    } else {
      asked.incrementAndGet();
    }
  }

  private void choose(int index) {
    chosen = chips.get(index);
    view.choose(index);
    clear();
    browse();
  }

  private void browse() {
    int mine = asked.incrementAndGet();
    astray = true;
    view.choose(Math.max(0, chips.indexOf(chosen)));
    boolean favourite = !favourites.isEmpty() && chips.indexOf(chosen) == 0;
    String name = chosen;
    List<Product> kept = favourites;
    searches.run(
        () -> {
          if (favourite || name.isEmpty()) {
            return kept;
          }
          return counter.catalogue().inCategory(name, MOST_TILES, 0);
        },
        found -> {
          if (mine == asked.get()) {
            astray = false;
            show(
                found,
                words.say("selling.no-products.title"),
                words.say("selling.no-products.text"));
          }
        },
        surface::trouble);
  }

  private void show(List<Product> found, String title, String text) {
    view.products(found, found.size() == MOST_TILES, title, text);
  }
}
