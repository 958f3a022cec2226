package dev.countersign.client.device;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A receipt printer without a printer: it listens where printers listen, understands what they do,
 * answers as they answer, and keeps what it printed. It can be slow, out of paper, open, deaf to
 * questions, or die in the middle. Safe for any thread.
 */
public final class VirtualPrinter implements AutoCloseable {
  /**
   * What kind of printer it is.
   *
   * @param perLine how long a line takes
   * @param buffer lines that it takes before it prints them; beyond that the sender waits
   * @param speaks false for a printer that answers no question
   */
  public record Nature(Duration perLine, int buffer, boolean speaks) {
    /** Prints at once and answers. */
    public static Nature quick() {
      return new Nature(Duration.ZERO, 256, true);
    }
  }

  /** One step of its mechanics: something onto the paper, or an answer when that is reached. */
  private sealed interface Step {
    record Put(Printed printed) implements Step {}

    record Answer(OutputStream to) implements Step {}
  }

  private static final int WELL = 0x12;
  private static final int OFFLINE = 0x08;
  private static final int COVER = 0x04;
  private static final int PAPER_STOP = 0x20;
  private static final int PAPER_OUT = 0x60;

  private final Nature nature;
  private final ServerSocket door;
  private final BlockingQueue<Step> steps;
  private final Thread mechanics;
  private final List<Printed> roll = new ArrayList<>();
  private final List<Socket> guests = new ArrayList<>();
  private int paperLeft = Integer.MAX_VALUE;
  private int livesFor = Integer.MAX_VALUE;
  private boolean coverOpen;
  private boolean closed;

  private VirtualPrinter(Nature nature, ServerSocket door) {
    this.nature = nature;
    this.door = door;
    this.steps = new ArrayBlockingQueue<>(nature.buffer());
    this.mechanics = Thread.ofVirtual().start(this::print);
    Thread.startVirtualThread(this::welcome);
  }

  /**
   * Listens on this machine.
   *
   * @param port 0 for any that is free
   */
  public static VirtualPrinter start(int port, Nature nature) throws IOException {
    return new VirtualPrinter(nature, new ServerSocket(port, 8, InetAddress.getLoopbackAddress()));
  }

  public int port() {
    return door.getLocalPort();
  }

  /** All that it has printed. */
  public synchronized List<Printed> roll() {
    return List.copyOf(roll);
  }

  /** The roll has paper for so many lines more. */
  public synchronized void paper(int lines) {
    paperLeft = lines;
    notifyAll();
  }

  public synchronized void cover(boolean open) {
    coverOpen = open;
    notifyAll();
  }

  /** After so many lines more it loses its power: the line breaks and it prints nothing. */
  public synchronized void dieAfter(int lines) {
    livesFor = lines;
  }

  /** It has power again; what it held is lost. */
  public synchronized void revive() {
    livesFor = Integer.MAX_VALUE;
    notifyAll();
  }

  /** Waits until something with this text is on the paper. */
  public synchronized void awaitText(String part) throws InterruptedException {
    while (roll.stream()
        .noneMatch(each -> each instanceof Printed.Text text && text.text().contains(part))) {
      wait();
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    door.close();
    hangUp();
    mechanics.interrupt();
  }

  private void welcome() {
    while (true) {
      try {
        Socket guest = door.accept();
        synchronized (this) {
          if (livesFor <= 0) {
            guest.close();
            continue;
          }
          guests.add(guest);
        }
        Thread.startVirtualThread(() -> hear(guest));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void hear(Socket guest) {
    try (guest) {
      OutputStream out = guest.getOutputStream();
      EscPosReader reader =
          new EscPosReader(
              new BufferedInputStream(guest.getInputStream()),
              new EscPosReader.Roll() {
                @Override
                public void put(Printed printed) throws IOException {
                  queue(new Step.Put(printed));
                }

                @Override
                public void asked(int about) throws IOException {
                  answer(out, about);
                }

                @Override
                public void askedWhetherDone() throws IOException {
                  queue(new Step.Answer(out));
                }
              });
      while (reader.next()) {
        // each command in turn
      }
    } catch (IOException _) {
      // The sender hung up in the middle, or this printer died.
    } finally {
      synchronized (this) {
        guests.remove(guest);
      }
    }
  }

  private void queue(Step step) throws IOException {
    try {
      steps.put(step);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
  }

  private void answer(OutputStream out, int about) throws IOException {
    if (nature.speaks()) {
      synchronized (this) {
        boolean empty = paperLeft <= 0;
        int said =
            switch (about) {
              case 1 -> empty || coverOpen ? WELL | OFFLINE : WELL;
              case 2 -> WELL | (coverOpen ? COVER : 0) | (empty ? PAPER_STOP : 0);
              default -> empty ? WELL | PAPER_OUT : WELL;
            };
        out.write(said);
        out.flush();
      }
    }
  }

  private void print() {
    try {
      while (true) {
        switch (steps.take()) {
          case Step.Put(Printed printed) -> put(printed);
          case Step.Answer(OutputStream to) -> {
            if (nature.speaks()) {
              sayDone(to);
            }
          }
        }
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private static void sayDone(OutputStream to) {
    try {
      to.write(0);
      to.flush();
    } catch (IOException _) {
      // Whoever asked is gone.
    }
  }

  private void put(Printed printed) throws InterruptedException {
    boolean mechanical = !(printed instanceof Printed.Kick);
    if (mechanical && !nature.perLine().isZero()) {
      Thread.sleep(nature.perLine());
    }
    synchronized (this) {
      while (mechanical && (paperLeft <= 0 || coverOpen) && !closed && livesFor > 0) {
        wait();
      }
      if (livesFor <= 0 || closed) {
        return;
      }
      roll.add(printed);
      notifyAll();
      if (printed instanceof Printed.Text || printed instanceof Printed.Dots) {
        paperLeft--;
        livesFor--;
      }
      if (livesFor > 0) {
        return;
      }
    }
    hangUp();
    steps.clear();
  }

  private synchronized void hangUp() {
    for (Socket guest : guests) {
      try {
        guest.setSoLinger(true, 0);
        guest.close();
      } catch (IOException _) {
        // gone already
      }
    }
    guests.clear();
  }
}
