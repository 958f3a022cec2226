package dev.countersign.client.terminal;

import dev.countersign.client.terminal.TerminalMessage.Act;
import dev.countersign.client.terminal.TerminalMessage.Answer;
import dev.countersign.client.terminal.TerminalMessage.Asked;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CardNumbers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A terminal in the shop's network, one connection for each question. The line is not encrypted:
 * till and terminal stand in a network of their own, as the terminal's own rules demand.
 */
public final class TcpTerminal implements CardTerminal {
  private static final int LONGEST_REFERENCE = 64;

  private final String host;
  private final int port;
  private final Patience patience;

  /**
   * How long to wait.
   *
   * @param connect for the terminal to take the call
   * @param answer for its answer, the time that a customer needs among it
   */
  public record Patience(Duration connect, Duration answer) {
    /** Longer than a terminal gives a customer, so that its own time-out comes first. */
    public static Patience usual() {
      return new Patience(Duration.ofSeconds(3), Duration.ofSeconds(120));
    }
  }

  /**
   * @param port 1 to 65535
   */
  public TcpTerminal(String host, int port, Patience patience) {
    this.host = host;
    this.port = port;
    this.patience = patience;
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static TcpTerminal at(String address, Patience patience) {
    int colon = address.lastIndexOf(':');
    String port = address.substring(colon + 1);
    if (colon < 1 || !port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("a terminal's address is host:port");
    }
    return new TcpTerminal(address.substring(0, colon), Integer.parseInt(port), patience);
  }

  /** What came of one exchange. */
  private sealed interface Exchange {
    record Answered(Answer answer) implements Exchange {}

    record NotReached() implements Exchange {}

    record Silence() implements Exchange {}
  }

  @Override
  public Outcome authorise(UUID key, Money amount) {
    return outcome(exchange(Act.AUTHORISE, key, amount.minor(), code(amount)));
  }

  @Override
  public Outcome refund(UUID key, String reference, Money amount) {
    return outcome(exchange(Act.REFUND, key, amount.minor(), code(amount), reference));
  }

  private static String code(Money amount) {
    return amount.currency().getCurrencyCode();
  }

  @Override
  public Outcome query(UUID key) {
    return switch (outcome(exchange(Act.QUERY, key, 0, ""))) {
      // Not reached: it has not heard this question, and nobody knows about the one before.
      case Outcome.NotAsked _ -> new Outcome.Unknown();
      case Outcome told -> told;
    };
  }

  @Override
  public Reversal reverse(UUID key) {
    if (!(exchange(Act.REVERSE, key, 0, "") instanceof Exchange.Answered(Answer answer))) {
      return new Reversal.Unknown();
    }
    return switch (answer.result()) {
      case REVERSED -> new Reversal.Reversed();
      case REFUSED -> new Reversal.Refused(text(answer.reason()));
      case APPROVED, DECLINED, TIMED_OUT -> new Reversal.Unknown();
    };
  }

  private static Outcome outcome(Exchange exchange) {
    return switch (exchange) {
      case Exchange.NotReached _ -> new Outcome.NotAsked();
      case Exchange.Silence _ -> new Outcome.Unknown();
      case Exchange.Answered(Answer answer) ->
          switch (answer.result()) {
            case APPROVED -> approved(answer);
            case DECLINED, REVERSED -> new Outcome.Declined(text(answer.reason()));
            case TIMED_OUT -> new Outcome.TimedOut();
            case REFUSED -> new Outcome.Unknown();
          };
    };
  }

  /** The card is charged, whatever stands in the texts: what must not be kept of them is not. */
  private static Outcome approved(Answer answer) {
    String said = text(answer.reference()).strip();
    String reference = said.length() > LONGEST_REFERENCE || CardNumbers.isIn(said) ? "" : said;
    String digits = text(answer.lastFour());
    return new Outcome.Approved(reference, digits.matches("[0-9]{4}") ? digits : "");
  }

  private static String text(@Nullable String said) {
    return Objects.requireNonNullElse(said, "");
  }

  private Exchange exchange(Act act, UUID key, long amount, String currency) {
    return exchange(act, key, amount, currency, null);
  }

  private Exchange exchange(
      Act act, UUID key, long amount, String currency, @Nullable String reference) {
    try (Socket socket = new Socket()) {
      try {
        socket.connect(
            new InetSocketAddress(host, port), Math.toIntExact(patience.connect().toMillis()));
      } catch (IOException _) {
        return new Exchange.NotReached();
      }
      socket.setSoTimeout(Math.toIntExact(patience.answer().toMillis()));
      TerminalMessage.send(
          socket.getOutputStream(), new Asked(act, key, amount, currency, reference));
      Answer answer = TerminalMessage.read(socket.getInputStream(), Answer.class);
      return key.equals(answer.key()) ? new Exchange.Answered(answer) : new Exchange.Silence();
    } catch (IOException _) {
      return new Exchange.Silence();
    }
  }
}
