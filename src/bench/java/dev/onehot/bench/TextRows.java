package dev.onehot.bench;

import dev.onehot.math.SplitMix64;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * Rows like texts: tf-idf of words whose frequencies fall by Zipf's law, of length 1. A planted
 * linear model says the class: each word speaks for one of the classes, and a little for and
 * against all others, and Gumbel noise makes the classes of a row as likely as the softmax of its
 * logits says.
 */
final class TextRows implements VectorRows {

  private static final long serialVersionUID = 1L;

  private static final long WORDS_SEED = 1;
  private static final long NOISE_SEED = 2;
  private static final long MODEL_SEED = 3;

  /** Words of a text; some 75 of them are different. */
  private static final int WORDS = 78;

  /** The first words are not as frequent as Zipf's law says, but as the one of this rank. */
  private static final double FIRST_RANK = 20;

  private static final double LOGIT_SCALE = 8;
  private static final double OTHER_CLASSES = 0.3;
  private static final double OWN_CLASS = 4;
  private static final double CLASS_OFFSET = 0.5;

  /** A prime: the words of neighbouring ranks are features far apart. */
  private static final long STRIDE = 1_000_003;

  private final int features;
  private final int classes;
  private transient float[] idf;
  private transient float[] model;
  private transient double[] offsets;

  TextRows(int features, int classes) {
    this.features = features;
    this.classes = classes;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public Vector features(long row) {
    prepare();
    SplitMix64 random = new SplitMix64();
    random.start(WORDS_SEED, row);
    double range = StrictMath.log((features + FIRST_RANK) / FIRST_RANK);
    int[] words = new int[WORDS];
    for (int w = 0; w < WORDS; w++) {
      double rank = FIRST_RANK * (StrictMath.exp(range * random.between(0, 1)) - 1);
      words[w] = (int) (Math.min((long) rank, features - 1) * STRIDE % features);
    }
    Arrays.sort(words);
    int[] columns = new int[WORDS];
    double[] values = new double[WORDS];
    int count = 0;
    double squares = 0;
    for (int w = 0, end; w < WORDS; w = end) {
      end = w;
      while (end < WORDS && words[end] == words[w]) {
        end++;
      }
      columns[count] = words[w];
      values[count] = (1 + StrictMath.log(end - w)) * idf[words[w]];
      squares += values[count] * values[count];
      count++;
    }
    for (int k = 0; k < count; k++) {
      values[k] = (float) (values[k] / Math.sqrt(squares));
    }
    return Vectors.sparse(features, Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
  }

  @Override
  public int label(long row, Vector vector) {
    prepare();
    double[] logits = offsets.clone();
    int[] columns = vector.toSparse().indices();
    double[] values = vector.toSparse().values();
    for (int k = 0; k < columns.length; k++) {
      for (int c = 0; c < classes; c++) {
        logits[c] += LOGIT_SCALE * values[k] * model[columns[k] * classes + c];
      }
    }
    return Noise.mostLikely(logits, NOISE_SEED, row);
  }

  private synchronized void prepare() {
    if (idf != null) {
      return;
    }
    model = new float[features * classes];
    SplitMix64 random = new SplitMix64();
    for (int j = 0; j < features; j++) {
      random.start(MODEL_SEED, j);
      for (int c = 0; c < classes; c++) {
        model[j * classes + c] = (float) (OTHER_CLASSES * random.bell());
      }
      model[j * classes + random.below(classes)] += (float) (OWN_CLASS * Math.abs(random.bell()));
    }
    random.start(MODEL_SEED, -1);
    offsets = new double[classes];
    for (int c = 0; c < classes; c++) {
      offsets[c] = CLASS_OFFSET * random.bell();
    }
    double range = StrictMath.log((features + FIRST_RANK) / FIRST_RANK);
    float[] all = new float[features];
    for (long rank = 0; rank < features; rank++) {
      double share = StrictMath.log((rank + 1 + FIRST_RANK) / (rank + FIRST_RANK)) / range;
      double texts = 1 - StrictMath.pow(1 - share, WORDS);
      all[(int) (rank * STRIDE % features)] = (float) (0.1 - StrictMath.log(texts));
    }
    idf = all;
  }

  @Override
  public String toString() {
    return "texts";
  }
}
