package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Question;
import dev.countersign.client.ledger.SaleView.Standing;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.VerdictWords;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.ChangeType;
import dev.countersign.common.protocol.FeedBody.QuestionItem.Edited;
import java.util.Arrays;
import java.util.List;

/** What the worklist says about a question. */
final class WorklistWords {
  private WorklistWords() {}

  /** What was done: the receipt of a sale, the kind of anything else. */
  static String what(Words words, Question question) {
    if (!question.receipt().isEmpty()) {
      return words.say("worklist.sale", question.receipt());
    }
    return ChangeType.named(question.type())
        .map(type -> kind(words, type))
        .orElseGet(() -> words.say("worklist.kind.unreadable"));
  }

  private static String kind(Words words, ChangeType type) {
    return switch (type) {
      case SALE_COMPLETED -> words.say("worklist.kind.sale");
      case SHIFT_OPENED -> words.say("worklist.kind.shift-opened");
      case SHIFT_CLOSED -> words.say("worklist.kind.shift-closed");
      case CASH_MOVED -> words.say("worklist.kind.cash-moved");
      case DRAWER_OPENED -> words.say("worklist.kind.drawer-opened");
      case DRAWER_COUNTED -> words.say("worklist.kind.drawer-counted");
      case PAYMENT_RETURNED -> words.say("worklist.kind.payment-returned");
      case BASKET_VOIDED -> words.say("worklist.kind.basket-voided");
      case PRODUCT_CHANGED -> words.say("worklist.kind.product-changed");
      case PROMOTION_WRITTEN -> words.say("worklist.kind.promotion-written");
      case CUSTOMER_TERMS_WRITTEN -> words.say("worklist.kind.customer-terms");
      case PRICE_LIST_WRITTEN -> words.say("worklist.kind.pricelist-written");
      case TAX_WRITTEN -> words.say("worklist.kind.tax-written");
      case CUSTOMER_ADDED -> words.say("worklist.kind.customer-added");
      case CUSTOMER_CHANGED -> words.say("worklist.kind.customer-changed");
      case CREDIT_ISSUED -> words.say("worklist.kind.credit-issued");
      case STOCK_MOVED -> words.say("worklist.kind.stock-moved");
      case STOCK_COUNTED -> words.say("worklist.kind.stock-counted");
      case SUSPICION_REPORTED -> words.say("worklist.kind.suspicion");
      case TRAINING_SWITCHED -> words.say("worklist.kind.training");
      case SALE_PARKED -> words.say("worklist.kind.sale-parked");
      case SALE_RECALLED -> words.say("worklist.kind.sale-recalled");
      case VERDICT_RESOLVED -> words.say("worklist.kind.verdict-resolved");
    };
  }

  /** Every reason, each a sentence of its own. */
  static List<String> why(Surface surface, Question question) {
    return Arrays.stream(question.code().split(","))
        .filter(code -> !code.isEmpty())
        .map(code -> VerdictWords.why(surface.kit(), code))
        .toList();
  }

  static String first(Surface surface, Question question) {
    List<String> sentences =
        why(surface, question).stream().map(why -> why.split("(?<=[.!؟])\\s", 2)[0]).toList();
    if (sentences.size() < 2) {
      return sentences.isEmpty() ? "" : sentences.getFirst();
    }
    String first = sentences.getFirst().replaceFirst("[.!؟]+$", "");
    return surface.words().say("worklist.more", first, sentences.size() - 1);
  }

  /** How it stands: waiting when somebody here has decided and the server has not heard of it. */
  static Standing standing(Question question) {
    return question.pending() ? Standing.WAITING : Standing.valueOf(question.verdict().name());
  }

  static String field(Words words, Edited edit) {
    return switch (edit.field()) {
      case "NAME" -> words.say("products.name");
      case "CATEGORY" -> words.say("products.category");
      case "SIZE" -> words.say("products.size");
      case "PRICE" -> words.say("products.price");
      case "LEAST_AGE" -> words.say("product.age");
      case "RESTRICTED" -> words.say("product.restricted");
      case "WEIGHED" -> words.say("product.weighed");
      case "CONTAINER" -> words.say("product.container");
      case "OPEN_PRICE" -> words.say("product.open-price");
      case "DEPOSITS" -> words.say("product.deposits");
      case "TAXES" -> words.say("product.taxes");
      default -> edit.field();
    };
  }
}
