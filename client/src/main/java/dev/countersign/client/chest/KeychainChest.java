package dev.countersign.client.chest;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.KeyChestException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The login keychain of macOS, as generic passwords of the service {@code countersign}. The older
 * of the two interfaces (SecKeychain.h), because the newer one keeps entries of programs that are
 * not signed in the same keychain and asks for more.
 */
final class KeychainChest implements KeyChest {
  static final String KIND = "keychain";

  private static final int NOT_FOUND = -25300;
  private static final byte[] SERVICE = "countersign".getBytes(StandardCharsets.UTF_8);

  private final Security security;
  private final CoreFoundation foundation;

  private KeychainChest(Security security, CoreFoundation foundation) {
    this.security = security;
    this.foundation = foundation;
  }

  /**
   * The system's.
   *
   * @throws UnsatisfiedLinkError where there is none
   */
  static KeychainChest ofThisMachine() {
    return new KeychainChest(
        Native.load("Security", Security.class),
        Native.load("CoreFoundation", CoreFoundation.class));
  }

  /** Names and order of parameters are the system's. */
  interface Security extends Library {
    int SecKeychainFindGenericPassword(
        @Nullable Pointer keychain,
        int serviceLength,
        byte[] service,
        int accountLength,
        byte[] account,
        IntByReference length,
        PointerByReference data,
        PointerByReference item);

    int SecKeychainAddGenericPassword(
        @Nullable Pointer keychain,
        int serviceLength,
        byte[] service,
        int accountLength,
        byte[] account,
        int length,
        byte[] data,
        @Nullable PointerByReference item);

    int SecKeychainItemModifyAttributesAndData(
        Pointer item, @Nullable Pointer attributes, int length, byte[] data);

    int SecKeychainItemDelete(Pointer item);

    int SecKeychainItemFreeContent(@Nullable Pointer attributes, Pointer data);
  }

  /** What is found must be let go again. */
  interface CoreFoundation extends Library {
    void CFRelease(Pointer item);
  }

  private record Found(byte[] value, Pointer item) {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String title() {
    return "The keychain of this login";
  }

  @Override
  public boolean isWeaker() {
    return false;
  }

  @Override
  public Optional<byte[]> read(String name) throws KeyChestException {
    Optional<Found> found = find(name);
    found.ifPresent(it -> foundation.CFRelease(it.item()));
    return found.map(Found::value);
  }

  @Override
  public void write(String name, byte[] value) throws KeyChestException {
    Optional<Found> found = find(name);
    if (found.isEmpty()) {
      byte[] account = account(name);
      check(
          security.SecKeychainAddGenericPassword(
              null, SERVICE.length, SERVICE, account.length, account, value.length, value, null));
      return;
    }
    Pointer item = found.get().item();
    try {
      check(security.SecKeychainItemModifyAttributesAndData(item, null, value.length, value));
    } finally {
      foundation.CFRelease(item);
    }
  }

  @Override
  public void remove(String name) throws KeyChestException {
    Optional<Found> found = find(name);
    if (found.isPresent()) {
      Pointer item = found.get().item();
      try {
        check(security.SecKeychainItemDelete(item));
      } finally {
        foundation.CFRelease(item);
      }
    }
  }

  private Optional<Found> find(String name) throws KeyChestException {
    byte[] account = account(name);
    IntByReference length = new IntByReference();
    PointerByReference data = new PointerByReference();
    PointerByReference item = new PointerByReference();
    int status =
        security.SecKeychainFindGenericPassword(
            null, SERVICE.length, SERVICE, account.length, account, length, data, item);
    if (status == NOT_FOUND) {
      return Optional.empty();
    }
    check(status);
    try {
      return Optional.of(
          new Found(data.getValue().getByteArray(0, length.getValue()), item.getValue()));
    } finally {
      security.SecKeychainItemFreeContent(null, data.getValue());
    }
  }

  private static byte[] account(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private void check(int status) throws KeyChestException {
    if (status != 0) {
      throw new KeyChestException(Reason.MISSING, title() + " refused: " + status, null);
    }
  }
}
