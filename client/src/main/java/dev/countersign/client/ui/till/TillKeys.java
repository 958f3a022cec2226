package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.KeyAct;
import dev.countersign.client.ui.kit.Words;
import java.util.ArrayList;
import java.util.List;

/** What F1 says on each screen of the till. */
final class TillKeys {
  private final Words words;
  private final List<KeyAct> keys = new ArrayList<>();

  private TillKeys(Words words) {
    this.words = words;
    key("F1", "help.help");
  }

  private TillKeys key(String key, String act) {
    keys.add(new KeyAct(key, words.say(act)));
    return this;
  }

  private List<KeyAct> all() {
    return List.copyOf(keys);
  }

  static List<KeyAct> selling(Words words) {
    return new TillKeys(words)
        .key("F2", "help.search")
        .key("F3", "help.customer")
        .key("F4", "help.discount")
        .key("F5", "help.park")
        .key("F6", "help.recall")
        .key("F7", "help.refund")
        .key("F8", "help.drawer")
        .key("F9", "help.note")
        .key("F10", "help.shift")
        .key("F11", "help.suspicion")
        .key("F12", "help.pay")
        .key("6 ×", "help.times")
        .key("*  Ctrl Q", "help.quantity")
        .key("Ctrl P", "help.price")
        .key("Ctrl E", "help.empties")
        .key("Ctrl O", "help.open-item")
        .key("Ctrl I", "help.details")
        .key("↑ ↓", "help.move")
        .key("PgUp PgDn", "help.pages")
        .key("Del", "help.void")
        .key("Ctrl Z", "help.undo")
        .key("Ctrl Del", "help.discard")
        .key("Ctrl R", "help.again")
        .key("Ctrl H", "help.hardware")
        .key("Ctrl T", "help.training")
        .key("Enter", "help.enter")
        .key("Ctrl L", "help.lock")
        .key("Esc", "help.back")
        .all();
  }

  /**
   * @param choices the ways to pay beside cash, as the shop takes them
   */
  static List<KeyAct> paying(Words words, List<PayingView.Choice> choices) {
    TillKeys all =
        new TillKeys(words)
            .key("0 – 9", "help.amount")
            .key("Del", "help.empty-field")
            .key("Enter", "paying.cash");
    choices.forEach(each -> all.keys.add(new KeyAct(each.key(), each.name())));
    return all.key("Esc", "help.back").all();
  }

  static List<KeyAct> refunding(Words words) {
    return new TillKeys(words)
        .key("F2", "help.find-receipt")
        .key("↑ ↓", "help.move")
        .key("+ −", "help.one-more-less")
        .key("Q", "help.quantity-back")
        .key("A", "refund.act.all")
        .key("F8", "refund.act.without")
        .key("F9", "refund.act.exchange")
        .key("F12", "refund.settle")
        .key("Esc", "help.back")
        .all();
  }

  /**
   * @param credit whether the shop has store credit
   */
  static List<KeyAct> givingBack(Words words, boolean credit) {
    TillKeys keys =
        new TillKeys(words)
            .key("0 – 9", "help.amount")
            .key("F5", "giving.as-paid")
            .key("F6", "giving.all-cash");
    return (credit ? keys.key("F7", "giving.to-credit") : keys)
        .key("Enter", "selling.give-back")
        .key("Esc", "help.back")
        .all();
  }

  static List<KeyAct> counting(Words words) {
    return new TillKeys(words)
        .key("0 – 9", "help.pieces")
        .key("Enter", "help.next-field")
        .key("↑ ↓", "help.move")
        .key("Del", "help.empty-field")
        .key("F2", "count.by-sum")
        .key("F12", "count.done")
        .key("Esc", "help.back")
        .all();
  }

  static List<KeyAct> receipt(Words words) {
    return new TillKeys(words)
        .key("Enter", "receipt.next")
        .key("Ctrl R", "receipt.again")
        .key("Ctrl M", "receipt.mail")
        .key("Ctrl S", "receipt.pdf")
        .all();
  }
}
