package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerChanged;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.CustomerWord;
import dev.countersign.common.protocol.FeedBody.CustomerItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.SecondVerifier;
import dev.countersign.server.launch.RawClient.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes commit to who a customer is; who that is travels beside them and can be erased. */
@ParameterizedClass
@EnumSource
class CustomersTest {
  private static final String SALT = "AAECAwQFBgcICQoLDA0ODw==";

  @Parameter Stored stored;
  @TempDir Path data;
  @TempDir Path exports;
  private RunningServer shop;
  private CreditTill till;
  private Visitor.Signed owner;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    till = CreditTill.in(shop, shop.desk().addUser(shop.tenant.id(), "Max", "cashier", null).id());
    owner = till.visitor.person("Olu", "owner", null);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private static CustomerWord word(UUID customer, String name) {
    return new CustomerWord(
        customer, SALT, CustomerDetails.of("77", name, "555 0100", "ada@example.org"));
  }

  private Reply tell(CustomerWord word) throws Exception {
    String token = till.visitor.client.token(till.enrolled);
    return till.visitor.call("POST", Routes.CUSTOMER_DETAILS, word, token);
  }

  private Change added(CustomerWord word) {
    return till.selling.change(word.customer(), new CustomerAdded(word.commitment()));
  }

  private Change changed(CustomerWord from, CustomerWord to) {
    return till.selling.change(
        to.customer(), new CustomerChanged(from.commitment(), to.commitment()));
  }

  /** What a device that begins anew is told of customers. */
  private List<FeedItem> told() throws Exception {
    String token = till.visitor.client.token(till.enrolled);
    return till.visitor.client.snapshot(token).items().stream()
        .filter(item -> item.kind().equals("customer"))
        .toList();
  }

  private Reply erase(UUID customer, String token) throws Exception {
    String path = Routes.CUSTOMER_ERASE.replace("{id}", customer.toString());
    return till.visitor.call("POST", path, null, token);
  }

  @Test
  void aCustomerIsToldOfWhenChangeAndDetailsAreThereInEitherOrder() throws Exception {
    CustomerWord first = word(till.selling.id(), "Ada Nwosu");
    assertThat(till.send(added(first))).containsExactly("ACCEPTED");
    assertThat(told()).isEmpty();
    assertThat(tell(first).status()).isEqualTo(200);
    assertThat(told())
        .extracting(FeedItem::typed)
        .containsExactly(new CustomerItem(first.commitment(), first.details()));
    CustomerWord second = word(till.selling.id(), "Bo Ek");
    second = new CustomerWord(second.customer(), SALT, second.details().speaking("ar"));
    assertThat(tell(second).status()).isEqualTo(200);
    assertThat(told()).hasSize(1);
    assertThat(till.send(added(second))).containsExactly("ACCEPTED");
    assertThat(told())
        .extracting(FeedItem::typed)
        .contains(new CustomerItem(second.commitment(), second.details()));
  }

  @Test
  void whoeverComesSecondIsSupersededAndWhatWasReplacedIsDropped() throws Exception {
    CustomerWord first = word(till.selling.id(), "Ada Nwosu");
    CustomerWord later = word(first.customer(), "Ada Nwosu-Hill");
    CustomerWord late = word(first.customer(), "A. Nwosu");
    for (CustomerWord each : List.of(first, later, late)) {
      tell(each);
    }
    till.send(added(first));
    assertThat(till.send(changed(first, later))).containsExactly("ACCEPTED");
    assertThat(till.send(changed(first, late))).containsExactly("SUPERSEDED superseded-version");
    assertThat(told())
        .extracting(FeedItem::typed)
        .containsExactly(new CustomerItem(later.commitment(), later.details()));
    assertThat(
            shop.number(
                "SELECT count(*) FROM customer_detail WHERE commitment = ?", first.commitment()))
        .isZero();
  }

  @Test
  void detailsThatNothingCommitsToAreToldToNobody() throws Exception {
    CustomerWord first = word(till.selling.id(), "Ada Nwosu");
    till.send(added(first));
    CustomerWord other = word(first.customer(), "Somebody Else");
    assertThat(tell(other).status()).isEqualTo(200);
    assertThat(told()).isEmpty();
    CustomerWord odd = new CustomerWord(first.customer(), SALT, CustomerDetails.of("", "", "", ""));
    assertThat(tell(odd).problem().code()).isEqualTo("malformed");
    CustomerWord foreign =
        new CustomerWord(first.customer(), SALT, first.details().speaking("tlh"));
    assertThat(tell(foreign).problem().code()).isEqualTo("malformed");
    CustomerWord card = word(first.customer(), "4111 1111 1111 1111");
    assertThat(tell(card).problem().code()).isEqualTo(Problem.CARD_NUMBER);
    assertThat(shop.number("SELECT count(*) FROM customer_detail")).isEqualTo(1);
  }

  @Test
  void anErasedCustomerLeavesEveryProofAndDoesNotComeBack() throws Exception {
    CustomerWord word = word(till.selling.id(), "Ada Nwosu");
    tell(word);
    till.send(added(word));
    String token = till.visitor.client.token(till.enrolled);
    var before = till.visitor.client.snapshot(token).head();
    String seen =
        RawClient.of(shop.server).get("/v1/log/" + shop.tenant.id() + "/checkpoint").text();

    assertThat(erase(word.customer(), owner.token()).status()).isEqualTo(200);

    assertThat(told()).isEmpty();
    List<FeedItem> news = till.visitor.client.page(token, before.epoch(), before.cursor()).items();
    assertThat(news).anyMatch(item -> item.deleted() && item.id().equals(word.customer()));
    assertThat(shop.number("SELECT count(*) FROM customer_detail")).isZero();
    assertThat(tell(word).problem().code()).isEqualTo(Problem.ERASED);
    assertThat(till.send(changed(word, word(word.customer(), "Ada"))))
        .containsExactly("QUARANTINED customer-erased");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    shop.desk().export(shop.tenant.id(), out);
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("Nwosu");
    LogKey key = LogKey.parse(shop.desk().logKey(shop.tenant.id()));
    assertThat(SecondVerifier.both(exports, key, out.toByteArray(), seen))
        .isInstanceOf(ExportReport.Sound.class);
  }

  @Test
  void onlyWhoeverMayForAllStoresErases() throws Exception {
    CustomerWord word = word(till.selling.id(), "Ada Nwosu");
    tell(word);
    till.send(added(word));
    Visitor.Signed local = till.visitor.person("Mo", "manager", shop.store.id());
    assertThat(erase(word.customer(), local.token()).status()).isNotEqualTo(200);
    assertThat(erase(UUID.randomUUID(), owner.token()).status()).isEqualTo(404);
    assertThat(told()).hasSize(1);
  }
}
