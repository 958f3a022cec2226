package dev.countersign.common.protocol;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The server's countersignature under a batch: sent back sealed in an envelope of type {@link
 * #PAYLOAD_TYPE}, signed with the server key that the device certificate named.
 *
 * @param batchHash SHA-256 of the batch's payload bytes, hexadecimal
 * @param verdicts one per change, in the batch's order
 * @param checkpoint the log's signed checkpoint after this batch, whole
 */
public record Acknowledgement(
    UUID tenant,
    UUID device,
    long batch,
    String batchHash,
    Instant received,
    List<Judged> verdicts,
    String checkpoint) {
  /** The DSSE payload type of an acknowledgement. */
  public static final String PAYLOAD_TYPE = "application/vnd.countersign.ack.v1+json";

  public Acknowledgement {
    verdicts = verdicts == null ? List.of() : List.copyOf(verdicts);
  }

  /**
   * The verdict on one change.
   *
   * @param number the change's number on its device
   * @param code why it is not plainly accepted, empty when it is; several joined by {@code ","}
   * @param logIndex its index in the audit log
   */
  public record Judged(long number, Verdict verdict, String code, long logIndex) {
    public Judged {
      code = code == null ? "" : code;
    }
  }
}
