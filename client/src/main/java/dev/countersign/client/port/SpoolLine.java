package dev.countersign.client.port;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.print.Doc;
import javax.print.DocFlavor;
import javax.print.DocPrintJob;
import javax.print.PrintException;
import javax.print.PrintService;
import javax.print.PrintServiceLookup;
import javax.print.SimpleDoc;
import javax.print.event.PrintJobAdapter;
import javax.print.event.PrintJobEvent;

/**
 * A printer of the system, by its queue: the bytes are kept together and handed over as one job, as
 * they are, when they are whole. What the queue does afterwards only the system knows.
 */
public final class SpoolLine implements DeviceLine {
  private final PrintService queue;
  private final ByteArrayOutputStream job = new ByteArrayOutputStream();

  private SpoolLine(PrintService queue) {
    this.queue = queue;
  }

  /** The system's queues that take bytes as they are. */
  public static List<String> names() {
    return Arrays.stream(PrintServiceLookup.lookupPrintServices(RAW, null))
        .map(PrintService::getName)
        .toList();
  }

  private static final DocFlavor RAW = DocFlavor.BYTE_ARRAY.AUTOSENSE;

  /**
   * @throws NoSuchFileException when the system has no queue of this name
   */
  public static SpoolLine to(String name) throws IOException {
    return Arrays.stream(PrintServiceLookup.lookupPrintServices(RAW, null))
        .filter(queue -> queue.getName().equals(name))
        .findFirst()
        .map(SpoolLine::new)
        .orElseThrow(() -> new NoSuchFileException(name));
  }

  @Override
  public int write(byte[] bytes, int offset, int length, Duration patience) {
    job.write(bytes, offset, length);
    return length;
  }

  @Override
  public int read(Duration patience) {
    return NOTHING;
  }

  @Override
  public boolean answers() {
    return false;
  }

  @Override
  public void finish(Duration patience) throws IOException {
    DocPrintJob print = queue.createPrintJob();
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    print.addPrintJobListener(
        new PrintJobAdapter() {
          @Override
          public void printDataTransferCompleted(PrintJobEvent event) {
            taken.complete(true);
          }

          @Override
          public void printJobCompleted(PrintJobEvent event) {
            taken.complete(true);
          }

          @Override
          public void printJobFailed(PrintJobEvent event) {
            taken.complete(false);
          }
        });
    try {
      Doc doc = new SimpleDoc(job.toByteArray(), RAW, null);
      print.print(doc, null);
      if (!taken.get(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the queue " + queue.getName() + " refused the job");
      }
    } catch (PrintException | ExecutionException e) {
      throw new IOException("the queue " + queue.getName() + ": " + e.getMessage(), e);
    } catch (TimeoutException _) {
      // Handed over without a complaint; not every queue says more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while the queue took the job", e);
    }
  }

  @Override
  public void close() {
    job.reset();
  }
}
