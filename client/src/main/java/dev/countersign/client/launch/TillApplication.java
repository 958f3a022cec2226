package dev.countersign.client.launch;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.ui.kit.Painting;
import dev.countersign.client.ui.kit.View;
import dev.countersign.client.ui.kit.Wardrobe;
import dev.countersign.common.crypto.Hkdf;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.json.Json;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The client as a program: a till or an office, whatever the server made of the folder. */
public final class TillApplication extends Application {
  /**
   * Ends the program, with a word on its output, as soon as the people who may unlock and the keys
   * for their PIN have been painted: for whoever measures a start, and for the rehearsal that a
   * faster one is prepared from.
   */
  public static final String UNTIL_PAINTED = "--until-painted";

  /** What it says then. */
  public static final String PAINTED = "painted";

  private @Nullable Client client;

  /**
   * Reads what the window will ask for first, beside the toolkit's start and in that order: by the
   * time it is asked for, what reads it has been loaded. One thread does it all: with two cores any
   * more would hold the toolkit up.
   *
   * @param folder the device's; it may be new, or damaged
   */
  public static void readAhead(Path folder) {
    ahead(
        () -> {
          reachLog();
          var _ = new DeviceFolder(folder).chestKind();
          reachProviders();
          reachMemory();
        });
  }

  private static void reachLog() {
    LoggerFactory.getLogger(TillApplication.class)
        .debug("the time of day is that of {}", ZoneId.systemDefault());
  }

  /** Java works out how foreign memory is reached at its first use; shapes are painted in such. */
  private static void reachMemory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(ValueLayout.JAVA_INT);
      memory.set(ValueLayout.JAVA_INT, 0, memory.get(ValueLayout.JAVA_INT, 0));
      memory.set(ValueLayout.JAVA_BYTE, 0, memory.get(ValueLayout.JAVA_BYTE, 0));
    }
  }

  /** Java looks through all its providers of cryptography at the first key that is derived. */
  private static void reachProviders() {
    try (Secret secret = Secret.random(32, new SecureRandom());
        Secret derived = Hkdf.derive(secret, new byte[0], new byte[0], 32)) {
      Objects.requireNonNull(derived);
    }
  }

  private static void ahead(Runnable reading) {
    Thread.ofPlatform().daemon().name("read-ahead").start(reading);
  }

  /** The fonts take about as long as the theme and the first controls, which need none yet. */
  @Override
  public void init() {
    ahead(Wardrobe::loadFonts);
  }

  @Override
  public void start(Stage stage) {
    List<String> arguments = new ArrayList<>(getParameters().getRaw());
    boolean leaves = arguments.remove(UNTIL_PAINTED);
    Options options =
        Options.parse(arguments, Options.usual(Path.of(System.getProperty("user.home")), "till"));
    // The theme before the machine, for whose key store the folder is still being read ahead.
    Wardrobe.lay(
        new ViewFile(options.folder(), Locale.getDefault()).read().with(options.view()).look());
    Client made = new Client(options, Machine.here(options), stage);
    client = made;
    made.start();
    Scene scene = made.scene();
    if (leaves) {
      Painting.await(scene, () -> scene.getRoot().lookup(".face") != null, TillApplication::leave);
    } else {
      Painting.await(scene, stage::isShowing, () -> ahead(TillApplication::reachJson));
    }
  }

  /** The first screen does without the JSON library; whoever unlocks waits for it otherwise. */
  private static void reachJson() {
    Objects.requireNonNull(Json.encode(View.Wish.NONE));
    Objects.requireNonNull(Json.decode(new byte[] {'{', '}'}, View.Wish.class));
  }

  private static void leave() {
    System.out.println(PAINTED);
    Platform.exit();
  }

  @Override
  public void stop() {
    Client running = client;
    if (running != null) {
      running.close();
    }
  }
}
