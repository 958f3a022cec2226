/** The only way to a tenant's data: whoever has no scope has no database. */
@NullMarked
package dev.countersign.server.tenant;

import org.jspecify.annotations.NullMarked;
