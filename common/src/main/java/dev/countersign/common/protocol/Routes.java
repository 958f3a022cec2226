package dev.countersign.common.protocol;

/** The paths of the server's interface. */
public final class Routes {
  public static final String HEALTH = "/health";
  public static final String ENROLMENTS = "/v1/enrolments";
  public static final String CHALLENGES = "/v1/challenges";
  public static final String SESSIONS = "/v1/sessions";
  public static final String BATCHES = "/v1/batches";
  public static final String SNAPSHOT = "/v1/snapshot";
  public static final String FEED = "/v1/feed";

  /** Signed checkpoint of one tenant's log; {@code {tenant}} is its id. */
  public static final String CHECKPOINT = "/v1/log/{tenant}/checkpoint";

  /** Query: {@code index}, {@code size}. */
  public static final String INCLUSION = "/v1/log/{tenant}/inclusion";

  /** Query: {@code from}, {@code to} (tree sizes). */
  public static final String CONSISTENCY = "/v1/log/{tenant}/consistency";

  private Routes() {}
}
