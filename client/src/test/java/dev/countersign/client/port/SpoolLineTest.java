package dev.countersign.client.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import javax.print.Doc;
import javax.print.DocFlavor;
import javax.print.DocPrintJob;
import javax.print.PrintException;
import javax.print.PrintService;
import javax.print.PrintServiceLookup;
import javax.print.ServiceUIFactory;
import javax.print.attribute.Attribute;
import javax.print.attribute.AttributeSet;
import javax.print.attribute.HashPrintJobAttributeSet;
import javax.print.attribute.HashPrintServiceAttributeSet;
import javax.print.attribute.PrintJobAttributeSet;
import javax.print.attribute.PrintRequestAttributeSet;
import javax.print.attribute.PrintServiceAttribute;
import javax.print.attribute.PrintServiceAttributeSet;
import javax.print.event.PrintJobAttributeListener;
import javax.print.event.PrintJobEvent;
import javax.print.event.PrintJobListener;
import javax.print.event.PrintServiceAttributeListener;
import org.junit.jupiter.api.Test;

/** Through the system's own printing, into a queue that is registered there. */
class SpoolLineTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  @Test
  void theBytesReachTheQueueAsOneJobAndAsTheyAre() throws Exception {
    Queue queue = new Queue("Front desk", true);
    PrintServiceLookup.registerService(queue);
    assertThat(SpoolLine.names()).contains("Front desk");
    try (SpoolLine line = SpoolLine.to("Front desk")) {
      line.write(new byte[] {0x1b, '@', 'a'}, 0, 3, SOON);
      line.write(new byte[] {9, 'b', 9}, 1, 1, SOON);
      assertThat(queue.printed.size()).as("nothing before it is whole").isZero();
      line.finish(SOON);
    }
    assertThat(queue.printed.toByteArray()).containsExactly(0x1b, '@', 'a', 'b');
  }

  @Test
  void aQueueThatRefusesIsSaid() throws Exception {
    PrintServiceLookup.registerService(new Queue("Broken desk", false));
    try (SpoolLine line = SpoolLine.to("Broken desk")) {
      line.write(new byte[] {'a'}, 0, 1, SOON);
      assertThatThrownBy(() -> line.finish(SOON)).isInstanceOf(IOException.class);
    }
  }

  /** A printer as the system's printing knows one. */
  private static final class Queue implements PrintService {
    private final String name;
    private final boolean takes;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    Queue(String name, boolean takes) {
      this.name = name;
      this.takes = takes;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public DocPrintJob createPrintJob() {
      return new Job(this);
    }

    @Override
    public DocFlavor[] getSupportedDocFlavors() {
      return new DocFlavor[] {DocFlavor.BYTE_ARRAY.AUTOSENSE};
    }

    @Override
    public boolean isDocFlavorSupported(DocFlavor flavor) {
      return DocFlavor.BYTE_ARRAY.AUTOSENSE.equals(flavor);
    }

    @Override
    public void addPrintServiceAttributeListener(PrintServiceAttributeListener listener) {}

    @Override
    public void removePrintServiceAttributeListener(PrintServiceAttributeListener listener) {}

    @Override
    public PrintServiceAttributeSet getAttributes() {
      return new HashPrintServiceAttributeSet();
    }

    @Override
    public <T extends PrintServiceAttribute> T getAttribute(Class<T> category) {
      return null;
    }

    @Override
    public Class<?>[] getSupportedAttributeCategories() {
      return new Class<?>[0];
    }

    @Override
    public boolean isAttributeCategorySupported(Class<? extends Attribute> category) {
      return false;
    }

    @Override
    public Object getDefaultAttributeValue(Class<? extends Attribute> category) {
      return null;
    }

    @Override
    public Object getSupportedAttributeValues(
        Class<? extends Attribute> category, DocFlavor flavor, AttributeSet attributes) {
      return null;
    }

    @Override
    public boolean isAttributeValueSupported(
        Attribute value, DocFlavor flavor, AttributeSet attributes) {
      return false;
    }

    @Override
    public AttributeSet getUnsupportedAttributes(DocFlavor flavor, AttributeSet attributes) {
      return null;
    }

    @Override
    public ServiceUIFactory getServiceUIFactory() {
      return null;
    }
  }

  private static final class Job implements DocPrintJob {
    private final Queue queue;
    private PrintJobListener listener;

    Job(Queue queue) {
      this.queue = queue;
    }

    @Override
    public PrintService getPrintService() {
      return queue;
    }

    @Override
    public PrintJobAttributeSet getAttributes() {
      return new HashPrintJobAttributeSet();
    }

    @Override
    public void addPrintJobListener(PrintJobListener each) {
      listener = each;
    }

    @Override
    public void removePrintJobListener(PrintJobListener each) {}

    @Override
    public void addPrintJobAttributeListener(
        PrintJobAttributeListener each, PrintJobAttributeSet attributes) {}

    @Override
    public void removePrintJobAttributeListener(PrintJobAttributeListener each) {}

    @Override
    public void print(Doc doc, PrintRequestAttributeSet attributes) throws PrintException {
      if (!queue.takes) {
        listener.printJobFailed(new PrintJobEvent(this, PrintJobEvent.JOB_FAILED));
        return;
      }
      try {
        queue.printed.writeBytes((byte[]) doc.getPrintData());
      } catch (IOException e) {
        throw new PrintException(e);
      }
      listener.printJobCompleted(new PrintJobEvent(this, PrintJobEvent.JOB_COMPLETE));
    }
  }
}
