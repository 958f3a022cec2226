package dev.countersign.client.ui.office;

import dev.countersign.client.sync.Obstacle;
import dev.countersign.client.sync.OfficeLine;
import dev.countersign.client.sync.Said;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where pages ask the server: what it says goes back to the screen, and whatever else it says is
 * put into words. Belongs to the screen's thread.
 */
final class ServerRoom {
  private final Surface surface;
  private final Words words;
  private final OfficeLine line;
  private final Clock clock;
  private final Background desk;
  private final Consumer<String> signedIn;
  private final Consumer<@Nullable Instant> silent;
  private String usual = "";

  /** Pages that show what the server said to whoever was signed in. */
  private final Set<Shelter> told = new HashSet<>();

  /**
   * Counts who comes and who goes: what the server says to one person is not for the next one, and
   * while nobody is at the office it is for nobody.
   */
  private int visit;

  private @Nullable Instant silentSince;

  /**
   * @param signedIn told who is signed in, or empty
   * @param silent told since when the server has not answered, or null when it has
   */
  ServerRoom(
      Surface surface,
      OfficeLine line,
      Clock clock,
      Consumer<String> signedIn,
      Consumer<@Nullable Instant> silent) {
    this.signedIn = signedIn;
    this.silent = silent;
    this.surface = surface;
    this.words = surface.words();
    this.line = line;
    this.clock = clock;
    this.desk = surface.desk().beside();
  }

  Surface surface() {
    return surface;
  }

  Words words() {
    return words;
  }

  OfficeLine line() {
    return line;
  }

  Clock clock() {
    return clock;
  }

  /** Who unlocked the office: the name that is put into the sheet. */
  void usual(String name) {
    visit++;
    usual = name;
  }

  String usual() {
    return usual;
  }

  /** Asks for what a page shows; {@code again} asks once more. */
  <T> void ask(Shelter page, Supplier<Said<T>> call, Consumer<T> got, Runnable again) {
    page.waiting(words.say("server.asking"));
    hear(
        call,
        said -> {
          told.add(page);
          switch (said) {
            case Said.Got<T>(T value) -> {
              page.open();
              got.accept(value);
            }
            case Said.No<T> no -> refused(page, no, again);
          }
        });
  }

  /** Does something; {@code done} runs when the server has done it, else the strip says why not. */
  <T> void act(Supplier<Said<T>> call, Consumer<T> done) {
    act(call, done, no -> surface.refuse(why(no), code(no)));
  }

  /** Does something; what the server says against it goes to {@code otherwise}. */
  <T> void act(Supplier<Said<T>> call, Consumer<T> done, Consumer<Said.No<T>> otherwise) {
    hear(
        call,
        said -> {
          switch (said) {
            case Said.Got<T>(T value) -> done.accept(value);
            case Said.No<T> no -> otherwise.accept(no);
          }
        });
  }

  /** Asks the server; its answer is for whoever asked, as long as they are there. */
  private <T> void hear(Supplier<Said<T>> call, Consumer<Said<T>> then) {
    int asking = visit;
    desk.run(
        call::get,
        said -> {
          if (asking == visit) {
            tell();
            heard(said);
            then.accept(said);
          }
        },
        failure -> {
          // A fault of this program; with the office gone its keys are too, and that is none.
          if (asking == visit) {
            surface.trouble(failure);
          }
        });
  }

  /** Says that something was done. */
  void good(String text) {
    surface.strip().say(Strip.Tone.GOOD, text, "");
  }

  /** Tells the window who is signed in now. */
  private void tell() {
    var person = line.person();
    signedIn.accept(person == null ? "" : person.name());
  }

  /** Tells the window whether the server answers. */
  private void heard(Said<?> said) {
    if (!(said instanceof Said.Offline<?>)) {
      silentSince = null;
    } else if (silentSince == null) {
      silentSince = clock.instant();
    }
    silent.accept(silentSince);
  }

  /** The office is locked: the token goes at once, the session ends when the server is there. */
  void leave() {
    visit++;
    hide();
    desk.run(
        () -> {
          line.signOut();
          return true;
        },
        _ -> {},
        // With the office gone its keys are too, and that is no fault.
        _ -> {});
  }

  /** Ends the session of whoever is signed in. */
  void signOut(Runnable after) {
    visit++;
    hide();
    int asking = visit;
    desk.run(
        () -> {
          line.signOut();
          return true;
        },
        _ -> {
          if (asking == visit) {
            after.run();
          }
        },
        surface::trouble);
  }

  /** What was said to one person is not for the next one, not even until the server answers. */
  private void hide() {
    told.forEach(Shelter::blank);
    told.clear();
  }

  private <T> void refused(Shelter page, Said.No<T> no, Runnable again) {
    switch (no) {
      case Said.SignInNeeded<T>() -> {
        hide();
        page.closed(
            words.say("server.sign-in.title"),
            words.say("server.sign-in.text"),
            words.say("server.sign-in.act"),
            () -> SignInSheet.open(this, again));
        SignInSheet.open(this, again);
      }
      case Said.FactorNeeded<T>() -> {
        page.closed(
            words.say("server.factor.title"),
            words.say("server.factor.text"),
            words.say("server.factor.act"),
            () -> SignInSheet.openFactor(this, again));
        SignInSheet.openFactor(this, again);
      }
      case Said.NotPermitted<T>() ->
          page.closed(
              words.say("server.denied.title"),
              words.say("server.denied.text"),
              words.say("server.denied.act"),
              () -> signOut(() -> SignInSheet.open(this, again)));
      case Said.Offline<T> _, Said.Later<T> _, Said.Refused<T> _, Said.NotThere<T> _ ->
          page.closed(
              words.say("server.offline.title"), why(no), words.say("server.offline.act"), again);
    }
  }

  /** Why something was not done, and what to do. */
  String why(Said.No<?> no) {
    return switch (no) {
      case Said.SignInNeeded<?> _ -> words.say("server.ended");
      case Said.FactorNeeded<?> _ -> words.say("server.factor.text");
      case Said.NotPermitted<?> _ -> words.say("server.not-permitted");
      case Said.NotThere<?> _ -> words.say("server.not-there");
      case Said.Refused<?> refused -> refused.message();
      case Said.Later<?>(Duration wait) when wait.isPositive() ->
          words.say("server.later-at", surface.amounts().seconds(clock.instant().plus(wait)));
      case Said.Later<?> _ -> words.say("server.later");
      case Said.Offline<?>(Obstacle why) when why == Obstacle.CERTIFICATE_CHANGED ->
          words.say("server.certificate");
      case Said.Offline<?> _ -> words.say("server.offline.text");
    };
  }

  /** Short, to read out on the telephone; empty where nobody needs to be called. */
  static String code(Said.No<?> no) {
    return switch (no) {
      case Said.Refused<?> refused -> refused.code();
      case Said.Offline<?>(Obstacle why) -> why.name();
      default -> "";
    };
  }
}
