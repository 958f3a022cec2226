package dev.countersign.server.export;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What came of verifying an export. */
public sealed interface ExportReport {
  /**
   * Every byte is what the log's key vouches for, and all that others saw of the log agrees.
   *
   * @param entries in the log
   * @param batches each signed by the device that the log registered
   * @param sales accepted and flagged
   * @param total what these sales come to, in minor units of the currency
   * @param witnesses the devices that cosigned what the log was, in the order of the export
   */
  record Sound(
      long entries, long batches, long sales, long total, String currency, List<Witness> witnesses)
      implements ExportReport {
    public Sound {
      witnesses = List.copyOf(witnesses);
    }
  }

  /**
   * A device cosigned that the log was this one when it had so many entries.
   *
   * @param at by the device's clock, to the second
   */
  record Witness(UUID device, long size, Instant at) {}

  /**
   * Every byte is what the log's key vouches for, and somebody signed that the log once was
   * another: it was rewritten, or restored from a backup since, or they do not tell the truth.
   *
   * @param rest what the export says apart from that; its witnesses are those that agree
   * @param count how many contradict
   * @param first of these the first ones, at most {@value #TOLD}
   */
  record Contradicted(Sound rest, long count, List<Contradiction> first) implements ExportReport {
    /** How many are told one by one. */
    static final int TOLD = 100;

    public Contradicted {
      first = List.copyOf(first);
    }
  }

  /** Somebody's signed word that the log was another. */
  sealed interface Contradiction {
    /** The line in the export. */
    long line();

    /** Whose word it is. */
    String device();

    /** Of how many entries the other log was. */
    long size();

    /**
     * A device cosigned another log, which the log's key had signed: two histories were shown.
     *
     * @param at by the device's clock, to the second
     */
    record Split(long line, String device, long size, Instant at) implements Contradiction {}

    /** A Z report says that the log was another; its till signed that. */
    record Report(long line, String device, String shift, long size) implements Contradiction {}
  }

  /**
   * Not what the log's key vouches for.
   *
   * @param line where it was found first, counted from 1
   * @param reason for a person
   */
  record Broken(long line, String reason) implements ExportReport {}
}
