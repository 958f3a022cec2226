package dev.countersign.client.flow;

import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.PinVault.Holder;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.UserView;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.protocol.JoiningCode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A further person chooses a PIN on a device that is set up already, with a joining code that a
 * manager made. Works without a network once the feed has brought the person. Blocking.
 */
public final class Joining {
  private final OpenDevice device;
  private final PinVault vault;
  private final Secret inner;
  private final InstantSource clock;

  /**
   * @param inner the inner key, lent: {@link Unlocking} owns and closes it
   */
  Joining(OpenDevice device, PinVault vault, Secret inner, InstantSource clock) {
    this.device = device;
    this.vault = vault;
    this.inner = inner;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** This person has a PIN here now. */
    record Joined(UUID user) implements Outcome {}

    /**
     * Another code, one that has ended, or the person has none. Also for a person with a PIN: a
     * code that somebody read over a shoulder must not put another PIN in its place.
     */
    record WrongCode() implements Outcome {}

    /** A PIN that may not be chosen; choose another. */
    record Weak(Pin.Fault fault) implements Outcome {}

    /** The two PINs differ. */
    record Differs() implements Outcome {}

    /** The folder or the key chest took nothing. */
    record NotWritten(String reason) implements Outcome {}
  }

  /**
   * The people who have an open joining code and no PIN here.
   *
   * @throws IOException when the folder's list cannot be read
   */
  public List<UserView> candidates() throws IOException {
    Set<UUID> here =
        vault.holders().stream()
            .map(Holder::user)
            .filter(user -> !device.pinEpochs().isVoid(user))
            .collect(Collectors.toSet());
    return device.users().list().stream()
        .filter(user -> user.joining() != null && !here.contains(user.id()))
        .toList();
  }

  /** One that was reset is none: it is only there because it is the last that opens the store. */
  private boolean hasPin(UUID user) throws IOException {
    return vault.holders().stream().anyMatch(holder -> holder.user().equals(user))
        && !device.pinEpochs().isVoid(user);
  }

  /** Gives this person the PIN that was typed twice; both are wiped. */
  public Outcome join(UUID user, String code, char[] first, char[] again) {
    try {
      Optional<Pin.Fault> fault = Pin.faultOf(first);
      if (fault.isPresent()) {
        return new Outcome.Weak(fault.get());
      }
      if (!Arrays.equals(first, again)) {
        return new Outcome.Differs();
      }
      Optional<UserView> person = device.users().byId(user);
      var joining = person.map(UserView::joining).orElse(null);
      if (person.isEmpty()
          || joining == null
          || hasPin(user)
          || !JoiningCode.matches(code, joining, clock.instant())) {
        return new Outcome.WrongCode();
      }
      try (Pin pin = Pin.typed(first)) {
        vault.addUser(inner, user, person.get().name(), pin);
      }
      return new Outcome.Joined(user);
    } catch (IOException | KeyChestException e) {
      return new Outcome.NotWritten(String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(first, '\0');
      Arrays.fill(again, '\0');
    }
  }
}
