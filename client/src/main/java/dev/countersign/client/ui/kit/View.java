package dev.countersign.client.ui.kit;

import org.jspecify.annotations.Nullable;

/** How a device shows itself to the people at it. */
public record View(Language language, Look look, TextSize text, TouchTyping typing) {

  /**
   * What was asked for when the program was started.
   *
   * @param language null when nothing was said, as are the others
   */
  public record Wish(
      @Nullable Language language,
      @Nullable Look look,
      @Nullable TextSize text,
      @Nullable TouchTyping typing) {
    public static final Wish NONE = new Wish(null, null, null, null);

    public Wish with(Language other) {
      return new Wish(other, look, text, typing);
    }

    public Wish with(Look other) {
      return new Wish(language, other, text, typing);
    }

    public Wish with(TextSize other) {
      return new Wish(language, look, other, typing);
    }
  }

  /** This view, but for what was asked for. */
  public View with(Wish wish) {
    return new View(
        wish.language() == null ? language : wish.language(),
        wish.look() == null ? look : wish.look(),
        wish.text() == null ? text : wish.text(),
        wish.typing() == null ? typing : wish.typing());
  }

  public View with(Language other) {
    return new View(other, look, text, typing);
  }

  public View with(Look other) {
    return new View(language, other, text, typing);
  }

  public View with(TextSize other) {
    return new View(language, look, other, typing);
  }

  public View with(TouchTyping other) {
    return new View(language, look, text, other);
  }
}
