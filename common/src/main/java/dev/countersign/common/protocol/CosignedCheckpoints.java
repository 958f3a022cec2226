package dev.countersign.common.protocol;

import java.util.List;
import java.util.UUID;

/** The newest checkpoint that each device of a business has cosigned. */
public record CosignedCheckpoints(List<Of> newest) {
  public CosignedCheckpoints {
    newest = newest == null ? List.of() : List.copyOf(newest);
  }

  /**
   * One device's word.
   *
   * @param checkpoint a C2SP checkpoint with the log's signature and the device's cosignature
   */
  public record Of(UUID device, String checkpoint) {}
}
