/** Looking after people and roles: what is done to them, by whom, and what devices hear of it. */
@NullMarked
package dev.countersign.server.people;

import org.jspecify.annotations.NullMarked;
