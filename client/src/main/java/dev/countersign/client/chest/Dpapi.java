package dev.countersign.client.chest;

import com.sun.jna.platform.win32.Crypt32Util;
import com.sun.jna.platform.win32.WinCrypt;
import java.nio.charset.StandardCharsets;

/** Windows' data protection: sealed under the person's login, without ever asking on the screen. */
final class Dpapi implements SealedFileChest.Seal {
  @Override
  public byte[] seal(byte[] value, String name) {
    return Crypt32Util.cryptProtectData(
        value, entropy(name), WinCrypt.CRYPTPROTECT_UI_FORBIDDEN, "Countersign", null);
  }

  @Override
  public byte[] open(byte[] sealed, String name) {
    return Crypt32Util.cryptUnprotectData(
        sealed, entropy(name), WinCrypt.CRYPTPROTECT_UI_FORBIDDEN, null);
  }

  private static byte[] entropy(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
