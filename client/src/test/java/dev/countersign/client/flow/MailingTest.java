package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Mail;
import dev.countersign.client.device.Hardware.Protection;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.SmtpPost;
import dev.countersign.client.flow.Mailing.Unsent;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.FeedBody.CustomerItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.Buyer;
import dev.countersign.common.sale.CardNumberRefusedException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a mail server on a real port. */
class MailingTest {
  @TempDir Path temp;
  private TillFixture till;
  private MailServer server;
  private CompletedSale sale;

  @BeforeEach
  void sell() throws Exception {
    till = TillFixture.in(temp);
    server = new MailServer();
    till.openShift();
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
    sale = till.device().books().lastSale().orElseThrow();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    till.close();
  }

  @Test
  void theReceiptArrivesAsTextAndAsPdfAndTheAddressIsForgotten() throws Exception {
    Mailing mailing = mailing(Protection.NONE, "");
    mailing.promise(sale, " customer@example.org ");

    assertThat(mailing.sendDue().sent()).isOne();

    assertThat(server.taken)
        .singleElement()
        .satisfies(
            taken -> {
              assertThat(taken.to()).contains("<customer@example.org>");
              assertThat(taken.from()).contains("<shop@example.org>");
            });
    MimeMessage message =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(
                server.taken.getFirst().data().getBytes(StandardCharsets.UTF_8)));
    assertThat(message.getSubject()).contains(sale.body().receipt());
    Multipart parts = (Multipart) message.getContent();
    assertThat((String) parts.getBodyPart(0).getContent()).contains("Rum").contains("55.48");
    assertThat(parts.getBodyPart(1).getInputStream().readNBytes(5))
        .isEqualTo("%PDF-".getBytes(StandardCharsets.US_ASCII));
    assertThat(till.device().mail().waiting()).isEmpty();
    assertThat(mailing.sendDue().sent()).isZero();
  }

  @Test
  void aCustomerWithALanguageOfTheirOwnIsWrittenToInIt() throws Exception {
    UUID ada = new UUID(9, 9);
    CustomerDetails details = CustomerDetails.of("", "Ada Nwosu", "", "").speaking("fr");
    var replica = till.device().replica();
    replica.apply(
        new FeedPage(
            replica.epoch(),
            replica.cursor() + 1,
            false,
            List.of(
                FeedItem.of(
                    replica.cursor() + 1, ada, new CustomerItem("a".repeat(64), details)))));
    Basket hers = TillFixture.basket().boughtBy(new Buyer(ada, "Ada Nwosu", null));
    CompletedSale bought = till.ledger().complete(TillFixture.cashier(), TillFixture.draft(hers));
    Mailing mailing = mailing(Protection.NONE, "");
    mailing.promise(bought, "ada@example.org");
    assertThat(mailing.sendDue().sent()).isOne();
    MimeMessage message =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(
                server.taken.getFirst().data().getBytes(StandardCharsets.UTF_8)));
    assertThat(message.getSubject()).startsWith("Ticket ");
    assertThat((String) ((Multipart) message.getContent()).getBodyPart(0).getContent())
        .contains("Espèces")
        .contains("55,48");
    till.device().customers().erased(ada);
    mailing.promise(bought, "ada@example.org");
    assertThat(mailing.sendDue().sent()).isOne();
    assertThat(server.taken.getLast().data()).doesNotContain("Ticket ").contains("55.48");
  }

  @Test
  void whatCouldNotBeSentIsKeptOverARestartAndSentLater() throws Exception {
    int port = server.port();
    Mailing mailing = mailing(Protection.NONE, "");
    mailing.promise(sale, "customer@example.org");
    server.answerToRecipient = "451 4.3.0 later";
    assertThat(mailing.sendDue().failure()).contains("later");
    assertThat(till.device().mail().waiting()).isPresent();
    assertThat(till.device().mail().due()).as("not at once again").isEmpty();
    till.reopen();
    assertThat(till.device().mail().waiting().orElseThrow().count()).isOne();
    assertThat(server.port()).isEqualTo(port);
  }

  @Test
  void anAddressThatTheServerRefusesForGoodIsNotTriedAgain() throws Exception {
    Mailing mailing = mailing(Protection.NONE, "");
    mailing.promise(sale, "nobody@example.org");
    server.answerToRecipient = "550 5.1.1 no such person";
    assertThat(mailing.sendDue().unsent())
        .containsExactly(new Unsent(sale.body().receipt(), false));
    assertThat(till.device().mail().waiting()).isEmpty();
    assertThat(server.taken).isEmpty();
  }

  @Test
  void whatTheServerTookIsSentHoweverTheGoodbyeWent() throws Exception {
    server.isRude = true;
    Mailing mailing = mailing(Protection.NONE, "");
    mailing.promise(sale, "customer@example.org");
    assertThat(mailing.sendDue().sent()).isOne();
    assertThat(server.taken).hasSize(1);
    assertThat(till.device().mail().waiting()).isEmpty();
  }

  @Test
  void aMessageThatTheServerRefusesForGoodIsNotTriedAgain() throws Exception {
    server.answerToData = "554 5.7.1 not this";
    Mailing mailing = mailing(Protection.NONE, "");
    mailing.promise(sale, "customer@example.org");
    assertThat(mailing.sendDue().unsent())
        .containsExactly(new Unsent(sale.body().receipt(), false));
    assertThat(till.device().mail().waiting()).isEmpty();
  }

  @Test
  void aMessageThatTheServerRefusesForNowIsTriedAgain() throws Exception {
    server.answerToData = "452 4.3.1 full";
    Mailing mailing = mailing(Protection.NONE, "");
    mailing.promise(sale, "customer@example.org");
    assertThat(mailing.sendDue().failure()).contains("full");
    assertThat(till.device().mail().waiting()).isPresent();
  }

  @Test
  void aSenderThatTheServerRefusesIsAMatterOfTheSetup() throws Exception {
    server.answerToSender = "530 5.7.0 who are you";
    Mailing mailing = mailing(Protection.NONE, "");
    mailing.promise(sale, "customer@example.org");
    assertThat(mailing.sendDue().failure()).contains("who are you");
    assertThat(till.device().mail().waiting()).isPresent();
  }

  @Test
  void whatLooksLikeAnAddressAndIsNoneIsNotTriedAgain() throws Exception {
    Mailing mailing = mailing(Protection.NONE, "");
    mailing.promise(sale, "a..b@example.org");
    assertThat(mailing.sendDue().unsent())
        .containsExactly(new Unsent(sale.body().receipt(), false));
    assertThat(till.device().mail().waiting()).isEmpty();
  }

  @Test
  void nothingIsSaidToAServerWithoutTlsWhereTlsIsAskedFor() throws Exception {
    server.asksWho = true;
    Mailing mailing = mailing(Protection.STARTTLS, "s3cret");
    mailing.promise(sale, "customer@example.org");
    assertThat(mailing.sendDue().failure()).isNotEmpty();
    assertThat(server.signedIn).isEmpty();
    assertThat(server.taken).isEmpty();
    assertThat(till.device().mail().waiting()).isPresent();
  }

  @Test
  void theTillSignsInWithWhatIsSetUp() throws Exception {
    server.asksWho = true;
    Mailing mailing = mailing(Protection.NONE, "s3cret");
    mailing.promise(sale, "customer@example.org");
    assertThat(mailing.sendDue().sent()).isOne();
    assertThat(server.signedIn).singleElement().asString().endsWith("\0shop\0s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "customer",
        "a@b",
        "a b@example.org",
        "a@example.org,b@example.org",
        "<a@b.c>"
      })
  void whatIsNoAddressIsRefused(String typed) throws Exception {
    Mailing mailing = mailing(Protection.NONE, "");
    assertThatIllegalArgumentException().isThrownBy(() -> mailing.promise(sale, typed));
    assertThat(till.device().mail().waiting()).isEmpty();
  }

  @Test
  void aCardNumberIsNoAddress() throws Exception {
    Mailing mailing = mailing(Protection.NONE, "");
    assertThatThrownBy(() -> mailing.promise(sale, "4111111111111111@example.org"))
        .isInstanceOf(CardNumberRefusedException.class);
  }

  @Test
  void thePasswordLiesInNoFileOfTheTillInTheClear() throws Exception {
    mailing(Protection.NONE, "s3cret-w0rd-of-the-post");
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain("s3cret-w0rd-of-the-post");
      }
    }
  }

  private Mailing mailing(Protection protection, String password) throws Exception {
    var device = till.device();
    Counter counter =
        new Counter(
            device.hardware(),
            device.settings()::receiptLogo,
            () -> Locale.ENGLISH,
            PrintFonts::bundled,
            System::nanoTime);
    counter.save(
        TillFixture.approved(),
        Hardware.none()
            .with(
                new Mail(
                    "127.0.0.1",
                    server.port(),
                    protection,
                    password.isEmpty() ? "" : "shop",
                    password,
                    "shop@example.org")),
        new byte[0]);
    var printing = new Printing(device, ReceiptWords::english, _ -> new PrintOutcome.Printed(true));
    return new Mailing(
        device.mail(),
        counter,
        printing::receipt,
        setup -> new SmtpPost(setup, () -> TillFixture.NOON));
  }
}
