package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Approving;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.common.permission.Decision;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The acts of the person at the till; one that needs a second person asks for that person. */
final class Approvals {
  private final Surface surface;
  private final Approving approving;
  private final UUID cashier;
  private final String about;

  Approvals(Surface surface, Approving approving, UUID cashier) {
    this(surface, approving, cashier, "");
  }

  private Approvals(Surface surface, Approving approving, UUID cashier, String about) {
    this.surface = surface;
    this.approving = approving;
    this.cashier = cashier;
    this.about = about;
  }

  /**
   * The same for an act of which whoever agrees sees what it is: the sheet it was typed on is
   * closed by then.
   *
   * @param said figures and reason, such as "Take 5.00 out: milk"
   */
  Approvals about(String said) {
    return new Approvals(surface, approving, cashier, said);
  }

  /** Who is at the till. */
  UUID cashier() {
    return cashier;
  }

  /** Something that is recorded. */
  @FunctionalInterface
  interface Act<T> {
    /**
     * @param approver the second person, or null when nobody was asked
     */
    T by(UUID cashier, @Nullable UUID approver) throws Exception;
  }

  /**
   * Does it; where the role wants a second person's word, once more with it.
   *
   * @param failed also when nobody agreed
   */
  <T> void run(Act<T> act, Consumer<T> done, Consumer<Exception> failed) {
    surface
        .desk()
        .run(
            () -> act.by(cashier, null),
            done,
            failure -> {
              if (failure instanceof NotPermittedException asked
                  && asked.decision() == Decision.NEEDS_APPROVAL) {
                ask(asked, act, done, failed);
              } else {
                failed.accept(failure);
              }
            });
  }

  private <T> void ask(
      NotPermittedException asked, Act<T> act, Consumer<T> done, Consumer<Exception> failed) {
    surface
        .desk()
        .run(
            () -> approving.candidates(asked.key(), cashier),
            people -> {
              if (people.isEmpty()) {
                failed.accept(asked);
              } else {
                ApprovalSheet.open(
                    surface,
                    approving,
                    new ApprovalSheet.Asked(asked.key(), about),
                    people,
                    approver -> surface.desk().run(() -> act.by(cashier, approver), done, failed),
                    () -> failed.accept(asked));
              }
            },
            failed);
  }
}
