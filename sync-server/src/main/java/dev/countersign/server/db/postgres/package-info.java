/**
 * PostgreSQL as the place of tenants' data: partitions, row level security, three roles, a pool.
 */
@NullMarked
package dev.countersign.server.db.postgres;

import org.jspecify.annotations.NullMarked;
