package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.InputException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowSourceTest {

  @Test
  void testRowsWithAsManyFeaturesFitWhetherPicturesOrNot() {
    RowSource pictures = new Pictures(new ImageShape(2, 6));

    assertThatCode(() -> rows(12).requireFeaturesOf(rows(12))).doesNotThrowAnyException();
    assertThatCode(() -> rows(12).requireFeaturesOf(pictures)).doesNotThrowAnyException();
    assertThatCode(() -> pictures.requireFeaturesOf(rows(12))).doesNotThrowAnyException();
    assertThatCode(() -> pictures.requireFeaturesOf(pictures)).doesNotThrowAnyException();
  }

  @Test
  void picturesOfAnotherSizeAreRefusedEvenWithAsManyPixels() {
    RowSource training = new Pictures(new ImageShape(2, 6));
    RowSource test = new Pictures(new ImageShape(3, 4));

    assertThatThrownBy(() -> test.requireFeaturesOf(training))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "3x4 pictures: test images of 3x4 pixels, but the training images of 2x6 pictures have"
                + " 2x6; they must have one size");
  }

  @Test
  void anotherNumberOfFeaturesIsRefused() {
    assertThatThrownBy(() -> rows(13).requireFeaturesOf(rows(12)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "rows in memory: test rows of 13 features, but the training rows of rows in memory have"
                + " 12; they must have as many");
  }

  private static RowSource rows(int features) {
    return new ArraySource(features, new byte[features], new int[1]);
  }

  private record Pictures(ImageShape shape) implements RandomAccessSource {

    @Override
    public long rows() {
      return 1;
    }

    @Override
    public int features() {
      return shape.features();
    }

    @Override
    public Optional<ImageShape> pictures() {
      return Optional.of(shape);
    }

    @Override
    public String description() {
      return shape + " pictures";
    }

    @Override
    public void read(long position, int rows, byte[] values, int[] labels) {}
  }
}
