package dev.countersign.common.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolmentTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void aTicketSurvivesBeingPastedWithLineBreaks() {
    EnrolmentTicket ticket =
        EnrolmentTicket.make(
            "https://shop.example:8443", "ab".repeat(32), Environment.PRODUCTION, random);
    String wrapped = "  " + ticket.text().substring(0, 40) + "\n " + ticket.text().substring(40);
    assertThat(EnrolmentTicket.parse(wrapped)).isEqualTo(ticket);
    EnrolmentTicket unpinned =
        EnrolmentTicket.make("https://shop.example", null, Environment.PRODUCTION, random);
    assertThat(EnrolmentTicket.parse(unpinned.text())).isEqualTo(unpinned);
  }

  @Test
  void aTicketDoesNotPrintItsSecret() {
    EnrolmentTicket ticket =
        EnrolmentTicket.make("https://shop.example", null, Environment.PRODUCTION, random);
    assertThat(ticket.toString()).doesNotContain(ticket.secret());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "https://shop.example",
        "https://shop.example#",
        "https://shop.example#ABCDEFGH",
        "http://shop.example#ABCDEFGH.ABCDEFGHABCDEFGH",
        "https://shop.example#ABCDEFGI.ABCDEFGHABCDEFGH",
        "https://shop.example#ABCDEFGH.ABCDEFGHABCDEFGH.zz",
        "https://#ABCDEFGH.ABCDEFGHABCDEFGH",
      })
  void whatIsNoTicketIsRefused(String text) {
    assertThatThrownBy(() -> EnrolmentTicket.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMacBindsEveryPart() {
    byte[] key = Enrolment.codeKey("ABCDEFGH", "ABCDEFGHABCDEFGH");
    String mac = Enrolment.requestMac(key, "ABCDEFGH", "pk", "Till 1");
    assertThat(Enrolment.sameMac(mac, Enrolment.requestMac(key, "ABCDEFGH", "pk", "Till 1")))
        .isTrue();
    assertThat(mac)
        .isNotEqualTo(Enrolment.requestMac(key, "ABCDEFGH", "pk2", "Till 1"))
        .isNotEqualTo(Enrolment.requestMac(key, "ABCDEFGH", "pkT", "ill 1"))
        .isNotEqualTo(
            Enrolment.requestMac(
                Enrolment.codeKey("ABCDEFGH", "ABCDEFGHABCDEFGJ"), "ABCDEFGH", "pk", "Till 1"));
    assertThat(Enrolment.sameMac(null, mac)).isFalse();
  }
}
