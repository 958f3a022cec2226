/** What connecting to other systems needs: secrets that stay here, and messages that are theirs. */
@NullMarked
package dev.countersign.server.integration;

import org.jspecify.annotations.NullMarked;
