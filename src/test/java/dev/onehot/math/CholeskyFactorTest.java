package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyFactorTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 31, 100})
  void solvingForTheMatrixItselfGivesTheIdentity(int n) {
    double[][] matrix = positiveDefinite(n);
    // The matrix is symmetric, so its rows are its columns.
    double[][] sides = copy(matrix);
    CholeskyFactor.of(copy(matrix)).solve(sides);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertThat(sides[i][j]).isEqualTo(i == j ? 1 : 0, within(1e-10));
      }
    }
  }

  @Test
  void solutionsAreThoseOfTheTextbook() {
    int n = 37;
    double[][] matrix = positiveDefinite(n);
    double[] side = new SplittableRandom(5).doubles(n, -1, 1).toArray();
    double[] expected = gauss(copy(matrix), side.clone());
    double[][] solved = {side};
    CholeskyFactor.of(matrix).solve(solved);
    assertThat(solved[0]).containsExactly(expected, within(1e-10));
  }

  @Test
  void oneSideAmongOthersIsSolvedToTheSameBits() {
    double[][] matrix = positiveDefinite(20);
    double[] side = new SplittableRandom(6).doubles(20, -1, 1).toArray();
    double[][] alone = {side.clone()};
    double[][] among = {new double[20], side.clone(), side.clone()};
    CholeskyFactor factor = CholeskyFactor.of(matrix);
    factor.solve(alone);
    factor.solve(among);
    assertThat(among[1]).isEqualTo(alone[0]);
    assertThat(among[2]).isEqualTo(alone[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 33})
  void manySidesWorthSeveralThreadsAreSolvedToTheSameBits(int count) {
    int n = 700;
    CholeskyFactor factor = CholeskyFactor.of(positiveDefinite(n));
    double[][] sides = new double[count][];
    double[][] alone = new double[count][];
    for (int s = 0; s < count; s++) {
      sides[s] = new SplittableRandom(s).doubles(n, -1, 1).toArray();
      alone[s] = sides[s].clone();
      factor.solve(new double[][] {alone[s]});
    }
    factor.solve(sides);
    assertThat(sides).isDeepEqualTo(alone);
  }

  @Test
  void aMatrixThatIsNotPositiveDefiniteIsRefused() {
    assertThatThrownBy(() -> CholeskyFactor.of(new double[][] {{1, 2}, {2, 1}}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("pivot 1");
    assertThatThrownBy(() -> CholeskyFactor.of(new double[][] {{Double.NaN}}))
        .isInstanceOf(ArithmeticException.class);
  }

  /** {@code Bᵀ·B + I/10} of a random B with fewer rows than columns. */
  private static double[][] positiveDefinite(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[][] matrix = new double[n][n];
    for (int r = 0; r < n / 2 + 1; r++) {
      double[] row = random.doubles(n, -1, 1).toArray();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          matrix[i][j] += row[i] * row[j];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      matrix[i][i] += 0.1;
    }
    return matrix;
  }

  /** Gaussian elimination without pivoting, straight from the definition. */
  private static double[] gauss(double[][] a, double[] b) {
    int n = b.length;
    for (int k = 0; k < n; k++) {
      for (int i = k + 1; i < n; i++) {
        double factor = a[i][k] / a[k][k];
        for (int j = k; j < n; j++) {
          a[i][j] -= factor * a[k][j];
        }
        b[i] -= factor * b[k];
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        b[i] -= a[i][j] * b[j];
      }
      b[i] /= a[i][i];
    }
    return b;
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }
}
