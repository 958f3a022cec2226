package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.PriceFile.Reading;
import dev.countersign.client.flow.PriceFile.Refused;
import dev.countersign.client.flow.PriceFile.Why;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row of a file of prices is taken, or refused with its line and why. */
class PriceFileTest {
  private static final UUID CIDER = new UUID(6, 1);

  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void aCatalogue() throws Exception {
    till = TillFixture.in(temp.resolve("till"));
    add(CIDER, "CIDER-1", new Barcode("04006381333931", Quantity.ONE));
    add(new UUID(6, 2), "PERRY", new Barcode("10811538019672", Quantity.of(6)));
    add(new UUID(6, 3), "TWIN-A", new Barcode("00000000000055", Quantity.ONE));
    add(new UUID(6, 4), "TWIN-B", new Barcode("00000000000055", Quantity.ONE));
  }

  @AfterEach
  void close() {
    till.close();
  }

  private void add(UUID id, String sku, Barcode code) throws Exception {
    var replica = till.device().replica();
    long cursor = replica.cursor() + 1;
    var item = new ProductItem(sku, sku, "", "", 500, List.of(), List.of(code));
    replica.apply(
        new FeedPage(replica.epoch(), cursor, false, List.of(FeedItem.of(cursor, id, item))));
  }

  private Reading read(String... rows) throws Exception {
    Path file = temp.resolve("prices.csv");
    Files.writeString(file, "code,price\n" + String.join("\n", rows) + "\n");
    return new PriceFile(till.device().catalogue(), TillFixture.USD).read(file);
  }

  @Test
  void aProductIsFoundByItsBarcodeInAnyFormOrByItsNumber() throws Exception {
    Reading read = read("4006381333931,4.20", "PERRY,\"3,00\"", " TWIN-A , 0 ");
    assertThat(read.refused()).isEmpty();
    assertThat(read.taken())
        .extracting(taken -> taken.product().sku())
        .containsExactly("CIDER-1", "PERRY", "TWIN-A");
    assertThat(read.taken())
        .extracting(PriceFile.Taken::price)
        .containsExactly(usd(420), usd(300), usd(0));
  }

  private static Money usd(long minor) {
    return Money.of(minor, TillFixture.USD);
  }

  @Test
  void whatIsNotTakenIsNamedByItsLineAndWhy() throws Exception {
    Reading read =
        read(
            "CIDER-1,4.20",
            "4006381333931,5.00",
            "NOBODY,1.00",
            "00000000000055,1.00",
            "10811538019672,1.00",
            "PERRY,-1",
            "PERRY,1.001",
            "PERRY,",
            "PERRY,1e3",
            "PERRY,10000000000.01",
            ",1.00",
            "PERRY",
            "\"PERRY,1.00",
            "4111111111111111,1.00",
            "PERRY,2.00");
    assertThat(read.taken())
        .extracting(taken -> taken.product().sku())
        .containsExactly("CIDER-1", "PERRY");
    assertThat(read.refused())
        .containsExactly(
            new Refused(3, Why.TWICE, "4006381333931"),
            new Refused(4, Why.NO_PRODUCT, "NOBODY"),
            new Refused(5, Why.SEVERAL, "00000000000055"),
            new Refused(6, Why.PACK, "10811538019672"),
            new Refused(7, Why.NO_PRICE, "-1"),
            new Refused(8, Why.NO_PRICE, "1.001"),
            new Refused(9, Why.NO_PRICE, ""),
            new Refused(10, Why.NO_PRICE, "1e3"),
            new Refused(11, Why.NO_PRICE, "10000000000.01"),
            new Refused(12, Why.NO_PRODUCT, ""),
            new Refused(13, Why.BROKEN, ""),
            new Refused(14, Why.BROKEN, ""),
            new Refused(15, Why.NO_PRODUCT, ""));
  }

  @Test
  void anotherFirstLineIsAnotherFile() throws Exception {
    Path file = Files.writeString(temp.resolve("other.csv"), "sku;price\nPERRY;1\n");
    PriceFile prices = new PriceFile(till.device().catalogue(), TillFixture.USD);
    assertThatThrownBy(() -> prices.read(file)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> prices.read(temp.resolve("none.csv"))).isInstanceOf(IOException.class);
  }
}
