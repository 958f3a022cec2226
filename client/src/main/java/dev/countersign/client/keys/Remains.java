package dev.countersign.client.keys;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.SealedParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What a wiped device leaves in its folder: the file of what it had not sent, sealed to the server,
 * until the server has it; and a note for whoever starts it next. Neither needs a key.
 */
public final class Remains {
  private static final String NOTE = "wiped.json";

  private final DeviceFolder folder;

  public Remains(DeviceFolder folder) {
    this.folder = folder;
  }

  /**
   * What became of the device.
   *
   * @param sales how many sales it had not sent
   * @param handedOver whether the server has them
   */
  public record Wiped(long sales, boolean handedOver) {}

  /** True once what was not sent is sealed: from then on no key may stay. */
  public boolean isSealed() {
    return Files.exists(sealedFile());
  }

  /** Writes the sealed file; it is on the disk when this returns. */
  public void seal(SealedParts parts) throws IOException {
    DurableFiles.replace(sealedFile(), parts.encode());
  }

  /**
   * The sealed file, or empty when there is none.
   *
   * @throws IOException when it cannot be read or is not whole
   */
  public Optional<SealedParts> sealed() throws IOException {
    if (!isSealed()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SealedParts.decode(Files.readAllBytes(sealedFile())));
    } catch (IllegalArgumentException e) {
      throw new IOException("the sealed file cannot be read", e);
    }
  }

  /** Takes the store away, which nobody can open any more. */
  public void removeStore() throws IOException {
    String name = folder.storeFile().getFileName().toString();
    for (String suffix : List.of("-wal", "-shm", "-journal", "")) {
      DurableFiles.remove(folder.path().resolve(name + suffix));
    }
  }

  /** Notes what became of the device; the sealed file goes once the server has it. */
  public void note(Wiped wiped) throws IOException {
    DurableFiles.replace(folder.path().resolve(NOTE), Json.encode(wiped));
    if (wiped.handedOver()) {
      DurableFiles.remove(sealedFile());
    }
  }

  /** The note, or empty when this folder's device was not wiped. */
  public Optional<Wiped> noted() {
    try {
      return Optional.of(Json.decode(Files.readAllBytes(folder.path().resolve(NOTE)), Wiped.class));
    } catch (IOException | JacksonException _) {
      return Optional.empty();
    }
  }

  /** Lets the folder be set up again; does nothing while something waits for the server. */
  public void forget() throws IOException {
    if (!isSealed()) {
      DurableFiles.remove(folder.path().resolve(NOTE));
    }
  }

  private Path sealedFile() {
    return folder.path().resolve(SealedParts.FILE);
  }
}
