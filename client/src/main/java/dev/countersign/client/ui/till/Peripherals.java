package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Counter;
import dev.countersign.client.flow.Mailing;
import dev.countersign.client.flow.Printing;

/** What stands around a till, as its screens use it. */
public record Peripherals(
    Printing printing, Counter counter, Mailing mailing, CustomerWindow display) {}
