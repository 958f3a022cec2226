package dev.countersign.common.sale;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer whose basket it is.
 *
 * @param terms how they buy, or null for somebody who was granted nothing
 */
public record Buyer(UUID id, String name, @Nullable CustomerTerms terms) {
  /** The list by which they buy, or null for the usual prices. */
  public @Nullable UUID priceList() {
    return terms == null ? null : terms.priceList();
  }

  /** Why they pay no tax; empty when they do. */
  public String exemption() {
    return terms == null ? "" : terms.exemption();
  }
}
