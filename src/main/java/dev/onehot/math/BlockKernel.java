package dev.onehot.math;

/**
 * Computes the local gradient of one block after another.
 *
 * <p>For a block {@code X} (n × F) with labels {@code y}, weights {@code W} (F × C) and activation
 * {@code f}:
 *
 * <pre>
 *   Z = X·W                                   n × C
 *   P = softmax(f(Z))                         n × C
 *   G = Xᵀ·((P − onehot(y)) ⊙ f'(Z))          F × C
 * </pre>
 *
 * <p>Every implementation gives the same bits, because the order of arithmetic is prescribed:
 *
 * <ul>
 *   <li>A logit {@code z_rc} is a sum over the block's dense columns plus one over the row's
 *       non-zeros in sparse columns, plus the bias if there is one; both by fused multiply-add in
 *       ascending column. The dense sum is one chain; of the sparse one the k-th non-zero goes to
 *       accumulator {@code k mod 4}, and it is {@code (a0 + a1) + (a2 + a3)}.
 *   <li>An entry of {@code G} likewise in ascending row. Of a dense column or the bias row r goes
 *       to strand {@code r mod 16}; strand i and strand i + 8 are added, then i and i + 4 of these,
 *       i and i + 2, i and i + 1. A sparse column has the four accumulators.
 *   <li>The softmax's sum runs over the classes in ascending order; its exponential is {@link
 *       FloatExp}; it divides once and multiplies by the reciprocal.
 *   <li>An entry of {@code G} is rounded to {@link RoundedWeights#gradientScale()} once a block,
 *       and summed as an integer.
 * </ul>
 *
 * <p>So a class's numbers never mix with another's but in the softmax's sum, and a vector kernel
 * may put classes into lanes of any width.
 *
 * <p>A kernel has buffers of its own: one thread at a time.
 */
public interface BlockKernel {

  /** Partial sums of an entry of the gradient of a dense column. */
  int STRANDS = 16;

  /** Accumulators of every sum over the non-zeros of a sparse row or column. */
  int ACCUMULATORS = 4;

  /**
   * Adds a block's gradient over its training rows, and the statistics of all its rows.
   *
   * @param block has as many features as the weights, and labels below their number of classes
   * @param sum was made for the weights' shape
   */
  void accumulate(RowBlock block, GradientSum sum);

  /** The kernel for some weights: the fastest that this JVM has. */
  static BlockKernel of(RoundedWeights weights) {
    return KernelProvider.CHOSEN.factory().apply(weights);
  }

  /** Which kernel that is, for people to read. */
  static String description() {
    return KernelProvider.CHOSEN.description();
  }
}
