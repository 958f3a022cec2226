package dev.countersign.client.ledger;

import dev.countersign.common.protocol.CustomerDetails;
import java.util.UUID;

/**
 * A customer of the business.
 *
 * @param commitment to the details, by which changes name them
 */
public record Customer(UUID id, String commitment, CustomerDetails details) {}
