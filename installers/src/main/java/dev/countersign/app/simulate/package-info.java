/**
 * One seed drives clocks, network, disks, crashes and people against the real client and server.
 */
@NullMarked
package dev.countersign.app.simulate;

import org.jspecify.annotations.NullMarked;
