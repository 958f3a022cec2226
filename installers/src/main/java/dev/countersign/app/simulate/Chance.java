package dev.countersign.app.simulate;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Every random choice of a world, drawn from its seed in the order in which the choices are made.
 * Used by one thread.
 */
final class Chance {
  private final SplittableRandom source;

  Chance(long seed) {
    this.source = new SplittableRandom(seed);
  }

  /** True once in so many times. */
  boolean oneIn(int times) {
    return source.nextInt(times) == 0;
  }

  /** A whole number with both ends. */
  int between(int least, int most) {
    return source.nextInt(least, most + 1);
  }

  /** A whole number with both ends. */
  long between(long least, long most) {
    return source.nextLong(least, most + 1);
  }

  <T> T of(List<T> choices) {
    return choices.get(source.nextInt(choices.size()));
  }

  /** Another source that goes its own way from here. */
  RandomGenerator generator() {
    return source.split();
  }

  /** The same for whoever wants one for keys; the keys of a world are worth nothing. */
  SecureRandom secure() {
    return new Known(source.split());
  }

  private static final class Known extends SecureRandom {
    private static final long serialVersionUID = 1L;

    Known(SplittableRandom source) {
      super(new Spi(source), new Source());
    }
  }

  private static final class Source extends Provider {
    private static final long serialVersionUID = 1L;

    Source() {
      super("Simulated", "1", "known numbers");
    }
  }

  private static final class Spi extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;
    private final transient SplittableRandom source;

    Spi(SplittableRandom source) {
      this.source = source;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // What others bring is not of this world's seed.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      source.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] bytes = new byte[count];
      source.nextBytes(bytes);
      return bytes;
    }
  }
}
