package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.OpenPayment;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is paid or given back now. Whoever unlocks the till goes on with it: the terminal may have
 * answered meanwhile.
 *
 * @param payment as it stands
 * @param screen shows it to whoever is at the till
 */
record InHand(Supplier<OpenPayment> payment, Consumer<Approvals> screen) {}
