package dev.countersign.client.ledger;

import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.sale.CustomerTerms;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the business.
 *
 * @param commitment to the details, by which changes name them
 * @param terms how they buy, or null for somebody who was granted nothing
 */
public record Customer(
    UUID id, String commitment, CustomerDetails details, @Nullable CustomerTerms terms) {}
