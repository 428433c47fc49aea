package dev.onehot.math;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * The Cholesky factor L of a symmetric positive definite matrix, {@code A = L·Lᵀ}. It solves {@code
 * A·x = b} (Golub and Van Loan, "Matrix computations", 4th edition, sections 3.1 and 4.2).
 *
 * <p>The order of all operations is fixed, and no sum goes across the lanes of a vector: an inner
 * loop changes many numbers by the same few. So a compiler may use vectors of any width, and no bit
 * changes.
 */
public final class CholeskyFactor {

  /** How many unknowns are solved for at a time, so that a side is read and written less often. */
  private static final int ROWS = 4;

  /** How many multiplications are worth a thread. It takes some 50 µs to start one. */
  private static final long SHARE = 1 << 20;

  /** L on and below the diagonal, Lᵀ above it, so that both are read row by row. */
  private final double[][] factor;

  private CholeskyFactor(double[][] factor) {
    this.factor = factor;
  }

  /**
   * Factors a matrix in {@code n³/6} multiplications.
   *
   * @param matrix n × n, symmetric; overwritten
   * @throws ArithmeticException if it isn't positive definite
   */
  public static CholeskyFactor of(double[][] matrix) {
    int n = matrix.length;
    for (int i = 0; i < n; i++) {
      double[] row = matrix[i];
      subtractEarlier(matrix, i);
      if (!(row[i] > 0 && row[i] <= Double.MAX_VALUE)) {
        throw new ArithmeticException(
            String.format(Locale.ROOT, "not positive definite: pivot %d is %s", i, row[i]));
      }
      row[i] = Math.sqrt(row[i]);
      divide(matrix, i);
    }
    return new CholeskyFactor(matrix);
  }

  /** Subtracts all earlier rows k, times L_ik, from row i, from the diagonal on. */
  private static void subtractEarlier(double[][] matrix, int i) {
    double[] row = matrix[i];
    int n = row.length;
    int k = 0;
    for (; k + 3 < i; k += 4) {
      subtract(row, i, row[k], matrix[k], row[k + 1], matrix[k + 1]);
      subtract(row, i, row[k + 2], matrix[k + 2], row[k + 3], matrix[k + 3]);
    }
    for (; k < i; k++) {
      subtract(row, i, n, row[k], matrix[k]);
    }
  }

  /** Divides a row behind the diagonal by the pivot, and copies it to the column below. */
  private static void divide(double[][] matrix, int i) {
    double[] row = matrix[i];
    for (int j = i + 1; j < row.length; j++) {
      row[j] /= row[i];
      matrix[j][i] = row[j];
    }
  }

  /**
   * Solves {@code A·x = b} for several right sides, in place, in {@code n²} multiplications each.
   * No side depends on another, so several threads share them.
   *
   * @param sides any number of right sides of n numbers; each is replaced by its solution
   */
  public void solve(double[][] sides) {
    long worth = (long) factor.length * factor.length * sides.length / SHARE;
    int threads = ForkJoinPool.getCommonPoolParallelism() + 1;
    int parts = (int) Math.max(1, Math.min(worth, Math.min(threads, sides.length)));
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              int from = sides.length * part / parts;
              int to = sides.length * (part + 1) / parts;
              solveInOneThread(Arrays.copyOfRange(sides, from, to));
            });
  }

  private void solveInOneThread(double[][] sides) {
    int n = factor.length;
    int whole = n - n % ROWS;
    for (int i = 0; i < whole; i += ROWS) {
      solveLower(sides, i);
      subtract(sides, i + ROWS, n, i, i + 1, i + 2, i + 3);
    }
    for (int i = whole; i < n; i++) {
      for (double[] side : sides) {
        side[i] /= factor[i][i];
        subtract(side, i + 1, n, side[i], factor[i]);
      }
    }
    for (int i = n - 1; i >= whole; i--) {
      for (double[] side : sides) {
        side[i] /= factor[i][i];
        subtract(side, 0, i, side[i], factor[i]);
      }
    }
    for (int i = whole - ROWS; i >= 0; i -= ROWS) {
      solveUpper(sides, i);
      subtract(sides, 0, i, i + 3, i + 2, i + 1, i);
    }
  }

  /**
   * Solves for ROWS (4) unknowns of each {@code L·y = b}, after the earlier ones were subtracted.
   * There are no loops here, because some of them would have no rounds. C2 puts the range checks of
   * a loop in front of it even then. When they fail, it thinks that it has guessed wrong, and
   * compiles again.
   */
  private void solveLower(double[][] sides, int i) {
    double[] p = factor[i];
    double[] q = factor[i + 1];
    double[] r = factor[i + 2];
    double[] s = factor[i + 3];
    for (double[] side : sides) {
      double a = side[i] / p[i];
      double b = (side[i + 1] - a * p[i + 1]) / q[i + 1];
      double c = (side[i + 2] - a * p[i + 2] - b * q[i + 2]) / r[i + 2];
      double rest = side[i + 3] - a * p[i + 3] - b * q[i + 3] - c * r[i + 3];
      side[i] = a;
      side[i + 1] = b;
      side[i + 2] = c;
      side[i + 3] = rest / s[i + 3];
    }
  }

  /** Solves for ROWS (4) unknowns of each {@code Lᵀ·x = y}; the later ones were subtracted. */
  private void solveUpper(double[][] sides, int i) {
    double[] p = factor[i];
    double[] q = factor[i + 1];
    double[] r = factor[i + 2];
    double[] s = factor[i + 3];
    for (double[] side : sides) {
      double d = side[i + 3] / s[i + 3];
      double c = (side[i + 2] - d * s[i + 2]) / r[i + 2];
      double b = (side[i + 1] - d * s[i + 1] - c * r[i + 1]) / q[i + 1];
      double rest = side[i] - d * s[i] - c * r[i] - b * q[i];
      side[i] = rest / p[i];
      side[i + 1] = b;
      side[i + 2] = c;
      side[i + 3] = d;
    }
  }

  private static void subtract(
      double[] target, int from, double a, double[] x, double b, double[] y) {
    for (int j = from; j < target.length; j++) {
      target[j] = target[j] - a * x[j] - b * y[j];
    }
  }

  private static void subtract(double[] target, int from, int to, double a, double[] x) {
    for (int j = from; j < to; j++) {
      target[j] -= a * x[j];
    }
  }

  /**
   * Subtracts multiples of four rows, in this order, from a part of each side. If the part is
   * empty, it must not reach the loops, for the reason given at {@link #solveLower}.
   */
  private void subtract(double[][] sides, int from, int to, int a, int b, int c, int d) {
    if (from == to) {
      return;
    }
    for (double[] side : sides) {
      subtract(
          side, from, to, side[a], factor[a], side[b], factor[b], side[c], factor[c], side[d],
          factor[d]);
    }
  }

  private static void subtract(
      double[] target,
      int from,
      int to,
      double a,
      double[] x,
      double b,
      double[] y,
      double c,
      double[] z,
      double d,
      double[] w) {
    for (int j = from; j < to; j++) {
      target[j] = target[j] - a * x[j] - b * y[j] - c * z[j] - d * w[j];
    }
  }
}
