package dev.countersign.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A bounded run over every decoder in each build: all seeds, then mutations of them under a fixed
 * seed, so that a failure comes again. The long runs are {@code ./countersign fuzz}, which follows
 * the coverage; what they find becomes a seed here.
 */
class DecodersTest {
  private static final Path SEEDS = Path.of("src/test/resources/fuzz");
  private static final long FIXED = 20_261_121;
  private static final int INPUTS = 6_000;
  private static final int LONGEST = 8 * 1024;

  /** No decoder may take more for an input of these lengths, in bytes. */
  private static final long MEMORY = 64L << 20;

  private static final String[] WORDS = {
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "-",
    "0",
    "9",
    "1e9",
    "-0.0",
    ".",
    "NaN",
    "\\u0000",
    "\\ud800",
    "\ud83d\ude00",
    "\u0000",
    "\n",
    "\r\n",
    "\u001d",
    "=",
    "+",
    "/",
    "CSE1",
    "DSSEv1",
    "9223372036854775807",
    "9223372036854775808",
    "2147483648",
    "00000000-0000-7000-8000",
    "1969-12-31T23:59:59.999Z",
    "+1000000000-12-31T23:59:59Z",
    "01",
    "(01)",
    "21",
    "{NNDDD}",
    "css_",
    "csk_",
    "4111111111111111",
    "\u0664",
    "\u00e9",
    "\ufeff",
    "— ",
    "AAAA",
    "\"\"",
    ",,"
  };

  private static List<byte[]> seeds(Target target) throws IOException {
    List<byte[]> seeds = new ArrayList<>(List.of(new byte[0]));
    try (Stream<Path> files = Files.list(SEEDS.resolve(target.name()))) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void whateverBytesComeOnlyTheDocumentedExceptionComesOut(Target target) throws IOException {
    List<byte[]> seeds = seeds(target);
    assertThat(seeds).hasSizeGreaterThan(1);
    SplittableRandom random = new SplittableRandom(FIXED + target.ordinal());
    for (byte[] seed : seeds) {
      target.accept(seed);
    }
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int inputs = target == Target.CSV_FILE ? INPUTS / 6 : INPUTS;
    for (int i = 0; i < inputs; i++) {
      byte[] input = mutated(seeds, random);
      long before = thread.getCurrentThreadAllocatedBytes();
      try {
        target.accept(input);
      } catch (AssertionError | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(
            target + " fails on " + java.util.Base64.getEncoder().encodeToString(input), e);
      }
      assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(MEMORY);
    }
  }

  private static byte[] mutated(List<byte[]> seeds, SplittableRandom random) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    for (int steps = 1 + random.nextInt(4); steps > 0; steps--) {
      int at = random.nextInt(bytes.length + 1);
      bytes =
          switch (random.nextInt(7)) {
            case 0 -> flipped(bytes, random);
            case 1 -> spliced(bytes, at, at, word(random));
            case 2 -> spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), "");
            case 3 -> spliced(bytes, at, Math.min(bytes.length, at + 4), word(random));
            case 4 -> {
              byte[] other = seeds.get(random.nextInt(seeds.size()));
              int from = random.nextInt(other.length + 1);
              yield spliced(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
            }
            case 5 -> {
              int to = at + random.nextInt(bytes.length - at + 1);
              yield spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            }
            default -> {
              byte[] noise = new byte[1 + random.nextInt(6)];
              random.nextBytes(noise);
              yield spliced(bytes, at, at, noise);
            }
          };
    }
    return bytes.length <= LONGEST ? bytes : Arrays.copyOf(bytes, LONGEST);
  }

  private static byte[] word(SplittableRandom random) {
    return WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] flipped(byte[] bytes, SplittableRandom random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, String middle) {
    return spliced(bytes, from, to, middle.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
    byte[] all = new byte[from + middle.length + bytes.length - to];
    System.arraycopy(bytes, 0, all, 0, from);
    System.arraycopy(middle, 0, all, from, middle.length);
    System.arraycopy(bytes, to, all, from + middle.length, bytes.length - to);
    return all;
  }
}
