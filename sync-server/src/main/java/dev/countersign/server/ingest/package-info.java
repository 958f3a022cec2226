/** Taking in batches: verify, judge, write, acknowledge; and the books that come of it. */
@NullMarked
package dev.countersign.server.ingest;

import org.jspecify.annotations.NullMarked;
