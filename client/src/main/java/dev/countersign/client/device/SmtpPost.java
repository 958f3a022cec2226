package dev.countersign.client.device;

import dev.countersign.client.device.Hardware.Mail;
import dev.countersign.client.device.Hardware.Protection;
import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Sends by SMTP (RFC 5321). Where TLS is asked for, nothing is said without it and the server's
 * certificate has to be its own. Safe for any thread.
 */
public final class SmtpPost implements Post {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final Mail mail;
  private final InstantSource clock;

  public SmtpPost(Mail mail, InstantSource clock) {
    this.mail = mail;
    this.clock = clock;
  }

  @Override
  public Outcome send(Message message) {
    InternetAddress to;
    try {
      to = new InternetAddress(message.to(), true);
    } catch (AddressException e) {
      return new Outcome.Refused(said(e));
    }
    Session session = Session.getInstance(properties());
    boolean sent = false;
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage mime = mime(session, message, to);
      if (mail.user().isEmpty()) {
        transport.connect();
      } else {
        transport.connect(mail.host(), mail.port(), mail.user(), mail.password());
      }
      transport.sendMessage(mime, mime.getAllRecipients());
      sent = true;
      return new Outcome.Sent();
    } catch (AuthenticationFailedException _) {
      return new Outcome.Later("the mail server refuses the sign-in");
    } catch (SendFailedException e) {
      return isForGood(e) ? new Outcome.Refused(said(e)) : new Outcome.Later(said(e));
    } catch (MessagingException e) {
      // The server has it, however the goodbye went.
      return sent ? new Outcome.Sent() : new Outcome.Later(said(e));
    }
  }

  /** Of the recipient or of the message itself; a refused sender is a matter of the setup. */
  private static boolean isForGood(SendFailedException e) {
    boolean address = e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0;
    boolean content =
        e instanceof SMTPSendFailedException failed
            && failed.getReturnCode() >= 500
            && !failed.getCommand().startsWith("MAIL");
    return address || content;
  }

  private Properties properties() {
    String patience = Long.toString(PATIENCE.toMillis());
    Properties all = new Properties();
    all.put("mail.smtp.host", mail.host());
    all.put("mail.smtp.port", Integer.toString(mail.port()));
    all.put("mail.smtp.auth", Boolean.toString(!mail.user().isEmpty()));
    all.put("mail.smtp.connectiontimeout", patience);
    all.put("mail.smtp.timeout", patience);
    all.put("mail.smtp.writetimeout", patience);
    all.put("mail.smtp.ssl.checkserveridentity", "true");
    all.put("mail.smtp.ssl.enable", Boolean.toString(mail.protection() == Protection.TLS));
    boolean startTls = mail.protection() == Protection.STARTTLS;
    all.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
    all.put("mail.smtp.starttls.required", Boolean.toString(startTls));
    return all;
  }

  private MimeMessage mime(Session session, Message message, InternetAddress to)
      throws MessagingException {
    MimeMessage mime = new MimeMessage(session);
    mime.setFrom(new InternetAddress(mail.from(), true));
    mime.setRecipient(RecipientType.TO, to);
    mime.setSubject(message.subject(), StandardCharsets.UTF_8.name());
    mime.setSentDate(Date.from(clock.instant()));
    MimeBodyPart text = new MimeBodyPart();
    text.setText(message.text(), StandardCharsets.UTF_8.name());
    MimeBodyPart pdf = new MimeBodyPart();
    pdf.setDataHandler(new DataHandler(new ByteArrayDataSource(message.pdf(), "application/pdf")));
    pdf.setFileName(message.name());
    mime.setContent(new MimeMultipart(text, pdf));
    return mime;
  }

  /** The innermost cause says most. */
  private static String said(MessagingException e) {
    Exception next = e.getNextException();
    String text = String.valueOf(next == null ? e.getMessage() : next.getMessage());
    return text.strip();
  }
}
