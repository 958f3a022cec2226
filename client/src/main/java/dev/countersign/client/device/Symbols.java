package dev.countersign.client.device;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.oned.Code128Writer;
import com.google.zxing.oned.EAN13Writer;
import com.google.zxing.oned.EAN8Writer;
import com.google.zxing.oned.ITFWriter;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import dev.countersign.common.catalogue.Gtin;
import java.util.Map;

/**
 * Barcodes and QR codes as dots, each module a whole number of them, so that scanners read them.
 */
final class Symbols {
  private static final String ZEROS = "000000";

  private Symbols() {}

  /**
   * Error correction M, with the quiet zone that the standard asks for (ISO/IEC 18004: four
   * modules).
   *
   * @throws IllegalArgumentException when it is too long for a QR code
   */
  static Bitmap qr(String content, int dotsToAModule) {
    try {
      BitMatrix modules =
          new QRCodeWriter()
              .encode(
                  content,
                  BarcodeFormat.QR_CODE,
                  1,
                  1,
                  Map.of(
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.M,
                      EncodeHintType.MARGIN,
                      4));
      return enlarged(modules, dotsToAModule, dotsToAModule);
    } catch (WriterException e) {
      throw new IllegalArgumentException("no QR code of " + content.length() + " characters", e);
    }
  }

  /**
   * A product's barcode in the form that its number has: EAN-8, EAN-13 (UPC-A is one with a leading
   * zero) or ITF-14; whatever is no trade item number is Code 128.
   *
   * @param height of the bars in dots
   * @throws IllegalArgumentException when it cannot be a barcode
   */
  static Bitmap barcode(String code, int dotsToAModule, int height) {
    Map<EncodeHintType, ?> quiet = Map.of(EncodeHintType.MARGIN, 20);
    String digits = Gtin.parse(code).map(Gtin::digits14).orElse("");
    BitMatrix bars;
    if (digits.startsWith(ZEROS)) {
      bars = new EAN8Writer().encode(digits.substring(6), BarcodeFormat.EAN_8, 1, 1, quiet);
    } else if (digits.startsWith("0")) {
      bars = new EAN13Writer().encode(digits.substring(1), BarcodeFormat.EAN_13, 1, 1, quiet);
    } else if (!digits.isEmpty()) {
      bars = new ITFWriter().encode(digits, BarcodeFormat.ITF, 1, 1, quiet);
    } else {
      bars = new Code128Writer().encode(code, BarcodeFormat.CODE_128, 1, 1, quiet);
    }
    return enlarged(bars, dotsToAModule, height);
  }

  /** What stands under the bars: as many digits as the barcode has. */
  static String digits(String code) {
    String digits = Gtin.parse(code).map(Gtin::digits14).orElse(code);
    return digits.startsWith(ZEROS)
        ? digits.substring(6)
        : digits.length() == 14 && digits.startsWith("0") ? digits.substring(1) : digits;
  }

  private static Bitmap enlarged(BitMatrix modules, int wide, int high) {
    Bitmap dots = new Bitmap(modules.getWidth() * wide, modules.getHeight() * high);
    for (int y = 0; y < dots.height(); y++) {
      for (int x = 0; x < dots.width(); x++) {
        if (modules.get(x / wide, y / high)) {
          dots.blacken(x, y);
        }
      }
    }
    return dots;
  }
}
