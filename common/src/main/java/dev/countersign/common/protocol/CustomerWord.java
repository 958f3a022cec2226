package dev.countersign.common.protocol;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What a signed change says of a customer, beside the change: the change holds {@link #commitment}
 * alone. So the details can be erased, and every signature and every proof of the log stays.
 *
 * @param salt Base64 of 16 random bytes: there are few names, and without it all could be tried
 */
public record CustomerWord(UUID customer, String salt, CustomerDetails details) {
  /** In bytes. */
  public static final int SALT = 16;

  /** SHA-256 over the customer's id, the salt and the details, in hexadecimal. */
  public String commitment() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    told.writeBytes(
        ("countersign customer\n" + customer + "\n" + salt + "\n")
            .getBytes(StandardCharsets.UTF_8));
    told.writeBytes(Json.encode(details));
    return Hash.of(told.toByteArray()).toHex();
  }
}
