package dev.countersign.common.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that is not a success.
 *
 * @param code stable, for programs and telephones
 * @param message for a developer, in English; tells nothing about what exists
 * @param expected for a gap: the batch number the server waits for
 * @param document a signed statement that goes with the code, base64
 */
public record Problem(
    String code, String message, @Nullable Long expected, @Nullable String document) {
  /** Refuses to be made without; what a network has damaged is no problem of the server's. */
  public Problem {
    Objects.requireNonNull(code, "code");
    message = message == null ? "" : message;
  }

  /** The batch skips numbers; {@link #expected} says which one is wanted. */
  public static final String GAP = "gap";

  /** This device sent two different batches under one number; it is frozen until a person looks. */
  public static final String FORK = "fork";

  /** What was known of the customer was erased. */
  public static final String ERASED = "customer-erased";

  public static final String FROZEN = "device-frozen";

  /** The device and the server are of two environments, such as practice and production. */
  public static final String OTHER_ENVIRONMENT = "other-environment";

  /** The device is to hand over what it has and to forget its keys; {@link #document} orders it. */
  public static final String WIPE_ORDERED = "wipe-ordered";

  public static final String SIGNATURE = "bad-signature";
  public static final String MALFORMED = "malformed";
  public static final String TOO_LARGE = "too-large";
  public static final String CODE_REFUSED = "code-refused";
  public static final String UNAUTHENTICATED = "unauthenticated";
  public static final String NOT_FOUND = "not-found";

  /** A request's id was used for another request before. */
  public static final String OTHER_REQUEST = "other-request";

  /** A device gives back more of an account than it holds. */
  public static final String NOT_HELD = "not-held";

  /** A text holds what may be a card number; nothing of the request was stored. */
  public static final String CARD_NUMBER = "card-number";

  /** The position asked for is of another feed: the server was restored; take a snapshot. */
  public static final String EPOCH_CHANGED = "epoch-changed";

  /** What the position asked for would need to hear was taken away since: take a snapshot. */
  public static final String FEED_COMPACTED = "feed-compacted";

  public static final String STORAGE_FULL = "storage-full";
  public static final String INTERNAL = "internal";

  public static Problem of(String code, String message) {
    return new Problem(code, message, null, null);
  }

  /** A gap; says which number is wanted. */
  public static Problem gap(String message, @Nullable Long expected) {
    return new Problem(GAP, message, expected, null);
  }
}
