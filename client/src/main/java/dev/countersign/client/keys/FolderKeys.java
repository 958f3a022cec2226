package dev.countersign.client.keys;

import dev.countersign.common.crypto.Secret;

/**
 * The two keys of a folder while somebody has unlocked it. Closing wipes both.
 *
 * @param inner what the wraps of the PINs hold; gives further people a PIN and seals the database
 *     key anew
 * @param database opens the store
 */
public record FolderKeys(Secret inner, Secret database) implements AutoCloseable {
  @Override
  public void close() {
    inner.close();
    database.close();
  }
}
