package dev.countersign.client.ledger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who wants to know that something was written; told after the commit, outside every lock. */
final class Listeners {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  void add(Runnable listener) {
    listeners.add(listener);
  }

  void remove(Runnable listener) {
    listeners.remove(listener);
  }

  void tell() {
    listeners.forEach(Runnable::run);
  }
}
