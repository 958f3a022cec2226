package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.log.LogKey;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.ExportVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever takes an export slowly keeps nobody else from the data, and gets it whole. */
@ParameterizedClass
@EnumSource
class SlowExportTest {
  /** More than there are readers of a file, or connections to PostgreSQL. */
  private static final int SLOW = 12;

  @Parameter Stored stored;
  @TempDir Path data;

  /** Takes nothing until it is let go. */
  private static final class Stalled extends ByteArrayOutputStream {
    private final CountDownLatch reached;
    private final CountDownLatch go;

    Stalled(CountDownLatch reached, CountDownLatch go) {
      this.reached = reached;
      this.go = go;
    }

    private void await() throws IOException {
      reached.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      try {
        await();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      super.write(bytes, offset, length);
    }
  }

  @Test
  void twelveSlowTakersDoNotKeepATillFromTheServer() throws Exception {
    try (RunningServer shop = new RunningServer(data, stored);
        ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      CountDownLatch reached = new CountDownLatch(SLOW);
      CountDownLatch go = new CountDownLatch(1);
      List<Stalled> streams = new ArrayList<>();
      List<Future<?>> exports = new ArrayList<>();
      for (int i = 0; i < SLOW; i++) {
        Stalled stream = new Stalled(reached, go);
        streams.add(stream);
        exports.add(
            threads.submit(
                () -> {
                  shop.desk().export(shop.tenant.id(), stream);
                  return true;
                }));
      }
      try {
        Future<?> others =
            threads.submit(
                () -> {
                  reached.await();
                  shop.desk().books(shop.tenant.id());
                  return RawClient.of(shop.server).enrol(shop.tillTicket(), "Till");
                });
        assertThat(others.get(30, TimeUnit.SECONDS)).isNotNull();
      } finally {
        go.countDown();
        LongStream.range(0, SLOW).forEach(_ -> reached.countDown());
      }
      for (Future<?> export : exports) {
        export.get();
      }
      LogKey key = LogKey.parse(shop.desk().logKey(shop.tenant.id()));
      for (Stalled stream : streams) {
        assertThat(
                new ExportVerifier(key, Runnable::run)
                    .verify(new ByteArrayInputStream(stream.toByteArray())))
            .isInstanceOf(ExportReport.Sound.class);
      }
    }
  }
}
