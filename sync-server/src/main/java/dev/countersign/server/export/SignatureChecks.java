package dev.countersign.server.export;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SignatureCheck;
import dev.countersign.common.crypto.VerifyKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Checks signatures beside the reading, a bounded number at once, and tells the first wrong one.
 */
final class SignatureChecks {
  private static final int UNDER_WAY = 32;

  private record Check(long line, CompletableFuture<Boolean> right) {}

  private final Executor executor;
  private final Queue<SignatureCheck> idle = new ConcurrentLinkedQueue<>();
  private final Deque<Check> underWay = new ArrayDeque<>();

  SignatureChecks(Executor executor) {
    this.executor = executor;
  }

  void add(long line, Envelope envelope, Hash hash, VerifyKey key) throws BrokenExportException {
    if (underWay.size() == UNDER_WAY) {
      await(underWay.removeFirst());
    }
    underWay.addLast(
        new Check(
            line, CompletableFuture.supplyAsync(() -> isRight(envelope, hash, key), executor)));
  }

  private boolean isRight(Envelope envelope, Hash hash, VerifyKey key) {
    SignatureCheck check = Objects.requireNonNullElseGet(idle.poll(), SignatureCheck::new);
    boolean right = envelope.verifiedBy(key, hash, check);
    idle.add(check);
    return right;
  }

  /** Waits for the rest. */
  void finish() throws BrokenExportException {
    while (!underWay.isEmpty()) {
      await(underWay.removeFirst());
    }
  }

  /** The first signature that is wrong among those under way, if one is. */
  Optional<BrokenExportException> firstBroken() {
    try {
      finish();
      return Optional.empty();
    } catch (BrokenExportException e) {
      return Optional.of(e);
    }
  }

  private static void await(Check check) throws BrokenExportException {
    if (!check.right.join()) {
      throw new BrokenExportException(
          check.line, "the batch is not signed by the device that the log registered");
    }
  }
}
