package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.HeldBackRows.By;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeldBackSourceTest {

  private static final int FEATURES = 11;
  private static final int ROWS = 512;

  private final byte[] values = values();

  @ParameterizedTest
  @EnumSource(By.class)
  void aChunkGivesItsHeldBackRowsWithTheirPositionsLabelsAndFeatures(By by) {
    HeldBackRows heldBack = new HeldBackRows(0.3, 5, by);
    int[] labels = IntStream.range(0, ROWS).map(r -> r % 10).toArray();
    RowChunk chunk =
        new RowChunk(
            1000, labels, null, new dev.onehot.math.ByteRows(values.length / ROWS, values));
    List<Long> positions = new ArrayList<>();
    for (RowChunk run : chunk.only(heldBack)) {
      assertThat(run.features()).isEqualTo(FEATURES);
      for (int r = 0; r < run.rows(); r++) {
        long position = run.firstPosition() + r;
        positions.add(position);
        int row = (int) (position - 1000);
        assertThat(run.label(r)).isEqualTo(labels[row]);
        float[] features = new float[FEATURES];
        run.copyFeatures(r, features);
        for (int j = 0; j < FEATURES; j++) {
          assertThat(features[j]).isEqualTo(values[row * FEATURES + j] & 0xff);
        }
      }
    }
    List<Long> expected = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      if (by == By.POSITION
          ? heldBack.contains(1000L + r)
          : heldBack.contains(values, r * FEATURES, FEATURES)) {
        expected.add(1000L + r);
      }
    }
    assertThat(positions).isEqualTo(expected).hasSizeBetween(100, 210);
    assertThat(new TreeSet<>(positions)).hasSameSizeAs(positions);
  }

  @Test
  void aChunkWithoutHeldBackRowsGivesNothing() {
    RowChunk chunk =
        new RowChunk(0, null, null, new dev.onehot.math.ByteRows(values.length / ROWS, values));
    assertThat(chunk.only(HeldBackRows.none())).isEmpty();
    assertThat(chunk.only(new HeldBackRows(1e-9, 0))).isEmpty();
  }

  @Test
  void rowsWithoutLabelsHaveNoneAfterwards() {
    RowChunk chunk =
        new RowChunk(0, null, null, new dev.onehot.math.ByteRows(values.length / ROWS, values));
    assertThat(chunk.only(new HeldBackRows(0.5, 0))).isNotEmpty().noneMatch(RowChunk::labelled);
  }

  @Test
  void itIsLikeItsSourceButForTheNumberOfRows() {
    ArraySource source = new ArraySource(FEATURES, values, new int[ROWS]);
    HeldBackSource heldBack = new HeldBackSource(source, new HeldBackRows(0.3, 5), 150);
    assertThat(heldBack.rows()).isEqualTo(150);
    assertThat(heldBack.features()).isEqualTo(FEATURES);
    assertThat(heldBack.values()).isEqualTo(source.values());
    assertThat(heldBack.labelled()).isTrue();
    assertThat(heldBack.description()).isEqualTo("rows held back of rows in memory");
  }

  private static byte[] values() {
    byte[] bytes = new byte[ROWS * FEATURES];
    new Random(3).nextBytes(bytes);
    return bytes;
  }
}
