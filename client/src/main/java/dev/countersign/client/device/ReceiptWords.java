package dev.countersign.client.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Properties;

/**
 * The words of a receipt in one language, and how that language writes an amount. They stand beside
 * this class, a file for each language; one that has none is given English words, and its own
 * amounts. Immutable, safe for any thread.
 */
public final class ReceiptWords {
  private static final String ENGLISH = "paper.properties";

  private final Locale locale;
  private final Properties texts;

  private ReceiptWords(Locale locale, Properties texts) {
    this.locale = locale;
    this.texts = texts;
  }

  /** The words of this language. */
  public static ReceiptWords of(Locale locale) {
    Properties english = new Properties();
    if (!read(ENGLISH, english)) {
      throw new MissingResourceException("no words for paper", ENGLISH, "");
    }
    Properties own = new Properties(english);
    // A language without a file of its own is left with English.
    boolean known = read("paper_" + locale.getLanguage() + ".properties", own);
    return new ReceiptWords(locale, known ? own : english);
  }

  /** English, as a shop in the United States or the United Kingdom expects it. */
  public static ReceiptWords english() {
    return of(Locale.ENGLISH);
  }

  private static boolean read(String name, Properties into) {
    try (InputStream in = ReceiptWords.class.getResourceAsStream(name)) {
      if (in == null) {
        return false;
      }
      into.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String word(String key) {
    String word = texts.getProperty(key);
    if (word == null) {
      throw new MissingResourceException("no word " + key, ENGLISH, key);
    }
    return word;
  }

  public Locale locale() {
    return locale;
  }

  public String receipt() {
    return word("receipt");
  }

  public String register() {
    return word("register");
  }

  public String cashier() {
    return word("cashier");
  }

  public String total() {
    return word("total");
  }

  public String includedTax() {
    return word("included-tax");
  }

  public String on() {
    return word("on");
  }

  public String cash() {
    return word("cash");
  }

  public String card() {
    return word("card");
  }

  public String mobileMoney() {
    return word("mobile-money");
  }

  public String voucher() {
    return word("voucher");
  }

  public String giftCard() {
    return word("gift-card");
  }

  public String storeCredit() {
    return word("store-credit");
  }

  public String onAccount() {
    return word("on-account");
  }

  /** In the place of a total, where an account is paid off and nothing is sold. */
  public String paidOff() {
    return word("paid-off");
  }

  /** Before why a customer pays no tax. */
  public String exempt() {
    return word("exempt");
  }

  /** Behind a tax from which the customer is exempt. */
  public String notCharged() {
    return word("not-charged");
  }

  /** What a customer owes with this sale. */
  public String owed() {
    return word("owed");
  }

  /** Before the ending of a gift card's code. */
  public String leftOnGiftCard() {
    return word("left-gift-card");
  }

  /** Before the ending of a credit slip's code. */
  public String leftOfStoreCredit() {
    return word("left-store-credit");
  }

  public String tip() {
    return word("tip");
  }

  public String rounding() {
    return word("rounding");
  }

  public String change() {
    return word("change");
  }

  public String discount() {
    return word("discount");
  }

  public String refundOf() {
    return word("refund-of");
  }

  public String withoutReceipt() {
    return word("without-receipt");
  }

  public String copy() {
    return word("copy");
  }

  /** What marks the paper of anything but real business. */
  public String notASale() {
    return word("not-a-sale");
  }

  /** Over containers that came back empty. */
  public String empties() {
    return word("empties");
  }

  public String tare() {
    return word("tare");
  }

  /** Beside a weight that no scale has said. */
  public String typedWeight() {
    return word("typed-weight");
  }

  public String batch() {
    return word("batch");
  }

  /** Before the number of one piece. */
  public String serial() {
    return word("serial");
  }

  /** Before the last day on which goods are good. */
  public String lastDay() {
    return word("last-day");
  }

  /** An environment, as the mark of a paper names it; one that is not known stands for itself. */
  public String environment(String environment) {
    return switch (environment) {
      case "training" -> word("training");
      case "practice" -> word("practice");
      case "staging" -> word("staging");
      case "demo" -> word("demo");
      case "test" -> word("test");
      default -> environment.toUpperCase(Locale.ROOT);
    };
  }
}
