package dev.countersign.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.Slip;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration's papers, and the picture of them. */
class DemoPaperTest {
  @TempDir Path folder;

  @Test
  void thePictureShowsTheNewestPapersAndGrowsNoFurther() throws Exception {
    Path picture = folder.resolve("receipts.png");
    try (DemoPaper paper = new DemoPaper(picture, System::nanoTime)) {
      int[] high = new int[12];
      for (int i = 0; i < high.length; i++) {
        Slip slip = new Slip.Builder().title("CASH OUT").left("Reason: milk").build("Slip", false);
        assertThat(paper.print(slip)).isEqualTo(new PrintOutcome.Printed(true));
        assertThat(paper.papers()).isEqualTo(i + 1);
        BufferedImage image = ImageIO.read(picture.toFile());
        high[i] = image.getHeight();
      }
      assertThat(high[1]).isGreaterThan(high[0]);
      assertThat(high[11]).isEqualTo(high[10]);
    }
  }
}
