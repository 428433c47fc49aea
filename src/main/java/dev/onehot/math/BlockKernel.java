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
 * <p>A gate may leak: where {@code z ≤ 0}, {@code f(z)} is the fused multiply-add {@code z · slope
 * + 0}, and {@code f'(z)} the slope of {@link RoundedWeights#negativeSlope}.
 *
 * <p>Every implementation gives the same bits, because the order of arithmetic is prescribed:
 *
 * <ul>
 *   <li>A logit {@code z_rc} is the sum over the block's dense columns, plus the sum over the row's
 *       non-zeros in sparse columns, plus the bias if there is one. Both sums take the columns in
 *       ascending order and use fused multiply-add. The dense sum is one chain. In the sparse sum
 *       the k-th non-zero goes to accumulator {@code k mod 4}, and the result is {@code (a0 + a1) +
 *       (a2 + a3)}.
 *   <li>An entry of {@code G} is a sum over the training rows in ascending order. For a dense
 *       column or the bias, row r goes to strand {@code r mod 16}. Then strands i and i + 8 are
 *       added, then i and i + 4, then i and i + 2, then i and i + 1. For a sparse column the k-th
 *       non-zero goes to accumulator {@code k mod 4}, as in a logit.
 *   <li>In a {@link FloatBlock} the sparse columns of each slab make a sum of their own; the dense
 *       sum and those of the slabs are added in that order. In columns and rows of either kind of
 *       block, k counts from the first non-zero of a row (of the slab) or column on.
 *   <li>The sum of the softmax takes the classes in ascending order. Its exponential is {@link
 *       FloatExp}. It divides once, and multiplies by the reciprocal.
 *   <li>A row's weight is the product of its own and that of its class. Its residuals, {@code (P −
 *       onehot(y)) ⊙ f'(Z)}, are multiplied by it before they are summed, and its loss is. If the
 *       weights of all rows of a block are 1, nothing is multiplied.
 *   <li>An entry of {@code G} is rounded to {@link RoundedWeights#gradientScale()} once a block,
 *       and summed as an integer.
 * </ul>
 *
 * <p>So the numbers of two classes only mix in the sum of the softmax, and a vector kernel may put
 * classes into lanes, however many there are.
 *
 * <p>A kernel for blocks of real numbers has no array as long as the weights: it reads those of the
 * broadcast and adds to the sum, of which each task has one. There may be 100 million, so that a
 * sum takes 800 MB. A block only touches the entries of columns that it has. For blocks of bytes,
 * which have 65,535 features at most, the weights are laid out anew when the first one comes.
 *
 * <p>A kernel has buffers of its own, so only one thread at a time may use it.
 */
public interface BlockKernel {

  /** How many partial sums make an entry of the gradient by a dense column or the bias. */
  int STRANDS = 16;

  /** How many partial sums make a sum over the non-zeros of a sparse row or column. */
  int ACCUMULATORS = 4;

  /**
   * Adds a block's gradient over its training rows, and the statistics of all its rows. A kernel
   * may keep parts of the gradient back until {@link #finish}.
   *
   * @param block has as many features as the weights, and labels below their number of classes
   * @param sum was made for weights of the same shape; the same one until {@link #finish}
   * @throws IllegalArgumentException if the block has another number of features
   */
  void accumulate(RowBlock block, GradientSum sum);

  /**
   * Adds what was kept back, after the last block of a sum.
   *
   * @param sum the one that the blocks were added to
   */
  void finish(GradientSum sum);

  /** The kernel for some weights: the fastest that this JVM has. */
  static BlockKernel of(RoundedWeights weights) {
    return KernelProvider.CHOSEN.factory().apply(weights);
  }

  /** What the kernel of this JVM is, for people to read. */
  static String description() {
    return KernelProvider.CHOSEN.description();
  }
}
