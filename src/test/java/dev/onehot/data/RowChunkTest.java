package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowChunkTest {

  private static final byte[] TWO_ROWS = {0, 1, (byte) 128, (byte) 255};

  @Test
  void featuresAreUnsignedAndGoToTheFrontOfTheArray() {
    RowChunk chunk =
        new RowChunk(
            512,
            new int[] {3, 70_000},
            null,
            new dev.onehot.math.ByteRows(TWO_ROWS.length / 2, TWO_ROWS));
    float[] row = {-1, -1, -1};

    chunk.copyFeatures(0, row);
    assertThat(row).containsExactly(0, 1, -1);
    chunk.copyFeatures(1, row);
    assertThat(row).containsExactly(128, 255, -1);
    assertThat(chunk.label(1)).isEqualTo(70_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 784})
  void theFeaturesThatAreNotZeroHaveTheirColumns(int features) {
    Random random = new Random(features);
    for (int denseness : new int[] {1, 2, 20}) {
      byte[] values = new byte[3 * features];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(denseness) == 0 ? (byte) (1 + random.nextInt(255)) : 0;
      }
      RowChunk chunk =
          new RowChunk(0, null, null, new dev.onehot.math.ByteRows(values.length / 3, values));
      for (int r = 0; r < 3; r++) {
        int[] columns = new int[features];
        float[] into = new float[features];
        int count = chunk.copyNonZeros(r, columns, into);
        float[] row = new float[features];
        for (int i = 0; i < count; i++) {
          row[columns[i]] = into[i];
        }
        float[] expected = new float[features];
        chunk.copyFeatures(r, expected);
        assertThat(row).isEqualTo(expected);
        assertThat(Arrays.copyOf(columns, count)).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.copyOf(into, count)).doesNotContain(0);
      }
    }
  }

  @Test
  void rowsWithoutLabelsHaveNoneToGive() {
    RowChunk chunk =
        new RowChunk(0, null, null, new dev.onehot.math.ByteRows(TWO_ROWS.length / 2, TWO_ROWS));

    assertThat(chunk.labelled()).isFalse();
    assertThatThrownBy(() -> chunk.label(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rows without labels");
  }
}
