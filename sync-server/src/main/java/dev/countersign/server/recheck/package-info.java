/** Reading a log's stored entries and payloads again, night after night, and saying what is off. */
@NullMarked
package dev.countersign.server.recheck;

import org.jspecify.annotations.NullMarked;
