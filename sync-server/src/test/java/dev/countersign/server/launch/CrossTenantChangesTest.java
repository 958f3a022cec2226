package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.ChangeType;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.launch.RawClient.Reply;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two businesses on one server: no device of the one, and nothing it sends, reaches the other. */
@ParameterizedClass
@EnumSource
class CrossTenantChangesTest {
  @Parameter Stored stored;
  @TempDir Path data;
  @TempDir Path files;
  private RunningServer shop;
  private Visitor visitor;
  private Neighbour neighbour;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored, config -> config.limitedTo(1_000_000, 1_000_000));
    visitor = new Visitor(shop);
    neighbour = new Neighbour(shop, files);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private static String told(Reply reply) {
    return CrossTenantProbeTest.told(reply);
  }

  @Test
  void aDeviceCannotBeTakenForTheNeighboursOrSendForThem() throws Exception {
    Enrolled till = visitor.client.enrol(shop.tillTicket(), "Till");
    Hash before = neighbour.everything();
    Function<UUID, byte[]> signIn =
        device -> {
          try {
            return RawClient.signIn(device, till.key(), visitor.client.challenge());
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        };
    Reply foreign = visitor.client.post(Routes.SESSIONS, signIn.apply(neighbour.till.id()));
    Reply nowhere = visitor.client.post(Routes.SESSIONS, signIn.apply(UUID.randomUUID()));
    assertThat(foreign.status()).isEqualTo(401);
    assertThat(told(foreign)).isEqualTo(told(nowhere));

    // Their tenant under our device and key; their device under our key.
    for (UUID tenant : List.of(neighbour.tenant.id(), UUID.randomUUID())) {
      SellingTill other = selling(till, tenant, till.id());
      assertThat(told(post(other.seal(List.of(other.opening()))))).startsWith("400");
    }
    List<String> answers = new ArrayList<>();
    for (UUID device : List.of(neighbour.till.id(), UUID.randomUUID())) {
      SellingTill other = selling(till, neighbour.tenant.id(), device);
      answers.add(told(post(other.seal(List.of(other.opening())))));
    }
    assertThat(answers.getFirst()).startsWith("401").isEqualTo(answers.getLast());
    assertThat(neighbour.everything()).isEqualTo(before);
  }

  @Test
  void noChangeReachesTheNeighbourOrTellsTheirIdsFromNothing() throws Exception {
    Enrolled enrolled = visitor.client.enrol(shop.tillTicket(), "Till");
    SellingTill till = selling(enrolled, shop.tenant.id(), enrolled.id());
    Hash before = neighbour.everything();
    send(till, List.of(till.opening()));
    Map<String, UUID> own = new HashMap<>();
    own.put("store", shop.store.id());
    own.put("register", shop.register.id());
    own.put("shift", till.shift());
    for (ChangeType type : ChangeType.values()) {
      List<String> fields = new ArrayList<>(Filler.idFields(type.body()));
      fields.addAll(List.of("(entity)", "(actor)", "(approver)"));
      for (int field = 0; field < fields.size(); field++) {
        for (UUID theirs : fitting(type, fields.get(field))) {
          Acknowledgement.Judged foreign = judged(till, type, fields, field, theirs, own);
          Acknowledgement.Judged nowhere =
              judged(till, type, fields, field, UUID.randomUUID(), own);
          assertThat(foreign.verdict() + " " + foreign.code())
              .as("%s with %s of the neighbour's in %s", type, theirs, fields.get(field))
              .isEqualTo(nowhere.verdict() + " " + nowhere.code());
        }
      }
    }
    assertThat(neighbour.everything()).isEqualTo(before);
    Enrolled office = visitor.client.enrol(shop.officeTicket(), "Office");
    Visitor.Signed owner = visitor.person("Olu", "owner", null);
    String token = visitor.client.token(office);
    for (Reply reply :
        List.of(
            visitor.client.get(Routes.SNAPSHOT, token),
            visitor.call("GET", Routes.BOOKS, null, owner.token()),
            visitor.call("GET", Routes.AUDIT + "?after=0", null, owner.token()))) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).doesNotContain(Neighbour.MARK);
    }
  }

  /** Their code opens nothing here, and what opens nothing opens an account of one's own. */
  @Test
  void theNeighboursCardIsNotThereAndItsCodeIsNotTaken() throws Exception {
    Hash before = neighbour.everything();
    CreditTill till =
        CreditTill.in(shop, shop.desk().addUser(shop.tenant.id(), "Max", "manager", null).id());
    Reply theirs = till.ask(UUID.randomUUID(), neighbour.code, 1);
    Reply nobodys = till.ask(UUID.randomUUID(), CreditCode.make(new SecureRandom()), 1);
    assertThat(theirs.status()).isEqualTo(404);
    assertThat(told(theirs)).isEqualTo(told(nobodys));
    UUID account = neighbour.ids().get("credit_account.id");
    assertThat(told(till.giveBack(UUID.randomUUID(), account, 1)))
        .isEqualTo(told(till.giveBack(UUID.randomUUID(), UUID.randomUUID(), 1)));
    // The same account and the same code, in another business, are another account.
    var same = new CreditTill.Card(account, CreditKind.GIFT_CARD, neighbour.code);
    assertThat(till.send(till.issued(same, 700, null))).containsExactly("ACCEPTED");
    assertThat(till.asked(neighbour.code, 0).balance()).isEqualTo(700);
    assertThat(neighbour.everything()).isEqualTo(before);
  }

  /** The neighbour's id of that name first, and the one of another kind. */
  private List<UUID> fitting(ChangeType type, String field) throws Exception {
    Map<String, UUID> ids = neighbour.ids();
    UUID named =
        switch (field) {
          case "store" -> neighbour.store.id();
          case "register" -> neighbour.register.id();
          case "shift" -> neighbour.selling.shift();
          case "(actor)", "(approver)" -> neighbour.person.id();
          case "(entity)" ->
              switch (type) {
                case SHIFT_CLOSED -> neighbour.selling.shift();
                case CREDIT_ISSUED -> ids.get("credit_account.id");
                case SALE_PARKED, SALE_RECALLED -> ids.get("parked.id");
                default -> ids.get("sale.id");
              };
          case "sale" -> ids.get("sale.id");
          case "account" -> ids.get("credit_account.id");
          default -> ids.get("feed.entity");
        };
    // What a change is about begins with it, so such an id is used once.
    return field.equals("(entity)") ? List.of(named) : List.of(named, neighbour.till.id());
  }

  private Acknowledgement.Judged judged(
      SellingTill till,
      ChangeType type,
      List<String> fields,
      int field,
      UUID id,
      Map<String, UUID> own)
      throws Exception {
    int[] asked = {0};
    ChangeBody body =
        Filler.body(
            type.body(),
            name -> asked[0]++ == field ? id : own.getOrDefault(name, UUID.randomUUID()));
    Change plain = till.change(till.id(), body);
    String name = fields.get(field);
    Change change =
        new Change(
            plain.id(),
            plain.number(),
            name.equals("(entity)") ? id : plain.entity(),
            name.equals("(actor)") ? id : plain.actor(),
            name.equals("(approver)") ? id : null,
            plain.at(),
            body);
    return send(till, List.of(change)).verdicts().getFirst();
  }

  private Acknowledgement send(SellingTill till, List<Change> changes) throws Exception {
    Reply reply = post(till.seal(changes));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return Json.decode(Envelope.decode(reply.body()).payload(), Acknowledgement.class);
  }

  private Reply post(Envelope batch) throws Exception {
    return visitor.client.post(Routes.BATCHES, Wire.deflateFast(batch.encode()));
  }

  private SellingTill selling(Enrolled enrolled, UUID tenant, UUID device) {
    return new SellingTill(
        new SellingTill.Registered(
            tenant,
            device,
            shop.store.id(),
            shop.register.id(),
            enrolled.certificate().series(),
            "USD",
            shop.cashier.id()),
        enrolled.key(),
        shop.now::get,
        new SecureRandom());
  }
}
