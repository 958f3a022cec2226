package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.sql.Db;
import java.time.InstantSource;
import java.util.UUID;

/**
 * One tenant's data and keys, lent for one piece of work. A scope for writing is handed out inside
 * an open transaction, under the tenant's lock: what is done through it becomes durable together
 * when the work returns, and none of it when the work throws. So nobody who holds a scope opens or
 * ends a transaction. Not to be kept after the work.
 *
 * @param currency the tenant's ISO 4217 code
 * @param environment of the whole server, and of every device
 * @param db the tenant's data; everything that can be seen through it belongs to this tenant
 * @param logKey signs the tenant's checkpoints
 * @param logOrigin the log's name in its checkpoints
 * @param serverKey signs acknowledgements and certificates
 * @param sealingKey seals what is kept in the tenant's data and must not be readable there; comes
 *     from the tenant's key
 * @param wipeKey the X25519 key that devices seal to
 * @param clock the server's wall clock
 */
public record TenantScope(
    UUID tenantId,
    String currency,
    Environment environment,
    Db db,
    SigningKey logKey,
    String logOrigin,
    SigningKey serverKey,
    Secret sealingKey,
    Secret wipeKey,
    InstantSource clock) {}
