package dev.countersign.client.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Hardware.Mail;
import dev.countersign.client.device.Hardware.Protection;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.SmtpPost;
import dev.countersign.client.flow.Counter;
import dev.countersign.client.flow.MailServer;
import dev.countersign.client.flow.Mailing;
import dev.countersign.client.flow.Printing;
import dev.countersign.common.crypto.UuidV7;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is promised by e-mail, over a store that takes nothing and over days. */
class MailBookTest {
  private static final String ADDRESS = "customer@example.org";

  @TempDir Path temp;
  private Instant now = TillFixture.NOON;
  private TillFixture till;
  private MailBook book;
  private MailServer server;
  private Mailing mailing;

  @BeforeEach
  void promise() throws Exception {
    till = TillFixture.in(temp);
    server = new MailServer();
    till.openShift();
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
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
                new Mail("127.0.0.1", server.port(), Protection.NONE, "", "", "shop@example.org")),
        new byte[0]);
    book =
        new MailBook(
            device.store(), device.books(), new UuidV7(() -> now, new SecureRandom()), () -> now);
    var printing = new Printing(device, ReceiptWords::english, _ -> new PrintOutcome.Printed(true));
    mailing =
        new Mailing(book, counter, printing::receipt, setup -> new SmtpPost(setup, () -> now));
    mailing.promise(device.books().lastSale().orElseThrow(), ADDRESS);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    till.close();
  }

  @Test
  void whatCannotBeWrittenDownAsSentIsNotSentAgainAtOnce() {
    refuse("DELETE");
    assertThatThrownBy(mailing::sendDue).hasStackTraceContaining("disk full");
    assertThat(server.taken).hasSize(1);
    assertThat(mailing.sendDue().sent()).isZero();
    assertThat(server.taken).hasSize(1);
  }

  @Test
  void whatCannotBeWrittenDownAsTriedIsNotSent() {
    refuse("UPDATE");
    assertThatThrownBy(mailing::sendDue).hasStackTraceContaining("disk full");
    assertThat(server.taken).isEmpty();
  }

  @Test
  void afterThreeDaysNobodyTriesAgainAndTheAddressIsForgotten() throws Exception {
    server.close();
    now = now.plus(Duration.ofDays(3));
    Mailing.Round still = mailing.sendDue();
    assertThat(still.failure()).isNotEmpty();
    assertThat(still.unsent()).isEmpty();
    assertThat(book.waiting()).isPresent();
    now = now.plus(Duration.ofHours(1));
    assertThat(mailing.sendDue().unsent()).singleElement().matches(Mailing.Unsent::late);
    assertThat(book.waiting()).isEmpty();
  }

  @Test
  void aTillThatWasOffForLongTriesOnceAllTheSame() {
    now = now.plus(Duration.ofDays(30));
    assertThat(mailing.sendDue().sent()).isOne();
    assertThat(server.taken).hasSize(1);
  }

  private void refuse(String act) {
    till.device()
        .store()
        .write(
            db ->
                db.update(
                    "CREATE TRIGGER full BEFORE "
                        + act
                        + " ON mail_owed BEGIN SELECT RAISE(ABORT, 'disk full'); END"));
  }
}
