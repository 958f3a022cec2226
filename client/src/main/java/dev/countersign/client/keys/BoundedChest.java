package dev.countersign.client.keys;

import dev.countersign.client.keys.KeyChestException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A chest whose silence is an answer: every call ends within a bound. */
public final class BoundedChest implements KeyChest {
  /** How long a key store may take. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KeyChest chest;
  private final Duration patience;

  public BoundedChest(KeyChest chest, Duration patience) {
    this.chest = chest;
    this.patience = patience;
  }

  @Override
  public String kind() {
    return chest.kind();
  }

  @Override
  public String title() {
    return chest.title();
  }

  @Override
  public boolean isWeaker() {
    return chest.isWeaker();
  }

  @Override
  public Optional<byte[]> read(String name) throws KeyChestException {
    return within(() -> chest.read(name));
  }

  @Override
  public void write(String name, byte[] value) throws KeyChestException {
    within(
        () -> {
          chest.write(name, value);
          return true;
        });
  }

  @Override
  public void remove(String name) throws KeyChestException {
    within(
        () -> {
          chest.remove(name);
          return true;
        });
  }

  private interface Call<T> {
    T run() throws KeyChestException;
  }

  /** On a daemon thread of its own: native key stores do not listen to interruption. */
  private <T> T within(Call<T> call) throws KeyChestException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("key-chest")
        .start(
            () -> {
              try {
                answer.complete(call.run());
              } catch (KeyChestException | RuntimeException | LinkageError e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw hanging(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw hanging(e);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    }
  }

  private static KeyChestException failed(@Nullable Throwable cause) {
    return cause instanceof KeyChestException known
        ? known
        : new KeyChestException(Reason.MISSING, "the key chest failed", cause);
  }

  private KeyChestException hanging(Exception cause) {
    return new KeyChestException(
        Reason.HANGING, chest.title() + " did not answer within " + patience, cause);
  }
}
