package dev.countersign.client.sync;

import java.time.Duration;
import java.util.function.Function;

/** What the server said to a person who looks after things at the office. */
public sealed interface Said<T> {
  /** What was asked for. */
  record Got<T>(T value) implements Said<T> {}

  /** Everything but that. */
  sealed interface No<T> extends Said<T> {}

  /** Nobody is signed in, or no longer. */
  record SignInNeeded<T>() implements No<T> {}

  /** Signed in, and the role asks for a second factor before anything else. */
  record FactorNeeded<T>() implements No<T> {}

  /** The role does not allow it. */
  record NotPermitted<T>() implements No<T> {}

  /** It is not there, or not theirs, which is the same. */
  record NotThere<T>() implements No<T> {}

  /**
   * The server understood and does not do it.
   *
   * @param code short, to read out on the telephone
   * @param message a sentence for the person
   */
  record Refused<T>(String code, String message) implements No<T> {}

  /**
   * Too many tries, or too much at once.
   *
   * @param time to wait; zero when the server does not say
   */
  record Later<T>(Duration time) implements No<T> {}

  /** The server was not reached. */
  record Offline<T>(Obstacle why) implements No<T> {}

  /** The same with what was got put into another form. */
  default <U> Said<U> map(Function<T, U> form) {
    return switch (this) {
      case Got<T>(T value) -> new Got<>(form.apply(value));
      case SignInNeeded<T>() -> new SignInNeeded<>();
      case FactorNeeded<T>() -> new FactorNeeded<>();
      case NotPermitted<T>() -> new NotPermitted<>();
      case NotThere<T>() -> new NotThere<>();
      case Refused<T>(String code, String message) -> new Refused<>(code, message);
      case Later<T>(Duration time) -> new Later<>(time);
      case Offline<T>(Obstacle why) -> new Offline<>(why);
    };
  }
}
