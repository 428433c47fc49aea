package dev.onehot.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckpointFormatTest {

  @Test
  void whatIsReadIsWhatWasWrittenToTheBit() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 20; round++) {
      // More than a chunk of numbers now and then.
      TrainingSnapshot written =
          Snapshots.random(random.nextInt(5), random.nextInt(20_000), random);
      byte[] bytes = bytes(written);
      CheckpointFormat.verify(new ByteArrayInputStream(bytes), bytes.length);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      assertThat(CheckpointFormat.readHeader(in)).isEqualTo(Snapshots.HEADER);
      TrainingSnapshot read = CheckpointFormat.readSnapshot(in);
      assertThat(read.arrays()).containsOnlyKeys(written.arrays().keySet());
      for (Map.Entry<String, double[]> array : written.arrays().entrySet()) {
        assertThat(bits(read.arrays().get(array.getKey()))).isEqualTo(bits(array.getValue()));
      }
      assertThat(read.history()).hasSameSizeAs(written.history());
      for (int i = 0; i < read.history().size(); i++) {
        assertThat(text(read.history().get(i))).isEqualTo(text(written.history().get(i)));
      }
    }
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] bytes = bytes(Snapshots.random(2, 30, new Random(2)));
    for (int length = 0; length < bytes.length; length++) {
      assertDamaged(Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void everyFlippedBitAndTrailingByteIsRefused() throws IOException {
    byte[] bytes = bytes(Snapshots.random(2, 30, new Random(3)));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertDamaged(flipped);
    }
    assertDamaged(Arrays.copyOf(bytes, bytes.length + 1));
  }

  @Test
  void aFileThatEndsBeforeItsLengthIsRefused() throws IOException {
    byte[] bytes = bytes(Snapshots.random(1, 30, new Random(4)));
    assertThatExceptionOfType(DamagedCheckpointException.class)
        .isThrownBy(
            () -> CheckpointFormat.verify(new ByteArrayInputStream(bytes), bytes.length + 100));
  }

  @Test
  void somethingElseWithAFittingSumIsRefused() throws Exception {
    byte[] other = bytes(Snapshots.random(1, 3, new Random(5)));
    other[0] = 'X';
    assertThatExceptionOfType(DamagedCheckpointException.class)
        .isThrownBy(() -> readHeader(withNewSum(other)))
        .withMessage("is no checkpoint");
  }

  @Test
  void anotherVersionIsToldFromDamage() throws Exception {
    byte[] newer =
        ofVersion(bytes(Snapshots.random(1, 3, new Random(6))), CheckpointFormat.VERSION + 1);
    CheckpointFormat.verify(new ByteArrayInputStream(newer), newer.length);
    assertThatExceptionOfType(ForeignVersionException.class)
        .isThrownBy(() -> readHeader(newer))
        .withMessage("has format version 6, but this Onehot reads version 5");
  }

  /** An undamaged file of another version. */
  static byte[] ofVersion(byte[] bytes, int version) throws Exception {
    byte[] other = bytes.clone();
    other[11] = (byte) version;
    return withNewSum(other);
  }

  static byte[] bytes(TrainingSnapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointFormat.write(out, Snapshots.HEADER, snapshot);
    return out.toByteArray();
  }

  private static byte[] withNewSum(byte[] bytes) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bytes, 0, bytes.length - 32);
    System.arraycopy(digest.digest(), 0, bytes, bytes.length - 32, 32);
    return bytes;
  }

  private static CheckpointHeader readHeader(byte[] bytes) throws IOException {
    return CheckpointFormat.readHeader(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static void assertDamaged(byte[] bytes) {
    assertThatExceptionOfType(DamagedCheckpointException.class)
        .as("of %d bytes", bytes.length)
        .isThrownBy(() -> CheckpointFormat.verify(new ByteArrayInputStream(bytes), bytes.length));
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  /** All components: doubles as text are exact, but for the array. */
  private static String text(IterationMetrics metrics) {
    return metrics.toString().replaceAll("activeShares=\\[D@\\w+", "")
        + Arrays.toString(metrics.activeShares());
  }
}
