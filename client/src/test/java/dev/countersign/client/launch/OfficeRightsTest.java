package dev.countersign.client.launch;

import static dev.countersign.common.permission.Decision.ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.office.OfficePage;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.server.account.Person;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every key, every decision, every role: the office's pages and what stands on them are there for
 * whom the one decision function allows them, and for nobody else.
 */
class OfficeRightsTest {
  private static final String ENTER_PIN = "enter your PIN";

  /** Keys that govern nothing on the office's screens: acts at the till and at the interface. */
  private static final Set<PermissionKey> WITHOUT_A_PAGE =
      EnumSet.of(
          PermissionKey.SHIFT_OPEN,
          PermissionKey.SHIFT_CLOSE,
          PermissionKey.CASH_MOVE,
          PermissionKey.DRAWER_OPEN,
          PermissionKey.SHIFT_DIFFERENCE,
          PermissionKey.SALE_RING,
          PermissionKey.SALE_OPEN_ITEM,
          PermissionKey.SALE_PRICE,
          PermissionKey.SALE_DISCOUNT,
          PermissionKey.SALE_REFUND,
          PermissionKey.SALE_REFUND_MEANS,
          PermissionKey.SALE_RETURN,
          PermissionKey.SALE_HOURS,
          PermissionKey.SALE_AGE,
          PermissionKey.CREDIT_ISSUE,
          PermissionKey.SALE_VOID,
          PermissionKey.SHIFT_CLOSE,
          PermissionKey.CASH_MOVE,
          PermissionKey.SALE_REFUND,
          PermissionKey.CREDIT_ISSUE,
          PermissionKey.ACCOUNT_EXCEED,
          PermissionKey.CUSTOMER_TERMS,
          PermissionKey.AUDIT_READ,
          PermissionKey.EXPORT_RUN,
          PermissionKey.HARDWARE_EDIT);

  @TempDir Path directory;

  @Test
  void everyKeyOpensAPageOrIsListedAsOneWithoutAny() {
    Set<PermissionKey> opening =
        Arrays.stream(OfficePage.values()).map(OfficePage::key).collect(Collectors.toSet());
    assertThat(Stream.concat(opening.stream(), WITHOUT_A_PAGE.stream()))
        .containsExactlyInAnyOrder(PermissionKey.values());
  }

  @Test
  void theSideBarHasThePagesOfTheRoleAndFollowsItAsItChanges() throws Exception {
    try (Window window = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      for (PermissionKey key : PermissionKey.values()) {
        for (Decision decision : Decision.values()) {
          hear(window, Role.OWNER);
          window.await(() -> sideBar(window).equals(pagesOf(Role.OWNER)));
          Role role = inTheOffice(key, decision);
          hear(window, role);
          if (isIn(role)) {
            window.await(() -> sideBar(window).equals(pagesOf(role)));
          } else {
            window.await(() -> window.sees(words(role)) && window.sees(ENTER_PIN));
            assertStaysOutside(window, role);
            hear(window, Role.OWNER);
            window.unlock("Esi L.");
            window.awaitText("Sales by hour");
          }
        }
      }
    }
  }

  @Test
  void everyBuiltInRoleComesInToItsPagesOrNotAtAll() throws Exception {
    try (Window window = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      for (Role role : Role.builtIn()) {
        window.unlock("Esi L.");
        window.awaitText("Sales by hour");
        window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
        window.awaitText(ENTER_PIN);
        hear(window, role);
        if (isIn(role)) {
          window.unlock("Esi L.");
          window.awaitText("Sales by hour");
          assertThat(sideBar(window)).as(role.name()).isEqualTo(pagesOf(role));
          window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
          window.awaitText(ENTER_PIN);
        } else {
          window.unlock("Esi L.");
          window.awaitText(words(role));
          window.awaitText(ENTER_PIN);
          assertStaysOutside(window, role);
        }
        hear(window, Role.OWNER);
      }
    }
  }

