package dev.countersign.common.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CustomerWordTest {
  private static final CustomerDetails ADA = CustomerDetails.of("77", "Ada Nwosu", "", "");

  /** What was committed to before customers had a language is committed to still. */
  @Test
  void aLanguageThatNobodyChoseStandsInNoCommitment() {
    assertThat(new String(Json.encode(ADA), StandardCharsets.UTF_8)).doesNotContain("language");
    byte[] before =
        "{\"name\":\"Ada\",\"mayMail\":false,\"mayCall\":true}".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.encode(Json.decode(before, CustomerDetails.class))).isEqualTo(before);
    UUID customer = new UUID(1, 2);
    assertThat(new CustomerWord(customer, "AA==", ADA.speaking("de")).commitment())
        .isNotEqualTo(new CustomerWord(customer, "AA==", ADA).commitment());
  }

  @Test
  void aLanguageThatNoPaperIsPrintedInDoesNotFit() {
    assertThat(CustomerDetails.LANGUAGES).allMatch(each -> ADA.speaking(each).fits());
    assertThat(ADA.fits()).isTrue();
    assertThat(ADA.speaking("it").fits()).isFalse();
    assertThat(ADA.speaking("EN").fits()).isFalse();
  }
}
