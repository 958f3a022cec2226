package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.ClosedShift;
import dev.countersign.client.ledger.DrawerCount;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.ShiftReport;
import dev.countersign.client.ledger.ShiftView;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftFigures.Tendered;
import dev.countersign.common.money.Denominations;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.ShiftSettings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A shift is looked at, counted and closed. Where the store counts blind, nobody who may not answer
 * for a difference learns what should be there before the count is on record.
 */
public final class ClosingShift {
  private final OpenDevice device;
  private final Ledger ledger;
  private final Clock clock;

  /**
   * @param clock in the store's time zone
   */
  public ClosingShift(OpenDevice device, Clock clock) {
    this.device = device;
    this.ledger = device.ledger();
    this.clock = clock;
  }

  /**
   * What is there to count.
   *
   * @param denominations the values of notes and coins in minor units, the largest first
   * @param others the other means by which money came or went on this shift
   * @param expected what the drawer should hold; empty where it is counted blind
   * @param told the count that is on record already, when nothing happened since
   */
  public record Sheet(
      ShiftView shift,
      List<Long> denominations,
      List<Means> others,
      boolean sumTyped,
      Optional<Money> expected,
      Optional<Counted> told) {}

  /**
   * What was counted, beside what should be there.
   *
   * @param report the shift as it was counted
   */
  public record Counted(ShiftView shift, DrawerCount count, ShiftReport report) {
    /** Negative when cash is missing. */
    public Money difference() {
      return count.total().minus(report.money(report.expected()));
    }
  }

  /**
   * Begins a count; empty when no shift is open.
   *
   * @throws dev.countersign.client.ledger.ActRefusedException with {@code SALES_PARKED} while sales
   *     are parked here: it could not be closed, and a drawer is not counted for nothing
   */
  public Optional<Sheet> begin(UUID cashier) {
    device.parked().requireNoneHere();
    Optional<ShiftView> open = ledger.currentShift();
    Optional<ShiftReport> report = ledger.shiftReport(cashier);
    if (open.isEmpty() || report.isEmpty()) {
      return Optional.empty();
    }
    ShiftSettings rules = device.settings().shifts();
    List<Long> values =
        rules.denominations().isEmpty()
            ? Denominations.of(ledger.enrolled().currency())
            : rules.denominations();
    return Optional.of(
        new Sheet(
            open.get(),
            values,
            others(report.get()),
            rules.sumTyped(),
            rules.blind()
                ? Optional.empty()
                : Optional.of(report.get().money(report.get().expected())),
            ledger.told().map(told -> new Counted(open.get(), told.count(), report.get()))));
  }

  private static List<Means> others(ShiftReport report) {
    return report.figures().tenders().stream()
        .map(Tendered::means)
        .filter(means -> means != Means.CASH)
        .toList();
  }

  /**
   * The shift so far.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public Optional<ShiftReport> report(UUID cashier, @Nullable UUID approver) {
    if (device.settings().shifts().blind()) {
      device
          .users()
          .require(
              new Actor(cashier, approver, clock.instant()),
              List.of(PermissionKey.SHIFT_DIFFERENCE));
    }
    return ledger.shiftReport(cashier, approver);
  }

  /** The newest Z report. */
  public Optional<ShiftReport> lastReport() {
    return ledger.lastReport();
  }

  /**
   * Tells what should have been there; where the store counts blind, once the count is on record.
   *
   * @param approver the second person, or null when nobody was asked
   */
  public Counted count(
      UUID cashier, @Nullable UUID approver, ShiftView shift, DrawerCount counted) {
    if (device.settings().shifts().blind()) {
      ledger.countDrawer(new Actor(cashier, approver, clock.instant()), shift.id(), counted);
    }
    ShiftReport report =
        ledger
            .shiftReport(cashier)
            .orElseThrow(() -> new IllegalStateException("the shift was closed meanwhile"));
    return new Counted(shift, counted, report);
  }

  /** Closes the shift; doing it again gives the same report. */
  public ClosedShift close(UUID cashier, @Nullable UUID approver, UUID shift, DrawerCount counted) {
    return ledger.closeShift(new Actor(cashier, approver, clock.instant()), shift, counted);
  }
}
