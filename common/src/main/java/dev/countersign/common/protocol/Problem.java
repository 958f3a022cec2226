package dev.countersign.common.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that is not a success.
 *
 * @param code stable, for programs and telephones
 * @param message for a developer, in English; tells nothing about what exists
 * @param expected for a gap: the batch number the server waits for
 */
public record Problem(String code, String message, @Nullable Long expected) {
  /** The batch skips numbers; {@link #expected} says which one is wanted. */
  public static final String GAP = "gap";

  /** This device sent two different batches under one number; it is frozen until a person looks. */
  public static final String FORK = "fork";

  public static final String FROZEN = "device-frozen";
  public static final String SIGNATURE = "bad-signature";
  public static final String MALFORMED = "malformed";
  public static final String TOO_LARGE = "too-large";
  public static final String CODE_REFUSED = "code-refused";
  public static final String UNAUTHENTICATED = "unauthenticated";
  public static final String NOT_FOUND = "not-found";

  /** A text holds what may be a card number; nothing of the request was stored. */
  public static final String CARD_NUMBER = "card-number";

  /** The position asked for is of another feed: the server was restored; take a snapshot. */
  public static final String EPOCH_CHANGED = "epoch-changed";

  public static final String STORAGE_FULL = "storage-full";
  public static final String INTERNAL = "internal";

  public static Problem of(String code, String message) {
    return new Problem(code, message, null);
  }
}
