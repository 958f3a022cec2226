package dev.countersign.client.keys;

import dev.countersign.common.crypto.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a folder while somebody has unlocked it. Closing wipes them.
 *
 * @param inner what the wraps of the PINs hold; gives further people a PIN and seals the database
 *     key anew
 * @param database opens the store
 * @param share the server's share that the database key is sealed with, or null without one
 */
public record FolderKeys(Secret inner, Secret database, @Nullable Secret share)
    implements AutoCloseable {
  @Override
  public void close() {
    inner.close();
    database.close();
    if (share != null) {
      share.close();
    }
  }
}
