package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onehot.data.BlockGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CovariancePreconditionerTest {

  private static final long MANY_ROWS = 1_000_000;

  @Test
  void aPreconditionedGradientTimesTheDampedCurvatureIsTheGradient() {
    double[][] moments = {{0.5, 0.2, 0.6}, {0.2, 0.3, 0.4}, {0.6, 0.4, 1}};
    // Features 0 and 1 and a bias: mean second moment 0.4, penalty 2 · 0.05 but not of the bias.
    double[][] curvature = {{1.0, 0.2, 0.6}, {0.2, 0.8, 0.4}, {0.6, 0.4, 1.4}};
    double[] gradient = {1, -2, 3, 0.5, -1, 4};
    double[] step = gradient.clone();
    new CovariancePreconditioner(moments, 2, 2, 0.05, MANY_ROWS).apply(step);
    for (int i = 0; i < 3; i++) {
      for (int c = 0; c < 2; c++) {
        double product = 0;
        for (int j = 0; j < 3; j++) {
          product += curvature[i][j] / 2 * step[j * 2 + c];
        }
        assertThat(product).isEqualTo(gradient[i * 2 + c], within(1e-12));
      }
    }
  }

  @Test
  void fewRowsForEachFeatureDampMore() {
    double[][] unit = {{1}};
    assertThat(step(unit, 1000)).isEqualTo(2 / (1 + 1.0), within(1e-12));
    int features = 160;
    // The mean is 1/160; 75 · 160 rows are ample, a tenth of them asks for ten times the damping.
    double[][] oneBright = new double[features][features];
    oneBright[0][0] = 1;
    double mean = 1.0 / features;
    assertThat(step(oneBright, 12_000)).isEqualTo(2 / (1 + mean), within(1e-12));
    assertThat(step(oneBright, 1200)).isEqualTo(2 / (1 + 10 * mean), within(1e-12));
    assertThat(step(oneBright, 1)).isEqualTo(2 / (1 + 1 / 8.0), within(1e-12));
  }

  private static double step(double[][] moments, long rows) {
    double[][] copy = new double[moments.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = moments[i].clone();
    }
    double[] gradient = new double[moments.length * 2];
    gradient[0] = 1;
    new CovariancePreconditioner(copy, moments.length, 2, 0, rows).apply(gradient);
    return gradient[0];
  }

  @Test
  void everySingularMatrixOfMomentsGivesAFiniteStep() {
    SplittableRandom random = new SplittableRandom(8);
    double[] row = random.doubles(30, 0, 1).toArray();
    row[3] = 0;
    double[][] oneRow = new double[30][30];
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < 30; j++) {
        oneRow[i][j] = row[i] * row[j];
      }
    }
    for (double[][] moments : List.of(oneRow, new double[30][30])) {
      double[] gradient = random.doubles(90, -1, 1).toArray();
      new CovariancePreconditioner(moments, 30, 3, 0, 1).apply(gradient);
      for (double step : gradient) {
        assertThat(step).isFinite().isNotZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 15, 16, 17, 20, 31, 32, 235, 65_536, 1_000_003})
  void theSampledGroupsAreEvenlySpaced(long groups) {
    List<Long> expected = new ArrayList<>();
    for (long s = 0; s < SecondMoments.GROUPS; s++) {
      long group = s * groups / SecondMoments.GROUPS;
      if (!expected.contains(group)) {
        expected.add(group);
      }
    }
    List<Long> sampled = new ArrayList<>();
    for (long group = 0; group < groups; group++) {
      if (SecondMoments.isSampled(group, groups)) {
        sampled.add(group);
      }
    }
    assertThat(sampled).isEqualTo(expected);
  }

  /** All have some of two groups; of 248 groups 24 are sampled. */
  @ParameterizedTest
  @CsvSource({"60000,16,16", "8100000,2,2", "8100000,1000,120", "700000,1000,1000"})
  void soManyPartitionsHaveRowsOfTheSample(long rows, int partitions, int partials) {
    assertThat(SecondMoments.partials(BlockGroups.of(rows, 784), partitions)).isEqualTo(partials);
  }

  /** At most 256 of a block, about 6,144 in all: of 118 blocks, and of 24 groups of 64. */
  @ParameterizedTest
  @CsvSource({"1,256", "12288,256", "60000,53", "8100000,4", "1000000000,4"})
  void soManyRowsOfEachBlockAreSampled(long rows, int rowsOfBlock) {
    assertThat(SecondMoments.rowsOfBlock(BlockGroups.of(rows, 784))).isEqualTo(rowsOfBlock);
  }
}
