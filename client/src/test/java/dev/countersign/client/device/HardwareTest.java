package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.client.device.Hardware.Mail;
import dev.countersign.client.device.Hardware.Printer;
import dev.countersign.client.device.Hardware.Protection;
import dev.countersign.client.device.Hardware.Template;
import dev.countersign.client.device.Hardware.Way;
import dev.countersign.client.device.Hardware.Width;
import dev.countersign.client.port.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HardwareTest {
  private static final Mail MAIL =
      new Mail("mail.example", 465, Protection.TLS, "shop", "s3cret-w0rd", "shop@example.org");

  @Test
  void whatIsSavedIsReadBack() {
    Hardware setup =
        Hardware.none()
            .with(printer(Way.NETWORK, "192.0.2.7", 9100))
            .with(MAIL)
            .with(new Template(List.of("Head"), List.of(), true, false, true, false, "de"));
    assertThat(Hardware.decode(setup.encode())).isEqualTo(setup);
    assertThat(Hardware.decode(Hardware.none().encode())).isEqualTo(Hardware.none());
  }

  @Test
  void whatCannotBeReadIsATillWithoutDevices() {
    assertThat(Hardware.decode("{\"printer\":7}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Hardware.none());
  }

  @Test
  void whatCanBeNoFileOnThisSystemIsRefusedBeforeItIsSaved() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> printer(Way.DEVICE_FILE, "/dev/usb/lp\0", 9100));
    assertThat(printer(Way.DEVICE_FILE, "/dev/usb/lp0", 9100).place()).isPresent();
  }

  @Test
  void aPasswordNeverPrints() {
    assertThat(Hardware.none().with(MAIL).toString()).doesNotContain("s3cret-w0rd");
  }

  @Test
  void aSavedPasswordGoesToNoOtherServerAndNoOtherWay() {
    Mail same = new Mail("mail.example", 465, Protection.TLS, "shop", "", "else@example.org");
    assertThat(same.keeping(MAIL).password()).isEqualTo("s3cret-w0rd");
    for (Mail other :
        List.of(
            new Mail("evil.example", 465, Protection.TLS, "shop", "", "shop@example.org"),
            new Mail("mail.example", 25, Protection.TLS, "shop", "", "shop@example.org"),
            new Mail("mail.example", 465, Protection.NONE, "shop", "", "shop@example.org"),
            new Mail("mail.example", 465, Protection.TLS, "else", "", "shop@example.org"))) {
      assertThat(other.keeping(MAIL).password()).isEmpty();
    }
  }

  @Test
  void theWaySaysWhereThePrinterIs() {
    assertThat(Hardware.none().printer().place()).isEmpty();
    assertThat(printer(Way.NETWORK, "printer.shop", 9100).place())
        .contains(new Place.Network("printer.shop", 9100));
    assertThat(printer(Way.SYSTEM, "Front desk", 0).place())
        .contains(new Place.Queue("Front desk"));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> printer(Way.NETWORK, " ", 9100));
    assertThatIllegalArgumentException().isThrownBy(() -> printer(Way.NETWORK, "a", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> printer(Way.NETWORK, "a", 70_000));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mail("mail.example", 0, Protection.TLS, "", "", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Template(
                        java.util.Collections.nCopies(13, "x"),
                        List.of(),
                        true,
                        true,
                        true,
                        true,
                        "")
                    .with(null));
  }

  private static Printer printer(Way way, String address, int port) {
    return new Printer(
        way,
        address,
        port,
        19_200,
        Width.MM_58,
        List.of(CodePage.PC852, CodePage.PC437),
        false,
        true,
        true,
        1);
  }
}
