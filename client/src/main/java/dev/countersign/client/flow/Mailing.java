package dev.countersign.client.flow;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Post;
import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptLine;
import dev.countersign.client.device.ReceiptPdf;
import dev.countersign.client.device.ReceiptTemplate;
import dev.countersign.client.device.ReceiptText;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.MailBook;
import dev.countersign.client.ledger.MailBook.Owed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends receipts by e-mail. What a customer was promised is written down first and sent when the
 * mail server takes it, also after a restart.
 */
public final class Mailing {
  private final MailBook book;
  private final Counter counter;
  private final BiFunction<CompletedSale, Boolean, Receipt> receipts;
  private final Function<Hardware.Mail, Post> posts;

  /**
   * @param receipts the paper of a sale, marked as a copy or not
   * @param posts the way out for a setup
   */
  public Mailing(
      MailBook book,
      Counter counter,
      BiFunction<CompletedSale, Boolean, Receipt> receipts,
      Function<Hardware.Mail, Post> posts) {
    this.book = book;
    this.counter = counter;
    this.receipts = receipts;
    this.posts = posts;
  }

  /**
   * A receipt that nobody tries to send any more; whoever sees it learns no address.
   *
   * @param late whether no server took it for days, and not for its address
   */
  public record Unsent(String receipt, boolean late) {}

  /** What came of a round. */
  public record Round(int sent, List<Unsent> unsent, String failure) {}

  /** True when this till can send receipts. */
  public boolean isSet() {
    return counter.setup().mail().isSet();
  }

  /**
   * Promises this receipt to this address.
   *
   * @throws IllegalArgumentException when it is no address, or a card number stands in it
   */
  public void promise(CompletedSale sale, String address) {
    book.owe(sale.id(), address.strip());
  }

  /** Sends what is due, the oldest first, until the server takes no more. */
  public Round sendDue() {
    Hardware.Mail setup = counter.setup().mail();
    if (!setup.isSet()) {
      return new Round(0, List.of(), "");
    }
    Post post = posts.apply(setup);
    int sent = 0;
    List<Unsent> unsent = new ArrayList<>();
    for (Owed owed : book.due()) {
      // First: what cannot be written down as tried would be sent again and again.
      book.trying(owed.id(), owed.tries());
      switch (post.send(message(owed))) {
        case Post.Outcome.Sent _ -> {
          book.sent(owed.id());
          sent++;
        }
        case Post.Outcome.Refused _ -> {
          book.refused(owed.id());
          unsent.add(new Unsent(owed.sale().body().receipt(), false));
        }
        case Post.Outcome.Later(String said) -> {
          if (book.isTooLate(owed)) {
            book.refused(owed.id());
            unsent.add(new Unsent(owed.sale().body().receipt(), true));
          } else {
            book.failed(owed.id(), owed.tries(), said);
          }
          return new Round(sent, unsent, said);
        }
      }
    }
    return new Round(sent, unsent, "");
  }

  /** Tries a setup with a receipt that is none, to the shop's own address. */
  public Post.Outcome test(Hardware.Mail setup, Receipt sample) {
    return posts.apply(setup).send(message(setup.from(), sample));
  }

  private Post.Message message(Owed owed) {
    return message(owed.address(), receipts.apply(owed.sale(), false));
  }

  /** A receipt as a file, marked as a copy: whoever has it can print it as often as they like. */
  public byte[] pdf(CompletedSale sale) {
    return document(receipts.apply(sale, true)).pdf();
  }

  private Post.Message message(String to, Receipt receipt) {
    Document document = document(receipt);
    return new Post.Message(
        to,
        document.title(),
        document.lines().stream()
            .map(ReceiptLine::text)
            .collect(Collectors.joining("\n", "", "\n")),
        receipt.sale().receipt() + ".pdf",
        document.pdf());
  }

  private record Document(String title, List<ReceiptLine> lines, byte[] pdf) {}

  private Document document(Receipt receipt) {
    ReceiptTemplate template = counter.template();
    ReceiptWords words = receipt.in(counter.words());
    List<ReceiptLine> lines = ReceiptText.forScreen(ReceiptText.WIDE, words, template).lay(receipt);
    String title = words.receipt() + " " + receipt.sale().receipt() + " · " + receipt.store();
    byte[] pdf =
        new ReceiptPdf()
            .of(title, lines, template.code() ? receipt.check() : null, template.logo());
    return new Document(title, lines, pdf);
  }
}
