package dev.countersign.client.device;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** A receipt as the bytes of an ESC/POS printer. Immutable, safe for any thread. */
public final class EscPosReceipt {
  private final PrinterProfile printer;
  private final Alphabet alphabet;
  private final PrintFonts fonts;
  private final ReceiptText text;
  private final ReceiptTemplate template;

  /** Prints what the template shows in what the printer can. */
  public EscPosReceipt(
      PrinterProfile printer, ReceiptWords words, ReceiptTemplate template, PrintFonts fonts) {
    this.printer = printer;
    this.fonts = fonts;
    this.template = template;
    this.alphabet = new Alphabet(printer.pages(), printer.pictures() ? fonts : null);
    this.text = new ReceiptText(printer.columns(), words, alphabet::printable, template);
  }

  /** Characters in a line. */
  int columns() {
    return printer.columns();
  }

  /** What is printed, line by line. */
  public List<ReceiptLine> lines(Receipt receipt) {
    return text.lay(receipt);
  }

  /**
   * The receipt in pieces of whole commands: drawer first, since the customer waits for change,
   * then paper, then cut.
   *
   * @param afterHalf true when half of a receipt hangs out of the printer: it is cut off first, so
   *     that the whole one is a paper of its own
   */
  public List<byte[]> pieces(Receipt receipt, boolean afterHalf) {
    EscPos job = new EscPos(printer, alphabet, fonts);
    if (afterHalf) {
      job.end();
    }
    if (receipt.opensDrawer()) {
      job.kick();
    }
    Bitmap logo = template.logoFor(printer);
    if (logo != null) {
      job.picture(logo, true);
    }
    lines(receipt).forEach(job::line);
    String check = receipt.check();
    if (check != null && template.code()) {
      job.qr(check);
    }
    job.end();
    return job.pieces();
  }

  /**
   * A paper of a shift or a drawer, as {@link #pieces(Receipt, boolean)}; without logo and code.
   */
  public List<byte[]> pieces(Slip slip, boolean afterHalf) {
    EscPos job = new EscPos(printer, alphabet, fonts);
    if (afterHalf) {
      job.end();
    }
    if (slip.opensDrawer()) {
      job.kick();
    }
    slip.lay(printer.columns(), alphabet::printable).forEach(job::line);
    job.end();
    return job.pieces();
  }

  /** The whole receipt. */
  public byte[] bytes(Receipt receipt) {
    return joined(pieces(receipt, false));
  }

  static byte[] joined(List<byte[]> pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    pieces.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
