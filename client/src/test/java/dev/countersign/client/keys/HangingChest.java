package dev.countersign.client.keys;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Takes a question and gives no answer until it is let go. */
record HangingChest(CountDownLatch never) implements KeyChest {
  @Override
  public String kind() {
    return "hanging";
  }

  @Override
  public String title() {
    return "Hanging";
  }

  @Override
  public boolean isWeaker() {
    return false;
  }

  @Override
  public Optional<byte[]> read(String name) {
    try {
      never.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  @Override
  public void write(String name, byte[] value) {
    read(name);
  }

  @Override
  public void remove(String name) {
    read(name);
  }
}
