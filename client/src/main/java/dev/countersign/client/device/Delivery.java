package dev.countersign.client.device;

import dev.countersign.client.port.DeviceLine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings one job over an open line to a printer and learns what became of it. A printer that
 * answers is asked before the first byte whether it can print, gets no more than its buffer holds,
 * says how far it has come, and in the end that all is out. One that never answers is trusted with
 * the bytes that it takes. However long the whole takes, only a stretch without progress ends it.
 */
final class Delivery {
  /**
   * How long things may take.
   *
   * @param answer for a printer's first answer: one that is silent so long has no ears
   * @param progress without a byte being taken or an answer given
   * @param poll between two questions while it prints
   * @param end for a printer that does not answer to hang up after the last byte
   */
  record Patience(Duration answer, Duration progress, Duration poll, Duration end) {
    static Patience usual() {
      return new Patience(
          Duration.ofMillis(1500),
          Duration.ofSeconds(20),
          Duration.ofMillis(500),
          Duration.ofSeconds(3));
    }
  }

  /** Two of these are in flight at most: what a printer's smallest buffer holds. */
  private static final int WINDOW = 2048;

  /** So many times its patience a printer may say that it is well, and print nothing. */
  private static final int MOST_BUSY = 10;

  private static final byte[] ASK_HOW = {
    EscPos.DLE, EscPos.EOT, 1, EscPos.DLE, EscPos.EOT, 2, EscPos.DLE, EscPos.EOT, 4
  };

  /** Answered when everything before it has been printed: that is the news of progress. */
  private static final byte[] ASK_WHETHER_DONE = {EscPos.GS, 'r', 1};

  private final DeviceLine line;
  private final Patience patience;
  private final LongSupplier nanos;
  private PrinterStatus status = PrinterStatus.unknown();
  private int expected;
  private boolean answers;
  private boolean confirms;
  private boolean begun;
  private int owed;
  private int inFlight;

  /** Ends the job; carried out of the depth of it. */
  private static final class Ended extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient PrintOutcome.Failed outcome;

    Ended(PrintOutcome.Failed outcome) {
      super(outcome.detail());
      this.outcome = outcome;
    }
  }

  Delivery(DeviceLine line, Patience patience, LongSupplier nanos) {
    this.line = line;
    this.patience = patience;
    this.nanos = nanos;
  }

  /** The printer's own words about itself; unknown when it does not answer. */
  PrinterStatus ask() throws IOException {
    if (line.answers()) {
      status = PrinterStatus.unknown();
      line.write(ASK_HOW, 0, ASK_HOW.length, patience.answer());
      expected = 0;
      long end = nanos.getAsLong() + patience.answer().toNanos();
      while (expected < PrinterStatus.ASKED.length && left(end) > 0) {
        listen(Duration.ofNanos(left(end)));
      }
      answers = status.isKnown();
    }
    return status;
  }

  /**
   * @param otherwise what a printer in trouble is told at once, in the place of the job; null for
   *     nothing
   */
  PrintOutcome bring(List<byte[]> pieces, byte @Nullable [] otherwise) {
    try {
      ask();
      if (otherwise != null && status.trouble().isPresent()) {
        send(otherwise);
      }
      refuseTrouble();
      if (answers) {
        findOutWhetherItConfirms();
      }
      for (byte[] piece : pieces) {
        makeRoom(piece.length);
        begun = true;
        send(piece);
        inFlight += piece.length;
      }
      if (confirms) {
        askWhetherDone();
        await(0);
        ask();
        refuseTrouble();
      } else {
        line.finish(patience.end());
      }
      return new PrintOutcome.Printed(confirms);
    } catch (Ended e) {
      return e.outcome;
    } catch (IOException e) {
      return new PrintOutcome.Failed(
          begun ? Trouble.GONE : Trouble.AWAY, begun, String.valueOf(e.getMessage()));
    }
  }

  private void findOutWhetherItConfirms() throws IOException, Ended {
    askWhetherDone();
    long end = nanos.getAsLong() + patience.answer().toNanos();
    while (owed > 0 && left(end) > 0) {
      listen(Duration.ofNanos(left(end)));
    }
    confirms = owed == 0;
    owed = 0;
  }

  private void makeRoom(int length) throws IOException, Ended {
    if (confirms && inFlight > 0 && inFlight + length > WINDOW) {
      askWhetherDone();
      // One stretch may be on its way while the one before is being printed.
      await(1);
      inFlight = 0;
    }
  }

  private void askWhetherDone() throws IOException, Ended {
    send(ASK_WHETHER_DONE);
    owed++;
  }

  /** Until no more than so many answers are owed; asks meanwhile how the printer is. */
  private void await(int mayBeOwed) throws IOException, Ended {
    long end = nanos.getAsLong() + patience.progress().toNanos();
    long last = nanos.getAsLong() + MOST_BUSY * patience.progress().toNanos();
    while (owed > mayBeOwed) {
      int before = owed;
      if (listen(patience.poll())) {
        if (owed < before) {
          end = nanos.getAsLong() + patience.progress().toNanos();
          last = nanos.getAsLong() + MOST_BUSY * patience.progress().toNanos();
        }
        continue;
      }
      if (left(end) <= 0 || left(last) <= 0) {
        throw fail(Trouble.STUCK, "no answer for " + patience.progress().toSeconds() + " s");
      }
      ask();
      refuseTrouble();
      if (answers) {
        // Busy and well: a slow printer is not a stuck one.
        end = nanos.getAsLong() + patience.progress().toNanos();
      }
    }
  }

  /** Takes one byte of what the printer says. */
  private boolean listen(Duration wait) throws IOException {
    int said = line.read(wait);
    if (said == DeviceLine.NOTHING) {
      return false;
    }
    if (PrinterStatus.isAnswer(said)) {
      status = status.with(Math.min(expected, PrinterStatus.ASKED.length - 1), said);
      expected++;
    } else if ((said & 0x90) == 0 && owed > 0) {
      owed--;
    }
    return true;
  }

  private void send(byte[] bytes) throws IOException, Ended {
    int taken = line.write(bytes, 0, bytes.length, patience.progress());
    if (taken < bytes.length) {
      // It may still say why.
      listenToAll();
      Optional<Trouble> why = status.trouble();
      throw fail(
          why.orElse(Trouble.STUCK), "no byte taken for " + patience.progress().toSeconds() + " s");
    }
  }

  private void listenToAll() throws IOException {
    while (line.answers() && listen(Duration.ofMillis(1))) {
      // every word counts
    }
  }

  private void refuseTrouble() throws Ended {
    Optional<Trouble> trouble = status.trouble();
    if (trouble.isPresent()) {
      throw fail(trouble.get(), "");
    }
  }

  private Ended fail(Trouble trouble, String detail) {
    return new Ended(new PrintOutcome.Failed(trouble, begun, detail));
  }

  private long left(long end) {
    return end - nanos.getAsLong();
  }
}
