package dev.countersign.client.launch;

import dev.countersign.client.chest.KeyStores;
import dev.countersign.client.terminal.TcpTerminal;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.View;
import dev.countersign.common.protocol.Environment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person says on the command line.
 *
 * @param folder the device's: the encrypted store lies in it
 * @param chest where the device's secrets are kept; not inside the folder
 * @param view how it shows itself, as far as it was said
 * @param width of the window's content, pixels
 * @param keyStore which of the machine's key stores
 * @param newKey true when the store gets another key with the next PIN
 * @param printer a file or a printer's device file, or null when receipts stay on the screen
 * @param terminal a card terminal's host:port, or null when cards are taken on one that stands
 *     alone
 * @param environment the only one that this device may be enrolled in; null allows any, and the
 *     screen says which one it is
 */
public record Options(
    Path folder,
    Path chest,
    KeyStores.Wish keyStore,
    boolean newKey,
    View.Wish view,
    double width,
    double height,
    @Nullable Path printer,
    @Nullable String terminal,
    @Nullable Environment environment) {
  private static final double WIDTH = 1024;
  private static final double HEIGHT = 768;
  private static final int SMALLEST = 640;
  private static final int LARGEST = 16_384;

  /** The usual places under a home directory. */
  public static Options usual(Path home, String name) {
    Path base = home.resolve(".countersign");
    return new Options(
        base.resolve(name),
        base.resolve(name + "-chest"),
        KeyStores.Wish.USUAL,
        false,
        View.Wish.NONE,
        WIDTH,
        HEIGHT,
        null,
        null,
        null);
  }

  /**
   * Reads {@code --folder DIR}, {@code --chest DIR}, {@code --key-store file|system}, {@code
   * --new-key}, {@code --dark}, {@code --language CODE}, {@code --large-text}, {@code --size WxH},
   * {@code --printer FILE}, {@code --terminal HOST:PORT} and {@code --environment WORD}.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Options parse(List<String> arguments, Options usual) {
    Options options = usual;
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      options =
          switch (argument) {
            case "--dark" -> options.with(options.view.with(Look.DARK));
            case "--language" -> options.with(options.view.with(language(value(argument, rest))));
            case "--large-text" -> options.with(options.view.with(TextSize.LARGE));
            case "--folder" -> options.in(Path.of(value(argument, rest)));
            case "--chest" ->
                new Options(
                    options.folder,
                    Path.of(value(argument, rest)),
                    options.keyStore,
                    options.newKey,
                    options.view,
                    options.width,
                    options.height,
                    options.printer,
                    options.terminal,
                    options.environment);
            case "--key-store" -> options.with(keyStore(value(argument, rest)));
            case "--new-key" -> options.withNewKey();
            case "--size" -> options.sized(value(argument, rest));
            case "--printer" ->
                new Options(
                    options.folder,
                    options.chest,
                    options.keyStore,
                    options.newKey,
                    options.view,
                    options.width,
                    options.height,
                    Path.of(value(argument, rest)),
                    options.terminal,
                    options.environment);
            case "--terminal" -> options.asking(value(argument, rest));
            case "--environment" ->
                new Options(
                    options.folder,
                    options.chest,
                    options.keyStore,
                    options.newKey,
                    options.view,
                    options.width,
                    options.height,
                    options.printer,
                    options.terminal,
                    Environment.named(value(argument, rest))
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "--environment is production, staging, practice or demo")));
            default -> throw new IllegalArgumentException("unknown argument " + argument);
          };
    }
    if (options.chest.toAbsolutePath().startsWith(options.folder.toAbsolutePath())) {
      throw new IllegalArgumentException("the chest must not lie in the device's folder");
    }
    return options;
  }

  /** The chest follows the folder until it is named itself. */
  private Options in(Path other) {
    Path name = other.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      throw new IllegalArgumentException("--folder needs a folder, not the root");
    }
    return new Options(
        other,
        other.resolveSibling(name + "-chest"),
        keyStore,
        newKey,
        view,
        width,
        height,
        printer,
        terminal,
        environment);
  }

  private Options with(View.Wish other) {
    return new Options(
        folder, chest, keyStore, newKey, other, width, height, printer, terminal, environment);
  }

  private Options with(KeyStores.Wish other) {
    return new Options(
        folder, chest, other, newKey, view, width, height, printer, terminal, environment);
  }

  private Options asking(String address) {
    TcpTerminal.at(address, TcpTerminal.Patience.usual());
    return new Options(
        folder, chest, keyStore, newKey, view, width, height, printer, address, environment);
  }

  private Options withNewKey() {
    return new Options(
        folder, chest, keyStore, true, view, width, height, printer, terminal, environment);
  }

  private static Language language(String code) {
    return Arrays.stream(Language.values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("--language is en, fr, de, es or ar"));
  }

  private static KeyStores.Wish keyStore(String text) {
    return switch (text) {
      case "file" -> KeyStores.Wish.FILE;
      case "system" -> KeyStores.Wish.SYSTEM;
      default -> throw new IllegalArgumentException("--key-store is file or system");
    };
  }

  private Options sized(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split("x", -1);
    if (parts.length != 2 || !parts[0].matches("[0-9]{1,5}") || !parts[1].matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("--size needs a form such as 1024x768");
    }
    int w = Integer.parseInt(parts[0]);
    int h = Integer.parseInt(parts[1]);
    if (w < SMALLEST || h < SMALLEST || w > LARGEST || h > LARGEST) {
      throw new IllegalArgumentException("--size is from 640x640 to 16384x16384");
    }
    return new Options(folder, chest, keyStore, newKey, view, w, h, printer, terminal, environment);
  }

  private static String value(String argument, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(argument + " needs a value");
    }
    return rest.next();
  }
}
