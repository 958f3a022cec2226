package dev.countersign.client.sync;

import dev.countersign.common.protocol.Problem;
import java.util.Arrays;

/** Why sending has ended for good until a person acts. */
public enum StopReason {
  /** The server holds another batch under the same number: this device exists twice. */
  FORKED(Problem.FORK),
  /** The server has frozen this device. */
  FROZEN(Problem.FROZEN),
  /** The server is of another environment than this device's certificate. */
  OTHER_ENVIRONMENT(Problem.OTHER_ENVIRONMENT),
  /** The server's log is smaller than, or another than, the one this device has witnessed. */
  LOG_CONTRADICTED("log-contradicted"),
  /** The server takes no batch of this size; sending the same bytes again cannot help. */
  BATCH_NOT_UNDERSTOOD("batch-not-understood"),
  /** The server wants a batch that this device does not have. */
  BATCH_MISSING("batch-missing");

  private final String code;

  StopReason(String code) {
    this.code = code;
  }

  /** As it is stored, and read out on the telephone. */
  public String code() {
    return code;
  }

  /** The reason of a stored code; one that this program does not know counts as frozen. */
  static StopReason of(String code) {
    return Arrays.stream(values()).filter(r -> r.code.equals(code)).findFirst().orElse(FROZEN);
  }
}
