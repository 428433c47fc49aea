package dev.onehot.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest {

  private static BufferedImage read(String uri) throws IOException {
    String start = "data:image/png;base64,";
    assertThat(uri).startsWith(start);
    byte[] png = Base64.getDecoder().decode(uri.substring(start.length()));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void javaReadsTheShadesOfGreyThatWereWritten() throws IOException {
    BufferedImage image = read(new Picture(2, 3, new double[] {0, 7, 128, 254, 255, 300}).grey());
    assertThat(image.getHeight()).isEqualTo(2);
    assertThat(image.getWidth()).isEqualTo(3);
    assertThat(image.getRaster().getPixels(0, 0, 3, 2, (int[]) null))
        .containsExactly(0, 7, 128, 254, 255, 255);
  }

  @Test
  void weightsAreBlueBelow0AndOrangeAboveAndTransparentAt0() throws IOException {
    BufferedImage image = read(new Picture(1, 4, new double[] {-9, 0, 1, 2}).diverging(2));
    assertThat(image.getRGB(0, 0)).isEqualTo(0xff1f77d0);
    assertThat(image.getRGB(1, 0) >>> 24).isZero();
    assertThat(image.getRGB(2, 0)).isEqualTo(0x88e66100);
    assertThat(image.getRGB(3, 0)).isEqualTo(0xffe66100);
  }

  @Test
  void weightsThatAreAll0AreAnEmptyPicture() throws IOException {
    assertThat(read(new Picture(1, 1, new double[] {0}).diverging(0)).getRGB(0, 0) >>> 24).isZero();
  }

  @Test
  void aLargePictureIsMadeSmallerByMeans() {
    Picture small = new Picture(2, 3, new double[] {0, 2, 5, 4, 6, 7}).atMost(2);
    assertThat(small.height()).isEqualTo(1);
    assertThat(small.width()).isEqualTo(2);
    assertThat(small.values()).containsExactly(3, 6);
  }

  @Test
  void aSmallPictureStaysAsItIs() {
    Picture picture = new Picture(2, 2, new double[] {1, 2, 3, 4});
    assertThat(picture.atMost(2)).isSameAs(picture);
  }

  @Test
  void fewLargeWeightsDoNotSetTheScale() {
    double[] weights = new double[1000];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i < 5 ? -1000 : i % 2;
    }
    assertThat(Picture.limit(weights)).isEqualTo(1);
  }
}
