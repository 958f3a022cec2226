package dev.countersign.client.flow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server as RFC 5321 has it, as small as it goes; what it takes is kept. */
public final class MailServer implements AutoCloseable {
  public record Taken(String from, String to, String data) {}

  public final List<Taken> taken = new CopyOnWriteArrayList<>();
  final List<String> signedIn = new CopyOnWriteArrayList<>();
  volatile String answerToRecipient = "250 2.1.5 well";
  volatile String answerToData = "250 taken";
  volatile String answerToSender = "250 well";

  /** Whether it hangs up where it should say goodbye. */
  volatile boolean isRude;

  volatile boolean asksWho;
  private final ServerSocket door;

  public MailServer() throws IOException {
    door = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::welcome);
  }

  public int port() {
    return door.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void welcome() {
    while (true) {
      try {
        Socket guest = door.accept();
        Thread.startVirtualThread(() -> serve(guest));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket guest) {
    try (guest) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(guest.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = guest.getOutputStream();
      say(out, "220 mail.test ready");
      String from = "";
      String to = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
        switch (verb) {
          case "EHLO" -> say(out, asksWho ? "250-mail.test\r\n250 AUTH PLAIN" : "250 mail.test");
          case "HELO", "RSET" -> say(out, "250 well");
          case "AUTH" -> {
            signedIn.add(
                new String(Base64.getDecoder().decode(line.split(" ")[2]), StandardCharsets.UTF_8));
            say(out, line.endsWith("wrong") ? "535 no" : "235 well");
          }
          case "MAIL" -> {
            from = line;
            say(out, answerToSender);
          }
          case "RCPT" -> {
            to = line;
            say(out, answerToRecipient);
          }
          case "DATA" -> {
            say(out, "354 go on");
            StringBuilder data = new StringBuilder();
            for (String each = in.readLine(); !".".equals(each); each = in.readLine()) {
              data.append(each).append("\r\n");
            }
            taken.add(new Taken(from, to, data.toString()));
            say(out, answerToData);
          }
          case "QUIT" -> {
            if (isRude) {
              guest.setOption(StandardSocketOptions.SO_LINGER, 0);
              return;
            }
            say(out, "221 bye");
            return;
          }
          default -> say(out, "502 not here");
        }
      }
    } catch (IOException _) {
      // hung up
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
