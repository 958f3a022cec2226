package dev.countersign.server.signin;

import dev.countersign.server.account.RefusedException;
import java.net.InetAddress;

/**
 * Network addresses with the same leading bits, written as in RFC 4632: {@code 192.0.2.0/24}. Empty
 * text stands for every address.
 */
record AddressRange(String text) {
  /**
   * Reads an address, or an address and the number of its leading bits that count.
   *
   * @throws RefusedException when it is none
   */
  static AddressRange parse(String text) {
    AddressRange range = new AddressRange(text);
    if (!text.isEmpty()) {
      try {
        range.contains("127.0.0.1");
      } catch (IllegalArgumentException _) {
        throw new RefusedException(text + " is no range of addresses; write it like 192.0.2.0/24.");
      }
    }
    return range;
  }

  boolean contains(String address) {
    if (text.isEmpty()) {
      return true;
    }
    int slash = text.indexOf('/');
    byte[] wanted = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
    int bits = slash < 0 ? wanted.length * 8 : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > wanted.length * 8) {
      throw new IllegalArgumentException("no such number of bits");
    }
    byte[] actual = InetAddress.ofLiteral(address).getAddress();
    if (actual.length != wanted.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((actual[bit / 8] & mask) != (wanted[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
