package dev.countersign.server.signin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What wrong tries are counted for. Delays begin after some free ones and double; from {@code
 * lockAt} on it locks.
 */
record Subject(Kind kind, String text) {
  /** How long what is locked waits. */
  static final Duration LOCKOUT = Duration.ofMinutes(15);

  /** Kinds, each with its own patience. */
  enum Kind {
    ACCOUNT(3, 10),
    /** A shop's people share one address. */
    NETWORK(10, 40),
    /** The people of an office share one device. */
    DEVICE(5, 20),
    /** A program's key that is shown where it is not good, from one network. */
    KEY(3, 10),
    /** Codes of gift cards, typed at one till. */
    CODES_OF_DEVICE(10, 30),
    /** The same at all tills of a business. */
    CODES_OF_TENANT(200, 1000);

    private final int free;
    private final int lockAt;

    Kind(int free, int lockAt) {
      this.free = free;
      this.lockAt = lockAt;
    }

    boolean locksAt(int failures) {
      return failures >= lockAt;
    }

    Duration delay(int failures) {
      if (locksAt(failures)) {
        return LOCKOUT;
      }
      long seconds = failures <= free ? 0 : 1L << Math.min(failures - free, 9);
      return Duration.ofSeconds(Math.min(seconds, LOCKOUT.toSeconds()));
    }

    /** One right try proves the account; of what many share it gives back one try. */
    int afterRight(int failures) {
      return this == ACCOUNT ? 0 : failures - 1;
    }
  }

  /** A name at a business, whether there is such a name or not. */
  static List<Subject> account(String tenant, String name, Origin origin) {
    List<Subject> subjects = new ArrayList<>(network(origin));
    subjects.add(new Subject(Kind.ACCOUNT, tenant + "\n" + name));
    return subjects;
  }

  /** Where a try comes from. */
  static List<Subject> network(Origin origin) {
    List<Subject> subjects = new ArrayList<>();
    subjects.add(new Subject(Kind.NETWORK, origin.network()));
    UUID device = origin.device();
    if (device != null) {
      subjects.add(new Subject(Kind.DEVICE, device.toString()));
    }
    return subjects;
  }

  /** A key that is shown from where it is not good. */
  static List<Subject> key(UUID key, Origin origin) {
    return List.of(new Subject(Kind.KEY, key + "\n" + origin.network()));
  }
}
