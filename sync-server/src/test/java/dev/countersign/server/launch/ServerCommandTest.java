package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.EnrolmentTicket;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line, on a server that runs and on one that does not. */
class ServerCommandTest {
  @TempDir Path data;
  @TempDir Path files;

  private record Result(int exit, String out, String err) {}

  private Result run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (!words[0].equals("verify")) {
      all.addAll(List.of("--data", data.toString()));
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        ServerCommand.commandLine(new Reach.Outside(Surroundings.real()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Result(exit, out.toString().strip(), err.toString().strip());
  }

  private Result at(String[] place, String... command) {
    return run(Stream.of(command, place).flatMap(Stream::of).toArray(String[]::new));
  }

  private void setUp() {
    assertThat(run("tenant", "add", "Corner Shop", "--currency", "USD").exit()).isZero();
    assertThat(
            run("store", "add", "Main Street", "--tenant", "Corner Shop", "--number", "12").exit())
        .isZero();
    assertThat(run("register", "add", "1", "--tenant", "Corner Shop", "--store", "12").exit())
        .isZero();
    assertThat(run("user", "add", "Sam", "--tenant", "Corner Shop", "--role", "manager").exit())
        .isZero();
  }

  @Test
  void aShopIsSetUpWithoutARunningServer() {
    setUp();
    assertThat(run("tenant", "list").out()).contains("Corner Shop").contains("USD");
    assertThat(run("tenant", "list", "--json").out()).contains("\"logKey\":\"countersign/");
    assertThat(run("store", "list", "--tenant", "Corner Shop").out()).contains("12  Main Street");
    String[] place = {"--tenant", "Corner Shop", "--store", "12"};
    assertThat(at(place, "store", "reasons", "Happy hour", "Corked").exit()).isZero();
    assertThat(at(place, "store", "barcodes", "weight=21.....{NNDDD}.").exit()).isZero();
    assertThat(at(place, "store", "barcodes", "weight=21").err()).contains("not usable");
    assertThat(at(place, "store", "barcodes", "21.....{NNDDD}.").exit()).isNotZero();
    assertThat(at(place, "store", "reasons", "4111 1111 1111 1111").exit()).isNotZero();
    assertThat(
            at(place, "store", "hours", "alcohol=mon-sat 08:00-24:00", "wine=22:00-02:00").exit())
        .isZero();
    for (String odd :
        List.of(
            "alcohol=8-22",
            "alcohol=25:00-26:00",
            "alcohol=08:61-09:00",
            "=08:00-09:00",
            "alcohol=xyz 08:00-09:00",
            "alcohol=08:00-08:00",
            "4111111111111111=08:00-09:00")) {
      assertThat(at(place, "store", "hours", odd).exit()).as(odd).isNotZero();
    }
    assertThat(at(place, "store", "empties", "--limit", "3000").exit()).isZero();
    assertThat(at(place, "store", "empties", "--limit", "-1").err()).contains("minor units");
    assertThat(at(place, "store", "empties").err()).contains("--shift-limit");
    assertThat(at(place, "store", "empties", "--shift-limit", "20000").out()).contains("20000");
    assertThat(at(place, "store", "empties", "--shift-limit", "none").out()).contains("none");
    for (String odd : List.of("-1", "much", "100000001")) {
      assertThat(at(place, "store", "empties", "--shift-limit", odd).err()).contains("minor units");
    }
    assertThat(at(place, "store", "receipt", "--above", "Corner Ltd", "--above", "1 Quay St").out())
        .contains("Corner Ltd")
        .contains("1 Quay St");
    assertThat(at(place, "store", "receipt", "--below", "Thanks").out())
        .as("what is not said stays")
        .contains("Corner Ltd")
        .contains("Thanks");
    assertThat(at(place, "store", "receipt", "--above", "").out()).doesNotContain("Corner Ltd");
    assertThat(at(place, "store", "receipt", "--above", "x".repeat(61)).err()).contains("60");
    assertThat(at(place, "store", "receipt", "--above", "4111 1111 1111 1111").exit()).isNotZero();
    assertThat(run("user", "list", "--tenant", "Corner Shop").out()).contains("manager  Sam");
    assertThat(run("books", "--tenant", "Corner Shop").out()).contains("0 sales");
    assertThat(run("doctor").exit()).isZero();
  }

  @Test
  void taxesAreAddedAndTheirRatesChanged() {
    setUp();
    String[] shop = {"--tenant", "Corner Shop"};
    assertThat(at(shop, "tax", "add", "VAT", "--rate", "19").out())
        .endsWith("VAT  19 %  in the price");
    assertThat(at(shop, "tax", "add", "Bag levy", "--rate", "0.10", "--per-unit", "--on-top").out())
        .endsWith("Bag levy  0.10 a piece  on top");
    assertThat(at(shop, "tax", "add", "vat", "--rate", "7").err()).contains("already");
    for (String name : List.of("", "A; B", " VAT2", "?", "x".repeat(21), "4111 1111 1111 1111")) {
      assertThat(at(shop, "tax", "add", name, "--rate", "7").exit()).as(name).isNotZero();
    }
    for (String rate : List.of("-100", "1001", "0.1234567", "much", "9".repeat(16))) {
      assertThat(at(shop, "tax", "add", "Odd", "--rate=" + rate).exit()).as(rate).isNotZero();
      assertThat(at(shop, "tax", "rate", "VAT", "--", rate).exit()).as(rate).isNotZero();
    }
    assertThat(at(shop, "tax", "rate", "Odd", "7").err()).contains("no tax Odd");
    assertThat(at(shop, "tax", "rate", "vat", "21").exit()).isZero();
    assertThat(at(shop, "tax", "list").out().lines())
        .hasSize(2)
        .anyMatch(line -> line.endsWith("VAT  21 %  in the price"))
        .anyMatch(line -> line.endsWith("Bag levy  0.10 a piece  on top"));
  }

  @Test
  void whatComesIsSaidAndTakenBackWhileItHasNotBegun() {
    setUp();
    String[] shop = {"--tenant", "Corner Shop"};
    at(shop, "tax", "add", "VAT", "--rate", "19");
    String soon = LocalDate.now(ZoneOffset.UTC).plusDays(40).toString();
    String later = LocalDate.now(ZoneOffset.UTC).plusDays(80).toString();
    String past = LocalDate.now(ZoneOffset.UTC).minusDays(3).toString();
    assertThat(at(shop, "tax", "rate", "VAT", "22", "--from", later).exit()).isZero();
    assertThat(at(shop, "tax", "rate", "vat", "21", "--from", soon).out())
        .endsWith("VAT  19 %  in the price  21 % from " + soon + "  22 % from " + later);
    assertThat(at(shop, "tax", "rate", "VAT", "20", "--from", past).err()).contains("today");
    assertThat(at(shop, "tax", "drop", "VAT", "--from", past).err()).contains("No rate");
    assertThat(at(shop, "tax", "drop", "VAT", "--from", soon).exit()).isZero();
    assertThat(at(shop, "tax", "add", "Levy", "--rate", "1").exit()).isZero();
    assertThat(at(shop, "tax", "rename", "Levy", "vat").err()).contains("already");
    assertThat(at(shop, "tax", "rename", "VAT", "MwSt").exit()).isZero();
    assertThat(at(shop, "tax", "list").out().lines())
        .anyMatch(line -> line.endsWith("MwSt  19 %  in the price  22 % from " + later));
  }

  @Test
  void howTillsKeepTheirKeysIsSaidAndShown() {
    setUp();
    String[] show = {"tenant", "share", "--tenant", "Corner Shop"};
    assertThat(run(show).out()).contains("share off").contains("72 h");
    assertThat(run("tenant", "share", "--tenant", "Corner Shop", "--on", "--hours", "48").out())
        .contains("share on")
        .contains("48 h");
    assertThat(run(show).out()).contains("share on").contains("48 h");
    assertThat(run("tenant", "share", "--tenant", "Corner Shop", "--off", "--json").out())
        .contains("\"shareRequired\":false")
        .contains("\"leaseHours\":48");
    Result absurd = run("tenant", "share", "--tenant", "Corner Shop", "--hours", "0");
    assertThat(absurd.exit()).isEqualTo(1);
    assertThat(absurd.err()).contains("Nothing was changed.");
    assertThat(run("tenant", "share", "--tenant", "Corner Shop", "--on", "--off").exit())
        .isNotZero();
    assertThat(run("device", "release", "--tenant", "Corner Shop", "--device", "T1").err())
        .isEqualTo("There is no device T1.");
  }

  @Test
  void howAStoreCountsItsDrawersIsSaidAndShown() {
    setUp();
    assertThat(shifts().out()).isEqualTo("counted in sight  sum or pieces  limit none");
    assertThat(shifts("--blind", "true", "--limit", "5.00", "--reason-out", "To the bank").out())
        .isEqualTo("counted blind  sum or pieces  limit 5.00");
    assertThat(shifts("--sum", "false", "--denominations", "1,20,0.50", "--json").out())
        .contains("\"blind\":true")
        .contains("\"limit\":500")
        .contains("\"denominations\":[2000,100,50]")
        .contains("\"reasonsOut\":[\"To the bank\"]");
    assertThat(shifts("--limit", "none", "--reason-out", "none", "--json").out())
        .contains("\"sumTyped\":false")
        .doesNotContain("limit")
        .doesNotContain("reasonsOut");
    assertThat(shifts("--limit", "-1").err()).contains("Nothing was changed.");
    assertThat(shifts("--limit", "five").err()).isEqualTo("five is no amount in USD.");
    assertThat(shifts("--denominations", "5,5").exit()).isEqualTo(1);
    assertThat(shifts().out()).isEqualTo("counted blind  piece by piece  limit none");
  }

  private Result shifts(String... more) {
    List<String> all =
        new ArrayList<>(List.of("store", "shifts", "--tenant", "Corner Shop", "--store", "12"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void howAStoreIsPaidIsSaidAndWhatIsNotNamedStays() {
    setUp();
    assertThat(paying().out())
        .contains(
            "takes cash, card, mobile-money, voucher, gift-card, store-credit, on-account; change"
                + " of cash;")
        .contains("tips none");
    assertThat(paying("--take", "card,voucher", "--change-of", "voucher", "--tips", "10,15").out())
        .isEqualTo("Main Street takes cash, card, voucher; change of cash, voucher; tips [10, 15]");
    assertThat(paying("--smallest-coin", "5", "--json").out())
        .contains("\"cashIncrement\":5")
        .contains("\"tips\":[10,15]");
    assertThat(paying("--take", "all", "--change-of", "none", "--tips", "none").out())
        .contains("change of cash; tips none");
    assertThat(paying("--take", "shells").err()).isEqualTo("There is no payment called shells.");
    assertThat(paying("--change-of", "card").err())
        .isEqualTo("Change can be given of mobile-money and voucher, not of card.");
    for (String bad : List.of("0", "101", "1,2,3,4,5", "ten")) {
      assertThat(paying("--tips", bad).err())
          .isEqualTo("Tips are up to four percentages, 1 to 100.");
    }
    assertThat(paying("--smallest-coin", "-1").exit()).isEqualTo(1);
    assertThat(run("store", "paying", "--tenant", "Corner Shop", "--store", "13").err())
        .isEqualTo("There is no store 13.");
  }

  private Result paying(String... more) {
    List<String> all =
        new ArrayList<>(List.of("store", "paying", "--tenant", "Corner Shop", "--store", "12"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void whatCannotBeDoneIsSaidInOneSentence() {
    setUp();
    Result twice = run("tenant", "add", "Corner Shop", "--currency", "USD");
    assertThat(twice.exit()).isEqualTo(1);
    assertThat(twice.err()).isEqualTo("There is a tenant Corner Shop already.");
    assertThat(run("tenant", "add", "Other", "--currency", "XYZ").exit()).isEqualTo(1);
    assertThat(run("store", "list", "--tenant", "Nobody").err())
        .isEqualTo("There is no tenant Nobody.");
    assertThat(
            run(
                    "device",
                    "code",
                    "--tenant",
                    "Corner Shop",
                    "--store",
                    "12",
                    "--register",
                    "1",
                    "--user",
                    "Sam")
                .err())
        .contains("not running");
    assertThat(run("tenant", "add").exit()).isEqualTo(2);
    assertThat(run("nonsense").exit()).isEqualTo(2);
  }

  @Test
  void theSameCommandsWorkWhileTheServerRuns() throws Exception {
    try (var shop = new RunningServer(data)) {
      shop.now.set(java.time.Instant.now());
      Result code =
          run(
              "device",
              "code",
              "--tenant",
              "Corner Shop",
              "--store",
              "12",
              "--register",
              "1",
              "--user",
              "Sam");
      assertThat(code.exit()).as(code.err()).isZero();
      EnrolmentTicket ticket = EnrolmentTicket.parse(code.out());
      var device = RawClient.of(shop.server).enrol(ticket, "Till by the door");
      Result listed = run("device", "list", "--tenant", "Corner Shop");
      assertThat(listed.out()).contains(device.id().toString()).contains("12-1  active");
      assertThat(run("user", "join-code", "--tenant", "Corner Shop", "--user", "Sam").out())
          .matches("[0-9A-Z]{5}-[0-9A-Z]{5}");
      assertThat(
              run("device", "revoke", "--tenant", "Corner Shop", "--device", device.id().toString())
                  .exit())
          .isZero();
      assertThat(run("device", "list", "--tenant", "Corner Shop").out()).contains("revoked");
      assertThat(run("serve", "--port", "0").err()).contains("in use");
    }
  }

  @Test
  void anImportNamesFileAndLineAndExitsOneWhenARowWasRefused() throws Exception {
    Path file = files.resolve("goods.csv");
    Files.writeString(
        file,
        "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,"
            + "case_cost,bottle_retail,list_date\n"
            + "1,One,GIN,V,750,6,80,,,1,6,10.00,2020-01-01\n"
            + "2,Two,GIN,V,750,6,80,,,1,6,free,2020-01-01\n");
    try (var shop = new RunningServer(data)) {
      Result result = run("catalogue", "import", file.toString(), "--tenant", "Corner Shop");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).startsWith(file + ":3: bottle_retail");
      assertThat(result.out()).startsWith("1 products in");
      assertThat(shop.number("SELECT count(*) FROM feed WHERE kind = 'product'")).isEqualTo(1);
    }
  }

  @Test
  void anExportIsVerifiedByItsKeyAndByNoOther() throws Exception {
    setUp();
    Path file = files.resolve("log.txt");
    Result exported = run("export", file.toString(), "--tenant", "Corner Shop");
    assertThat(exported.exit()).as(exported.err()).isZero();
    String key = exported.out().substring(exported.out().indexOf("--key ") + 6);
    assertThat(run("verify", file.toString(), "--key", key).out()).startsWith("Sound: ");
    assertThat(run("export", file.toString(), "--tenant", "Corner Shop").err()).contains("already");
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("store.added", "store.adder"));
    Result broken = run("verify", file.toString(), "--key", key);
    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.err()).contains("log.txt:");
    assertThat(run("verify", file.toString(), "--key", "nonsense").exit()).isEqualTo(2);
  }

  @Test
  void theAdminPortListensToNobodyWithoutTheToken() throws Exception {
    try (var shop = new RunningServer(data)) {
      assertThat(shop.tenant.name()).isEqualTo("Corner Shop");
      String whereabouts = Files.readString(data.resolve("admin.json"));
      int port = Integer.parseInt(whereabouts.replaceAll(".*\"port\":([0-9]+).*", "$1"));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        var out = new java.io.DataOutputStream(socket.getOutputStream());
        byte[] call =
            "{\"token\":\"guess\",\"cwd\":\"/\",\"arguments\":[\"tenant\",\"list\"]}"
                .getBytes(StandardCharsets.UTF_8);
        out.writeInt(call.length);
        out.write(call);
        out.flush();
        socket.setSoTimeout(10_000);
        assertThat(socket.getInputStream().readAllBytes()).isEmpty();
      }
    }
    assertThat(data.resolve("admin.json")).doesNotExist();
  }

  @Test
  void whoComesInIsLookedAfterFromTheCommandLine() {
    setUp();
    assertThat(run("user", "password-code", "--tenant", "Corner Shop", "--user", "Sam").out())
        .matches("[0-9A-Z]{5}-[0-9A-Z]{5}");
    assertThat(
            run("user", "role", "--tenant", "Corner Shop", "--user", "Sam", "--role", "owner")
                .out())
        .isEqualTo("Sam is owner now.");
    Result added =
        run("key", "add", "Books", "--tenant", "Corner Shop", "--may", "office.open,audit.read");
    assertThat(added.out()).startsWith("csk_");
    String id = added.out().replaceAll("(?s).*id ([0-9a-f-]{36}),.*", "$1");
    String listed = run("key", "list", "--tenant", "Corner Shop").out();
    assertThat(listed).contains(id).contains("office.open,audit.read").doesNotContain("csk_");
    assertThat(run("key", "rotate", "--tenant", "Corner Shop", "--key", id).out())
        .startsWith("csk_")
        .doesNotContain(added.out().lines().findFirst().orElseThrow());
    assertThat(run("key", "end", "--tenant", "Corner Shop", "--key", id).exit()).isZero();
    assertThat(run("key", "end", "--tenant", "Corner Shop", "--key", id).err())
        .isEqualTo("There is no such key in use.");
    assertThat(run("key", "add", "x", "--tenant", "Corner Shop", "--may", "all").exit())
        .isEqualTo(1);
    assertThat(
            run("key", "add", "x", "--tenant", "Corner Shop", "--may", "audit.read", "--from", "a")
                .err())
        .contains("192.0.2.0/24");
    assertThat(run("routes", "--json").out())
        .contains("{\"method\":\"GET\",\"path\":\"/health\",\"permission\":\"public\"}")
        .contains("\"path\":\"/v1/export\",\"permission\":\"export.run\"");
  }

  @Test
  void insideALargerCommandItIsReachedAsServer() throws Exception {
    try (var shop = new RunningServer(data)) {
      StringWriter out = new StringWriter();
      int exit =
          new CommandLine(new Larger())
              .addSubcommand("server", new ServerCommand())
              .setOut(new PrintWriter(out, true))
              .execute("server", "tenant", "list", "--data", data.toString());
      assertThat(exit).isZero();
      assertThat(out.toString()).contains(shop.tenant.id().toString());
    }
  }

  @Command(name = "countersign")
  private static final class Larger {}
}
