package dev.countersign.client.ui.till;

import dev.countersign.client.device.ScaleReading;
import dev.countersign.client.device.SerialScale;
import dev.countersign.client.flow.Amending;
import dev.countersign.client.flow.Counter;
import dev.countersign.client.flow.Parking;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.Favourites;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.Settings;
import dev.countersign.client.ledger.Stock;
import dev.countersign.common.tax.TaxRounding;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What one sells with at a till, for as long as it is open. */
record SellingKit(
    Selling selling,
    Amending amending,
    Parking parking,
    Catalogue catalogue,
    Stock stock,
    Favourites favourites,
    Settings settings,
    Callable<Optional<ScaleReading>> scale) {

  /**
   * Goes on with the basket that was kept, if there is one.
   *
   * @param around what stands on the counter, as it is set up at the moment of asking
   */
  static SellingKit of(OpenDevice device, Counter around, Clock clock) {
    var currency = device.ledger().enrolled().currency();
    TaxRounding rounding = TaxRounding.perLine(currency);
    Settings settings = device.settings();
    Selling selling =
        new Selling(
            device.ledger(), device.catalogue(), settings::barcodeRules, currency, rounding, clock);
    return new SellingKit(
        selling,
        new Amending(selling, device.users(), clock),
        new Parking(selling, device.parked(), device.users()),
        device.catalogue(),
        device.stock(),
        device.favourites(),
        settings,
        () -> around.scale().map(SerialScale::read));
  }
}
