/** What devices pull: a dense sequence of current items per tenant, snapshots and pages. */
@NullMarked
package dev.countersign.server.feed;

import org.jspecify.annotations.NullMarked;