  @Test
  void aPageIsClosedWithItsSheetWhenItsKeyIsTakenAway() throws Exception {
    try (Window window = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      window.click("People");
      window.awaitText("Passkeys are for web browsers");
      hear(window, Role.ACCOUNTANT);
      window.awaitText("Sales by hour");
      assertThat(window.sees("Passkeys are for web browsers")).isFalse();
      assertThat(sideBar(window)).isEqualTo(pagesOf(Role.ACCOUNTANT));
    }
  }

  @Test
  void aPageShowsItselfToWhomTheServerAllowsItAndToOthersNoButtonOfIt() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      String owner = desk.giveFactor(desk.owner);
      Map<Person, Role> people = new LinkedHashMap<>();
      for (Role role : Role.builtIn()) {
        people.put(
            desk.server
                .provisioning()
                .addUser(desk.tenant.id(), "The " + role.name(), role.name(), null),
            role);
      }
      for (PermissionKey key : PermissionKey.values()) {
        for (Decision decision : decisionsAtTheServer(key)) {
          Role role = inTheOffice(key, decision);
          people.put(desk.withRole("Who has " + role.name(), role, owner), role);
        }
      }
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      window.click("People");
      for (Map.Entry<Person, Role> each : people.entrySet()) {
        Role role = each.getValue();
        String code = "";
        if (role.isPrivileged()) {
          desk.giveFactor(each.getKey());
          code = desk.code();
        } else {
          desk.givePassword(each.getKey());
        }
        desk.signIn(each.getKey().name(), OfficeDesk.PASSWORD, code);
        window.awaitText("Signed in as " + each.getKey().name());
        for (OfficePage page : OfficePage.values()) {
          if (page.isServers() && page != OfficePage.SESSIONS) {
            assertShown(window, page, role);
          }
        }
        window.click("Sign out");
      }
    }
  }

  /** The rights are in a signed sheet, which comes behind the feed. */
  @Test
  void aRoleThatIsChangedAtTheServerChangesTheOfficeThatIsOpen() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      String owner = desk.giveFactor(desk.owner);
      Person manager =
          desk.server.provisioning().addUser(desk.tenant.id(), "Efua T.", "manager", null);
      Window window = desk.enrolled(manager, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      for (Role role : List.of(Role.ACCOUNTANT, Role.OWNER, Role.MANAGER)) {
        desk.give(manager, role.name(), owner);
        window.client().sync().orElseThrow().retryNow();
        window.await(() -> sideBar(window).equals(pagesOf(role)));
      }
      desk.give(manager, Role.CASHIER.name(), owner);
      window.client().sync().orElseThrow().retryNow();
      window.awaitText(words(Role.CASHIER));
      window.awaitText(ENTER_PIN);
    }
  }

  @Test
  void whatTheServerSaidToOnePersonIsGoneBeforeTheNextOneLooks() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      Person manager =
          desk.server.provisioning().addUser(desk.tenant.id(), "Efua T.", "manager", null);
      desk.giveFactor(desk.owner);
      Window window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      window.click("People");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
      window.awaitText("6 people work here");
      window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      // Before the server can have answered.
      assertThat(seesTableOnce(window, "People")).isFalse();
      desk.giveFactor(manager);
      desk.signIn("Efua T.", OfficeDesk.PASSWORD, desk.code());
      window.awaitText("6 people work here");
      assertThat(seesTableOnce(window, "Sign out")).isFalse();
    }
  }

  /** At the server a page is open or not: what needs a second person there is not open. */
  private static List<Decision> decisionsAtTheServer(PermissionKey key) {
    if (key == PermissionKey.OFFICE_OPEN) {
      return List.of();
    }
    return WITHOUT_A_PAGE.contains(key) ? List.of(ALLOWED) : List.of(Decision.values());
  }

  private static void assertShown(Window window, OfficePage page, Role role) {
    String as = page + " for " + role.name();
    window.click(title(page));
    window.await(() -> window.sees("is for people who manage it") != seesTable(window));
    boolean allowed = role.decide(page.key(), null) == ALLOWED;
    assertThat(seesTable(window)).as(as).isEqualTo(allowed);
    if (!allowed) {
      assertThat(buttons(window, ".office-page"))
          .as(as)
          .containsExactlyInAnyOrder("Sign out", "Sign in as somebody else");
    } else {
      assertThat(buttons(window, ".office-page"))
          .as(as)
          .contains(page == OfficePage.RECEIPTS ? "Save" : "Open");
    }
  }

  private static String words(Role role) {
    return role.decide(PermissionKey.OFFICE_OPEN, null) == Decision.DENIED
        ? "role does not allow this"
        : "This needs the approval of a supervisor";
  }

  private static void assertStaysOutside(Window window, Role role) {
    window.click("Dismiss");
    window.unlock("Esi L.");
    window.awaitText(words(role));
    window.awaitText(ENTER_PIN);
    assertThat(sideBar(window)).isEmpty();
  }

  /** Presses the button and looks at once: nothing that is asked for can have come. */
  private static boolean seesTableOnce(Window window, String button) {
    boolean seen =
        window.onScreen(
            () -> {
              window.scene().getRoot().lookupAll(".button").stream()
                  .filter(Window::shown)
                  .map(Button.class::cast)
                  .filter(each -> button.equals(each.getText()))
                  .findFirst()
                  .orElseThrow()
                  .fire();
              return tables(window).findAny().isPresent();
            });
    window.settle();
    return seen;
  }

  private static boolean seesTable(Window window) {
    return window.onScreen(() -> tables(window).findAny().isPresent());
  }

  /** What a page shows of the server's word: a table, or the lines of receipts. */
  private static Stream<Node> tables(Window window) {
    return window.scene().getRoot().lookupAll("*").stream()
        .filter(node -> node instanceof TableView<?> || node instanceof TextArea)
        .filter(Window::shown);
  }

  private static List<String> buttons(Window window, String within) {
    return window.onScreen(
        () ->
            window.scene().getRoot().lookupAll(within + " .button").stream()
                .filter(node -> node instanceof Button && Window.shown(node))
                .map(node -> ((Button) node).getText())
                .toList());
  }

  private static Set<OfficePage> sideBar(Window window) {
    List<String> links = buttons(window, ".side");
    return Arrays.stream(OfficePage.values())
        .filter(page -> links.contains(title(page)))
        .collect(Collectors.toSet());
  }

  private static Set<OfficePage> pagesOf(Role role) {
    return Arrays.stream(OfficePage.values())
        .filter(page -> role.decide(page.key(), null) == ALLOWED)
        .collect(Collectors.toSet());
  }

  private static String title(OfficePage page) {
    return page.name().charAt(0)
        + page.name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static boolean isIn(Role role) {
    return role.decide(PermissionKey.OFFICE_OPEN, null) == ALLOWED;
  }

  /** Whoever may look into the office, and has this word on one act. */
  private static Role inTheOffice(PermissionKey key, Decision decision) {
    Map<PermissionKey, Decision> decisions = new EnumMap<>(PermissionKey.class);
    decisions.put(PermissionKey.OFFICE_OPEN, ALLOWED);
    decisions.put(key, decision);
    String name = (key.key() + " " + decision).toLowerCase(Locale.ROOT).replaceAll("[._]", " ");
    return new Role(name, decisions);
  }

  /** The server says that Esi L. has another role now. */
  private static void hear(Window window, Role role) throws Exception {
    var replica = window.device().replica();
    long next = replica.cursor() + 1;
    replica.apply(
        new FeedPage(
            replica.epoch(),
            next,
            false,
            List.of(FeedItem.of(next, Shelf.MANAGER, UserItem.of(Shelf.MANAGER, "Esi L.", role)))));
  }
}
