package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.EPOCH;
import static dev.countersign.client.ledger.TillFixture.product;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.catalogue.Product;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writing for all in which people type the same, in the index and without it. */
class TypedWordsTest {
  /** What a product is called, and what somebody types. */
  private static final List<String> PAIRS =
      List.of(
          "Weißbier, weissb",
          "Weissbier, weißb",
          "WEISSBIER, Weiß",
          "Grüner Veltliner, gruner",
          "Gru\u0308ner, grün",
          "Grüner, Gru\u0308n",
          "Ångström, angstrom",
          "Smørrebrød, smorrebrod",
          "Żołądkowa, zoladk",
          "Đà Lạt, da lat",
          "Œuf, oeuf",
          "Ærø, aero",
          "Þór, thor",
          "ﬁne, fine",
          "İstanbul, istanbul",
          "istanbul, İSTANBUL",
          "SIRMA, sırma",
          "sırma, SIRMA",
          "ışık, isik",
          "Йогурт, йог",
          "йогурт, ЙОГУРТ",
          "И\u0306огурт, йогурт",
          "Ёлка, елка",
          "Елка, ёл",
          "ΟΔΟΣΑ, οδοσ",
          "οδος, ΟΔΟΣ",
          "Ούζο, ουζο",
          "أرز, ارز",
          "ارز, أرز",
          "إبريق, ابريق",
          "آيس, ايس",
          "ٱرز, ارز",
          "سؤال, سوال",
          "قهوة, قهوه",
          "مصطفى, مصطفي",
          "یخ, يخ",
          "کیک, كيك",
          "قَهْوَة, قهوة",
          "مـــاء, ماء",
          "می\u200cوه, میوه",
          "٣٣٠ مل, 330",
          "ＲＵＭ７５０, rum750",
          "ﾗﾑﾈ, ラムネ",
          "ガム, ｶﾞﾑ",
          "소주, 소주",
          "소주, \u1109\u1169\u110c\u116e",
          "\u1109\u1169\u110c\u116e, 소주",
          "한국, 하",
          "한국, ㅎ",
          "हिन्दी, हिन्",
          "ไทย น้ำ, น้ำ",
          "עַם, עם",
          "co\u00adop, coop");

  @TempDir Path temp;
  private TillFixture till;
  private Catalogue catalogue;

  @BeforeEach
  void anEnrolledTill() throws Exception {
    till = TillFixture.in(temp);
    catalogue = till.device().catalogue();
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void whatPeopleTypeIsFoundInTheIndexAndWithoutIt() throws Exception {
    UUID id = UUID.randomUUID();
    long cursor = 10;
    for (String pair : PAIRS) {
      FeedItem named = FeedItem.of(11, id, product("3001", pair.split(", ")[0], "Odd", 100));
      String typed = pair.split(", ")[1];
      hear(++cursor, named);
      assertThat(catalogue.isIndexed()).isTrue();
      assertThat(found(typed)).as("%s, heard", pair).containsExactly(id);
      till.device()
          .replica()
          .replaceAll(new FeedPage(EPOCH, ++cursor, false, List.of()), List.of(named).iterator());
      assertThat(catalogue.isIndexed()).isFalse();
      assertThat(found(typed)).as("%s, looked through", pair).containsExactly(id);
      till.device().replica().arrange(() -> false);
      assertThat(found(typed)).as("%s, indexed", pair).containsExactly(id);
      hear(++cursor, FeedItem.of(11, id, product("3001", "Plain", "Odd", 100)));
      assertThat(found(typed)).as("%s, gone", pair).isEmpty();
    }
  }

  @Test
  void lettersThatPeopleTellApartStayApart() throws Exception {
    hear(11, FeedItem.of(11, UUID.randomUUID(), product("3001", "カキ 한국 밀 Maß", "Odd", 100)));
    for (String other : List.of("ガキ", "ギ", "학", "물", "キ", "mab")) {
      assertThat(found(other)).as(other).isEmpty();
    }
  }

  private List<UUID> found(String typed) {
    return catalogue.search(typed, 10).stream().map(Product::id).toList();
  }

  private void hear(long cursor, FeedItem item) throws Exception {
    till.device().replica().apply(new FeedPage(EPOCH, cursor, false, List.of(item)));
  }
}
