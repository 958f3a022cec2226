package dev.countersign.server.http;

import dev.countersign.common.log.Tiles;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tile a path means, as C2SP tlog-tiles writes it: {@code 0/x001/x234/067}, with {@code
 * .p/12} behind where it holds no 256 hashes yet.
 *
 * @param level 0 to 7; no log has more
 * @param width 1 to 256 hashes
 */
record TilePath(int level, long index, int width) {
  private static final Pattern LEVEL = Pattern.compile("[0-7]");
  private static final Pattern INDEX =
      Pattern.compile("((?:x[0-9]{3}/){0,5})([0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  /** Reads what stands behind {@code tile/}; empty for whatever is not the one form. */
  static Optional<TilePath> parse(String level, String rest) {
    Matcher matcher = INDEX.matcher(rest);
    if (!LEVEL.matcher(level).matches() || !matcher.matches() || rest.startsWith("x000/")) {
      return Optional.empty();
    }
    int width = matcher.group(3) == null ? Tiles.WIDTH : Integer.parseInt(matcher.group(3));
    boolean whole = matcher.group(3) == null;
    if (!whole && width >= Tiles.WIDTH) {
      return Optional.empty();
    }
    String digits = matcher.group(1).replaceAll("[x/]", "") + matcher.group(2);
    return Optional.of(new TilePath(Integer.parseInt(level), Long.parseLong(digits), width));
  }
}
