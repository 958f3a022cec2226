package dev.countersign.client.launch;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A small liquor shop: what a server would have told a till of it. */
public final class Shelf {
  public static final UUID TAX = id("tax");
  public static final UUID FIRST_USER = id("user 1");
  public static final UUID SECOND_USER = id("user 2");
  public static final UUID MANAGER = id("user 3");

  /** Stands on two products. */
  public static final String SHARED = "00080432400395";

  public static final String JAMESON = "00080432500170";
  public static final String VODKA = "00619947000013";
  public static final String FIREBALL = "00088004144739";
  public static final String CASE_OF_BEER = "10012345000017";

  private Shelf() {}

  private record Entry(String category, String name, String size, long price, String code) {}

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("Whisky", "Jameson Irish Whiskey", "750 ml", 3299, JAMESON),
          new Entry("Whisky", "Fireball Cinnamon Whisky", "1 l", 2100, FIREBALL),
          new Entry("Whisky", "Black Velvet", "1.75 l", 1574, "00080686816034"),
          new Entry("Whisky", "Jack Daniel's Old No. 7", "750 ml", 2336, "00082184090466"),
          new Entry("Whisky", "Crown Royal", "750 ml", 2624, "00087000002708"),
          new Entry("Whisky", "Maker's Mark", "750 ml", 2849, "00085246139431"),
          new Entry("Whisky", "Jim Beam", "750 ml", 1575, "00080686001409"),
          new Entry("Whisky", "Bulleit Bourbon", "750 ml", 2774, "00087000651142"),
          new Entry("Whisky", "Chivas Regal 12 Years", "750 ml", 3374, SHARED),
          new Entry("Whisky", "Chivas Regal 12 Years, gift box", "750 ml", 3549, SHARED),
          new Entry("Whisky", "Glenlivet 12 Years", "750 ml", 4124, "00080432400708"),
          new Entry("Whisky", "Canadian Club", "1 l", 1649, "00080686826019"),
          new Entry("Whisky", "Wild Turkey 101", "750 ml", 2399, "00721059847506"),
          new Entry("Whisky", "Tullamore Dew", "750 ml", 2249, "00083664868742"),
          new Entry("Whisky", "Woodford Reserve", "750 ml", 3599, "00081128001506"),
          new Entry("Whisky", "Southern Comfort", "750 ml", 1499, "00088544013198"),
          new Entry("Vodka", "Tito's Handmade Vodka", "750 ml", 1950, VODKA),
          new Entry("Vodka", "Smirnoff Red", "1 l", 1610, "00082000000006"),
          new Entry("Vodka", "Absolut", "750 ml", 2099, "00835229000407"),
          new Entry("Vodka", "Grey Goose", "750 ml", 2999, "00080480280024"),
          new Entry("Vodka", "Hawkeye Vodka", "1.75 l", 1077, "00082301063007"),
          new Entry("Vodka", "Ketel One", "750 ml", 2474, "00085156775002"),
          new Entry("Vodka", "Svedka", "1.75 l", 1949, "00617768617176"),
          new Entry("Rum", "Captain Morgan Spiced", "750 ml", 1800, "00087000304383"),
          new Entry("Rum", "Bacardi Superior", "750 ml", 1275, "00080480015350"),
          new Entry("Rum", "Malibu Coconut", "750 ml", 1499, "00089540448978"),
          new Entry("Rum", "Admiral Nelson Spiced", "1.75 l", 1725, "00096749021857"),
          new Entry("Rum", "Mount Gay Eclipse", "750 ml", 2025, "00635335002016"),
          new Entry("Liqueur", "Baileys Original", "750 ml", 2249, "00086767210005"),
          new Entry("Liqueur", "Grand Marnier", "750 ml", 3497, "00088110110307"),
          new Entry("Liqueur", "Kahlua Coffee", "750 ml", 2099, "00089540122861"),
          new Entry("Liqueur", "Jagermeister", "750 ml", 2099, "00083089660150"),
          new Entry("Brandy", "Hennessy VS", "750 ml", 3749, "00088110151058"),
          new Entry("Brandy", "Paul Masson Grande Amber", "750 ml", 1199, "00049331003209"),
          new Entry("Brandy", "E & J VS", "750 ml", 1087, "00085000004586"),
          new Entry("Tequila", "Jose Cuervo Especial", "750 ml", 1875, "00811538010818"),
          new Entry("Tequila", "Patron Silver", "750 ml", 4274, "00721733000029"),
          new Entry("Beer", "Club Beer bottle", "330 ml", 175, "00012345000010"),
          new Entry("Beer", "Malta Guinness", "330 ml", 120, "00012345000027"),
          new Entry("Soft drinks", "Still water", "1.5 l", 60, "00012345000034"),
          new Entry("Soft drinks", "Cola", "500 ml", 90, "00012345000041"));

  /** The same name gives the same id, so that pictures and figures never change. */
  public static UUID id(String name) {
    return UUID.nameUUIDFromBytes(("shelf " + name).getBytes(StandardCharsets.UTF_8));
  }

  /** The snapshot's items. */
  public static List<FeedItem> items(int lockAfterSeconds) {
    List<FeedItem> items = new ArrayList<>();
    add(items, id("settings"), settings(lockAfterSeconds));
    add(items, TAX, new TaxItem("VAT 20 %", "PERCENT", new BigDecimal("20"), true, false, true));
    add(items, FIRST_USER, UserItem.of(FIRST_USER, "Ama K.", Role.CASHIER));
    add(items, SECOND_USER, UserItem.of(SECOND_USER, "Kofi B.", Role.CASHIER));
    add(items, MANAGER, UserItem.of(MANAGER, "Esi L.", Role.MANAGER));
    for (Entry entry : ENTRIES) {
      List<Barcode> codes = new ArrayList<>();
      codes.add(new Barcode(entry.code(), Quantity.ONE));
      if (entry.name().startsWith("Club Beer")) {
        codes.add(new Barcode(CASE_OF_BEER, Quantity.of(24)));
      }
      add(
          items,
          id(entry.name()),
          new ProductItem(
              Integer.toString(10_000 + items.size()),
              entry.name(),
              entry.category(),
              entry.size(),
              entry.price(),
              List.of(TAX),
              codes));
    }
    return items;
  }

  static int products() {
    return ENTRIES.size();
  }

  private static void add(List<FeedItem> items, UUID id, FeedBody body) {
    items.add(FeedItem.of(items.size() + 1, id, body));
  }

  private static SettingsItem settings(int lockAfterSeconds) {
    return new SettingsItem(
        "Central City Liquor",
        "Central City Liquor",
        List.of("1 Main Street", "Central City"),
        List.of("Thank you, and see you soon"),
        "USD",
        0,
        "HALF_UP",
        "CASH",
        lockAfterSeconds,
        "UTC");
  }
}
