package dev.countersign.common.protocol;

/** Limits that both sides hold. Sizes in bytes. */
public final class Limits {
  /** Changes in one batch at most. */
  public static final int BATCH_CHANGES = 500;

  /** One batch's encoded payload at most, before compression. */
  public static final int BATCH_BYTES = 1 << 20;

  /** One compressed request body at most. */
  public static final int REQUEST_BYTES = 1 << 20;

  /** One request body at most after decompression. */
  public static final int INFLATED_BYTES = 8 << 20;

  /** Feed items in one page at most. */
  public static final int FEED_PAGE = 500;

  /** Minutes an enrolment code lives. */
  public static final int CODE_MINUTES = 10;

  /** Wrong tries that end an enrolment code. */
  public static final int CODE_TRIES = 5;

  private Limits() {}
}
