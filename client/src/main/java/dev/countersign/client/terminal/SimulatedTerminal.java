package dev.countersign.client.terminal;

import dev.countersign.client.terminal.TerminalMessage.Act;
import dev.countersign.client.terminal.TerminalMessage.Answer;
import dev.countersign.client.terminal.TerminalMessage.Asked;
import dev.countersign.client.terminal.TerminalMessage.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A card terminal that charges nobody, for demonstrations and tests: a real server on this
 * machine's own address that keeps what it charged for as long as it runs. What it does with a
 * payment is its manner; {@link #byCents} lets whoever tries it out choose by the amount.
 */
public final class SimulatedTerminal implements AutoCloseable {
  private static final String LAST_FOUR = "4242";

  private final ServerSocket server;
  private volatile LongFunction<Manner> manner;
  private volatile boolean plugged = true;

  /** Guarded by itself, as is every change of a payment. */
  private final Map<UUID, Payment> payments = new LinkedHashMap<>();

  private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();
  private final Thread listener =
      Thread.ofVirtual().name("simulated-terminal").unstarted(this::listen);

  /** What it does with a payment. */
  public enum Manner {
    APPROVE,
    DECLINE,
    /** As if nobody presented a card. */
    TIME_OUT,
    /** Charges the card and never says so. */
    LOSE_ANSWER,
    /** Breaks the connection before it has done anything. */
    LOSE_QUESTION,
    /** Waits for a card until the payment is called off, or it is told to go on. */
    WAIT
  }

  private static final class Payment {
    final long amount;
    @Nullable Result result;
    final String reference;

    /** True for money that goes back to a card. */
    final boolean back;

    Payment(long amount, String reference, boolean back) {
      this.amount = amount;
      this.reference = reference;
      this.back = back;
    }
  }

  /** Begins to listen on a free port. */
  public static SimulatedTerminal start(LongFunction<Manner> manner) throws IOException {
    return start(0, manner);
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for a free one
   * @param manner what it does with an amount of so many minor units
   */
  public static SimulatedTerminal start(int port, LongFunction<Manner> manner) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    SimulatedTerminal terminal = new SimulatedTerminal(server, manner);
    terminal.listener.start();
    return terminal;
  }

  private SimulatedTerminal(ServerSocket server, LongFunction<Manner> manner) {
    this.server = server;
    this.manner = manner;
  }

  /**
   * By the last two digits of the amount: 41 declines, 42 times out, 43 loses its answer, 44 breaks
   * off before it has done anything; everything else is approved.
   */
  public static Manner byCents(long amount) {
    return switch ((int) (amount % 100)) {
      case 41 -> Manner.DECLINE;
      case 42 -> Manner.TIME_OUT;
      case 43 -> Manner.LOSE_ANSWER;
      case 44 -> Manner.LOSE_QUESTION;
      default -> Manner.APPROVE;
    };
  }

  /** Where it listens, as {@link TcpTerminal#at} reads it. */
  public String address() {
    return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  /** From now on. */
  public void behave(LongFunction<Manner> other) {
    manner = other;
    synchronized (payments) {
      payments.notifyAll();
    }
  }

  /** Nobody gets through to it any more; what it is doing it goes on doing. */
  public void unplug() {
    plugged = false;
  }

  public void plugIn() {
    plugged = true;
  }

  /** What cards are charged with now, in minor units by key. */
  public Map<UUID, Long> charged() {
    return approved(false);
  }

  /** What went back to cards, in minor units by key. */
  public Map<UUID, Long> refunded() {
    return approved(true);
  }

  private Map<UUID, Long> approved(boolean back) {
    synchronized (payments) {
      Map<UUID, Long> approved = new HashMap<>();
      payments.forEach(
          (key, payment) -> {
            if (payment.result == Result.APPROVED && payment.back == back) {
              approved.put(key, payment.amount);
            }
          });
      return approved;
    }
  }

  /** Whether a customer is asked for a card now. */
  public boolean isWaiting() {
    synchronized (payments) {
      return payments.values().stream().anyMatch(payment -> payment.result == null);
    }
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.put(socket, true);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        // Closed, or a caller that was gone before it was answered.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      if (!plugged) {
        return;
      }
      Asked asked = TerminalMessage.read(socket.getInputStream(), Asked.class);
      Answer answer =
          switch (asked.act()) {
            case AUTHORISE, REFUND -> authorise(asked);
            case QUERY -> query(asked.key());
            case REVERSE -> reverse(asked.key());
          };
      if (answer != null) {
        TerminalMessage.send(socket.getOutputStream(), answer);
      }
    } catch (IOException _) {
      // The till is gone; what was done stands, and it can ask.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  /** Null when no answer is to be sent. */
  private @Nullable Answer authorise(Asked asked) throws InterruptedException {
    synchronized (payments) {
      Payment known = payments.get(asked.key());
      if (known != null) {
        return settled(asked.key(), known);
      }
      if (manner.apply(asked.amount()) == Manner.LOSE_QUESTION) {
        return null;
      }
      Payment payment =
          new Payment(asked.amount(), "SIM-" + (payments.size() + 1), asked.act() == Act.REFUND);
      payments.put(asked.key(), payment);
      while (payment.result == null && manner.apply(asked.amount()) == Manner.WAIT) {
        payments.wait();
      }
      Manner now = manner.apply(asked.amount());
      if (payment.result == null) {
        payment.result =
            switch (now) {
              case APPROVE, LOSE_ANSWER, WAIT, LOSE_QUESTION -> Result.APPROVED;
              case DECLINE -> Result.DECLINED;
              case TIME_OUT -> Result.TIMED_OUT;
            };
        payments.notifyAll();
      }
      return now == Manner.LOSE_ANSWER ? null : settled(asked.key(), payment);
    }
  }

  /** Waits for a customer who is at it: whoever asks then hears how it ended. */
  private Answer settled(UUID key, Payment payment) throws InterruptedException {
    while (payment.result == null) {
      payments.wait();
    }
    return answer(key, payment);
  }

  private static Answer answer(UUID key, Payment payment) {
    Result result = payment.result;
    boolean approved = result == Result.APPROVED;
    return new Answer(
        key,
        result == null ? Result.DECLINED : result,
        approved ? payment.reference : null,
        approved ? LAST_FOUR : null,
        result == Result.DECLINED ? "simulated" : null);
  }

  private Answer query(UUID key) throws InterruptedException {
    synchronized (payments) {
      return settled(key, payments.computeIfAbsent(key, _ -> closed()));
    }
  }

  private Answer reverse(UUID key) {
    synchronized (payments) {
      Payment payment = payments.computeIfAbsent(key, _ -> closed());
      payment.result = Result.REVERSED;
      payments.notifyAll();
      return new Answer(key, Result.REVERSED, null, null, null);
    }
  }

  /** Of a key that was never heard of: it charges nothing any more. */
  private static Payment closed() {
    Payment none = new Payment(0, "", false);
    none.result = Result.DECLINED;
    return none;
  }

  /**
   * Goes away with everybody who is talking to it. When it returns, nobody can reach it: the port
   * is taken back only once the listener has let go of it, which still takes calls until then.
   */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      listener.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : open.keySet()) {
      socket.close();
    }
  }
}
