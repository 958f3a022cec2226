package dev.countersign.app.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.robot.Robot;
import javax.imageio.ImageIO;

/**
 * A hand at the till's keyboard and a camera before its screen, for the demonstration without a
 * display. It sees what a person sees: the texts on the window.
 */
public final class Hand {
  /** How long something may take to appear before the demonstration says it failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Slower than a scanner: what comes next is a person's key. */
  private static final Duration BETWEEN_KEYS = Duration.ofMillis(60);

  private final Scene scene;
  private final HeldTime time;

  /**
   * @param time the clock by which the window tells a scanner from a person
   */
  public Hand(Scene scene, HeldTime time) {
    this.scene = scene;
    this.time = time;
  }

  /** Types as a person does. */
  public void type(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      String character = text.substring(i, i + 1);
      pause();
      onScreen(() -> typed(character));
    }
  }

  /** Sends a code at once with Enter behind it, as a scanner does. */
  void scan(String code) throws IOException {
    pause();
    onScreen(
        () -> {
          time.hold();
          for (int i = 0; i < code.length(); i++) {
            typed(code.substring(i, i + 1));
          }
          new Robot().keyType(KeyCode.ENTER);
          return true;
        });
    // Behind the key in the screen's queue: it has been taken when time goes on.
    onScreen(() -> true);
    time.goOn();
  }

  public void press(KeyCode code) throws IOException {
    pause();
    onScreen(
        () -> {
          new Robot().keyType(code);
          return true;
        });
  }

  /** With the Control key held. */
  void pressWithControl(KeyCode code) throws IOException {
    pause();
    onScreen(
        () -> {
          Robot robot = new Robot();
          robot.keyPress(KeyCode.CONTROL);
          robot.keyType(code);
          robot.keyRelease(KeyCode.CONTROL);
          return true;
        });
  }

  /** Puts text into the field with this id. */
  void paste(String id, String text) throws IOException {
    onScreen(
        () -> {
          if (scene.lookup("#" + id) instanceof TextInputControl field) {
            field.setText(text);
            return true;
          }
          throw new IOException("there is no field " + id);
        });
  }

  /** Presses the first button whose text or spoken name begins with this. */
  void click(String text) throws IOException {
    onScreen(
        () -> {
          ButtonBase button =
              visible(ButtonBase.class)
                  .filter(
                      b ->
                          (b.getText() != null && b.getText().startsWith(text))
                              || (b.getAccessibleText() != null
                                  && b.getAccessibleText().startsWith(text)))
                  .findFirst()
                  .orElseThrow(() -> new IOException("there is no button " + text));
          button.fire();
          return true;
        });
  }

  public boolean sees(String text) {
    try {
      return onScreen(
          () ->
              visible(Labeled.class)
                  .anyMatch(label -> label.getText() != null && label.getText().contains(text)));
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits for a text; fails with what stood on the screen instead. */
  public void await(String text) throws IOException {
    await(() -> sees(text), text);
  }

  public void await(BooleanSupplier condition, String what) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("waited in vain for “" + what + "”; on the screen: " + seen());
      }
      pause();
    }
  }

  /** Takes a picture of the window. */
  void picture(Path file) throws IOException {
    // Twice through the event queue, so that what was just changed has been laid out.
    onScreen(() -> true);
    WritableImage image = onScreen(() -> scene.snapshot(null));
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    PixelReader pixels = image.getPixelReader();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, pixels.getArgb(x, y));
      }
    }
    ImageIO.write(picture, "png", file.toFile());
  }

  /** All texts on the window. */
  public String seen() throws IOException {
    return onScreen(
        () ->
            visible(Labeled.class)
                .map(Labeled::getText)
                .filter(text -> text != null && !text.isBlank())
                .reduce("", (a, b) -> a + " | " + b));
  }

  private <T> Stream<T> visible(Class<T> type) {
    return scene.getRoot().lookupAll("*").stream()
        .filter(Hand::isShown)
        .filter(type::isInstance)
        .map(type::cast);
  }

  private static boolean isShown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private boolean typed(String character) {
    Event.fireEvent(
        target(),
        new KeyEvent(
            KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false));
    return true;
  }

  private Node target() {
    Node owner = scene.getFocusOwner();
    return owner == null ? scene.getRoot() : owner;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(BETWEEN_KEYS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static <T> T onScreen(Callable<T> work) throws IOException {
    CompletableFuture<T> done = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          try {
            done.complete(work.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    try {
      return done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io
          ? io
          : new IOException("the screen failed", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the screen does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
