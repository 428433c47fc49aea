package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.onehot.failure.InputException;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.RowBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DataProfileTest {

  private static final ImageShape SHAPE = new ImageShape(3, 4);
  private static final HeldBackRows NONE = HeldBackRows.none();
  private static final HeldBackRows SOME = new HeldBackRows(0.3, 5);

  private final Digits digits = Digits.random(1, 1000, SHAPE);

  @Test
  void theProfileIsThatOfAPlainLoopOverTheTrainingRows() {
    DataProfile profile = profile(digits, SOME);

    int features = SHAPE.features();
    long[] sums = new long[features];
    long[] sumsOfSquares = new long[features];
    long[] classCounts = new long[Digits.CLASSES];
    long trainingRows = 0;
    long nonZeros = 0;
    for (int r = 0; r < digits.rows(); r++) {
      for (int j = 0; j < features; j++) {
        int value = digits.pixels()[r * features + j] & 0xFF;
        nonZeros += value == 0 ? 0 : 1;
        if (!SOME.contains(r)) {
          sums[j] += value;
          sumsOfSquares[j] += value * value;
        }
      }
      if (!SOME.contains(r)) {
        trainingRows++;
        classCounts[digits.labels()[r]]++;
      }
    }
    assertThat(profile.rows()).isEqualTo(1000);
    assertThat(profile.trainingRows()).isEqualTo(trainingRows).isBetween(600L, 800L);
    assertThat(profile.nonZeros()).isEqualTo(nonZeros);
    assertThat(profile.features()).isEqualTo(features);
    for (int j = 0; j < features; j++) {
      assertThat(profile.mean(j)).isEqualTo((double) sums[j] / trainingRows);
      assertThat(profile.totals().squares(j)).isEqualTo(sumsOfSquares[j]);
    }
    assertThat(profile.classCounts()).isEqualTo(classCounts);
  }

  @Test
  void meanSquaresAreThoseOfTheScaledValues() {
    double[] meanSquares = profile(digits, NONE).meanSquares(ByteBlock.VALUES.scaling());

    int features = SHAPE.features();
    for (int j = 0; j < features; j++) {
      double mean = 0;
      for (int r = 0; r < digits.rows(); r++) {
        double value = (digits.pixels()[r * features + j] & 0xFF) / 255.0;
        mean += value * value / digits.rows();
      }
      assertThat(meanSquares[j]).isCloseTo(mean, within(1e-14));
    }
  }

  @Test
  void anyGroupingAndOrderOfBlocksGivesTheSameProfile() {
    DataProfile whole = profile(digits, SOME);
    Random random = new Random(2);
    for (int round = 0; round < 20; round++) {
      List<RowBlock> blocks = new ArrayList<>(blocks(digits, SOME));
      Collections.shuffle(blocks, random);
      DataProfileAggregator left = zero();
      DataProfileAggregator right = zero();
      for (RowBlock block : blocks) {
        (random.nextBoolean() ? left : right).add(block);
      }
      assertThat(zero().merge(left).merge(right).merge(zero()).profile(ByteBlock.VALUES))
          .usingRecursiveComparison()
          .isEqualTo(whole);
    }
  }

  @Test
  void theFingerprintDoesNotDependOnTheHeldBackRows() {
    assertThat(profile(digits, SOME).fingerprint()).isEqualTo(profile(digits, NONE).fingerprint());
  }

  @Test
  void theFingerprintOfTheSameRowsNeverChanges() {
    byte[] pixels = {0, (byte) 255, 1, 0, (byte) 128, 7};
    Digits three = new Digits(new ImageShape(1, 2), pixels, new byte[] {3, 0, 9});

    assertThat(profile(three, NONE).fingerprint()).isEqualTo(0xb9d3150b778d2a72L);
  }

  @Test
  void everySmallChangeGivesAnotherFingerprint() {
    long fingerprint = profile(digits, NONE).fingerprint();

    Digits pixel = digits.slice(0, 1000);
    pixel.pixels()[5_000] += 1;
    Digits label = digits.slice(0, 1000);
    label.labels()[999] = (byte) ((label.labels()[999] + 1) % Digits.CLASSES);
    Digits swapped = digits.slice(0, 1000);
    System.arraycopy(digits.pixels(), 0, swapped.pixels(), 12, 12);
    System.arraycopy(digits.pixels(), 12, swapped.pixels(), 0, 12);
    Digits moved = digits.slice(0, 1000);
    moved.labels()[0] = digits.labels()[512];
    moved.labels()[512] = digits.labels()[0];
    System.arraycopy(digits.pixels(), 0, moved.pixels(), 512 * 12, 12);
    System.arraycopy(digits.pixels(), 512 * 12, moved.pixels(), 0, 12);

    assertThat(
            List.of(
                fingerprint,
                profile(pixel, NONE).fingerprint(),
                profile(label, NONE).fingerprint(),
                profile(swapped, NONE).fingerprint(),
                profile(moved, NONE).fingerprint(),
                profile(digits.slice(0, 999), NONE).fingerprint()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aLabelThatIsNoClassIsRefusedAlsoInRowsHeldBack() {
    Digits wrong = digits.slice(0, 600);
    wrong.labels()[599] = Digits.CLASSES + 2;
    for (HeldBackRows heldBack : List.of(NONE, new HeldBackRows(0.99, 1))) {
      assertThatThrownBy(() -> profile(wrong, heldBack))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "a row has the label 12, but 10 classes have the labels 0 to 9; give classes 13 or"
                  + " more, or mend the rows");
    }
  }

  @Test
  void aLabelThatNoBlockCanHoldIsRefusedWithItsRow() {
    for (int label : new int[] {-1, 65_536}) {
      int[] labels = new int[700];
      labels[650] = label;
      RowReader rows = new ArraySource(1, new byte[700], labels);
      BlockReader<RowBlock> blocks =
          new BlockReader<>(BlockGroups.of(700, 1), 0, 2, 1, rows, new BlockForm.Built(NONE));
      assertThatThrownBy(blocks::next)
          .isInstanceOf(InputException.class)
          .hasMessage("row 650 has the label %d; labels are 0 to 65535".formatted(label));
    }
  }

  @Test
  void noBlocksHaveNoProfile() {
    assertThatThrownBy(() -> zero().merge(zero()).profile(ByteBlock.VALUES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there is no block to profile");
  }

  private static DataProfileAggregator zero() {
    return new DataProfileAggregator(Digits.CLASSES, 1000);
  }

  private static DataProfile profile(Digits digits, HeldBackRows heldBack) {
    DataProfileAggregator sum = zero();
    blocks(digits, heldBack).forEach(block -> sum.add(block));
    return sum.profile(ByteBlock.VALUES);
  }

  private static List<RowBlock> blocks(Digits digits, HeldBackRows heldBack) {
    List<RowBlock> blocks = new ArrayList<>();
    BlockGroups groups = BlockGroups.of(digits.rows(), digits.shape().features());
    new BlockReader<>(
            groups,
            0,
            RowBlock.count(digits.rows()),
            digits.shape().features(),
            digits.source(),
            new BlockForm.Built(heldBack))
        .forEachRemaining(blocks::add);
    return blocks;
  }
}
