package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowChunkTest {

  private static final byte[] TWO_ROWS = {0, 1, (byte) 128, (byte) 255};

  @Test
  void featuresAreUnsignedAndGoToTheFrontOfTheArray() {
    RowChunk chunk = new RowChunk(512, 2, new int[] {3, 70_000}, TWO_ROWS);
    float[] row = {-1, -1, -1};

    chunk.copyFeatures(0, row);
    assertThat(row).containsExactly(0, 1, -1);
    chunk.copyFeatures(1, row);
    assertThat(row).containsExactly(128, 255, -1);
    assertThat(chunk.label(1)).isEqualTo(70_000);
  }

  @Test
  void rowsWithoutLabelsHaveNoneToGive() {
    RowChunk chunk = new RowChunk(0, 2, null, TWO_ROWS);

    assertThat(chunk.labelled()).isFalse();
    assertThatThrownBy(() -> chunk.label(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rows without labels");
  }
}
