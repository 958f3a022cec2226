package dev.countersign.client.ui.kit;

import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.store.StoreFault;
import dev.countersign.common.permission.Decision;

/**
 * What went wrong, for a person.
 *
 * @param message what happened and what to do
 * @param code short, to read out on the telephone
 */
public record Trouble(String message, String code) {

  /** Puts a failure into this package's words. */
  public static Trouble of(Exception failure, Words words) {
    return switch (failure) {
      case StoreException store -> of(store.fault(), words);
      case NotPermittedException denied when denied.decision() == Decision.NEEDS_APPROVAL ->
          new Trouble(words.say("trouble.approval"), denied.key().key());
      case NotPermittedException denied ->
          new Trouble(words.say("trouble.denied"), denied.key().key());
      case ActRefusedException refused
          when refused.reason() == ActRefusedException.Reason.NO_OPEN_SHIFT ->
          new Trouble(words.say("trouble.no-shift"), refused.reason().name());
      case ActRefusedException refused
          when refused.reason() == ActRefusedException.Reason.CARD_NUMBER ->
          new Trouble(words.say("trouble.card-number"), refused.reason().name());
      case ActRefusedException refused
          when refused.reason() == ActRefusedException.Reason.AGE_NOT_CHECKED ->
          new Trouble(words.say("trouble.age"), refused.reason().name());
      case ActRefusedException refused when refused.reason() == ActRefusedException.Reason.DEARER ->
          new Trouble(words.say("trouble.dearer"), refused.reason().name());
      case ActRefusedException refused
          when refused.reason() == ActRefusedException.Reason.SALES_PARKED ->
          new Trouble(words.say("trouble.parked"), refused.reason().name());
      case ActRefusedException refused
          when refused.reason() == ActRefusedException.Reason.TOO_MANY_PARKED ->
          new Trouble(words.say("trouble.too-many-parked"), refused.reason().name());
      case ActRefusedException refused ->
          new Trouble(words.say("trouble.refused"), refused.reason().name());
      default -> new Trouble(words.say("trouble.other"), failure.getClass().getSimpleName());
    };
  }

  /** Puts a fault of the store into this package's words. */
  public static Trouble of(StoreFault fault, Words words) {
    String message =
        switch (fault) {
          case StoreFault.Full _ -> words.say("trouble.store.full");
          case StoreFault.Damaged _ -> words.say("trouble.store.damaged");
          case StoreFault.WrongKey _ -> words.say("trouble.store.wrong-key");
          case StoreFault.AlreadyOpen _ -> words.say("trouble.store.already-open");
          case StoreFault.NewerFile _ -> words.say("trouble.store.newer");
          case StoreFault.ReadOnly _ -> words.say("trouble.store.read-only");
          case StoreFault.Missing _ -> words.say("trouble.store.missing");
          case StoreFault.Other _ -> words.say("trouble.store.other");
        };
    return new Trouble(message, fault.code());
  }
}
