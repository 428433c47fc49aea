package dev.onehot.bench;

import dev.onehot.data.BlockGroups;
import dev.onehot.data.digits.GeneratedDigits;
import dev.onehot.math.Activation;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.RoundedWeights;
import dev.onehot.math.RowBlock;
import dev.onehot.math.SimilarityOrder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * Dense rows to benchmark with.
 *
 * @param features F
 * @param classes C
 * @param labels N
 * @param pixels N × F unsigned bytes
 */
record BenchmarkRows(int features, int classes, int[] labels, byte[] pixels) {

  /** As many as MNIST has. */
  static final int ROWS = 60_000;

  /** The shape that stands for {@code train-*} in the folder of {@link #DATA}, or for digits. */
  static final String DIGITS = "digits";

  /** System property: a folder with MNIST's training files, raw or .gz. */
  static final String DATA = "onehot.bench.data";

  private static final int DIGIT_CLASSES = 10;
  private static final long SEED = 1024;

  /**
   * Makes or reads rows.
   *
   * @param shape {@link #DIGITS}, or random rows such as {@code 784x10@0.5}: features × classes @
   *     the share of values that aren't zero
   * @param rows how many
   */
  static BenchmarkRows of(String shape, int rows) {
    if (shape.equals(DIGITS)) {
      String folder = System.getProperty(DATA);
      return folder == null ? generated(rows) : read(Path.of(folder), rows);
    }
    String[] numbers = shape.split("[x@]");
    return random(
        Integer.parseInt(numbers[0]),
        Integer.parseInt(numbers[1]),
        Double.parseDouble(numbers[2]),
        rows);
  }

  private static BenchmarkRows generated(int rows) {
    int features = GeneratedDigits.SIDE * GeneratedDigits.SIDE;
    int[] labels = new int[rows];
    byte[] pixels = new byte[rows * features];
    GeneratedDigits digits = new GeneratedDigits(SEED);
    for (int r = 0; r < rows; r++) {
      labels[r] = digits.render(r, pixels, r * features);
    }
    return new BenchmarkRows(features, DIGIT_CLASSES, labels, pixels);
  }

  private static BenchmarkRows read(Path folder, int rows) {
    int features = GeneratedDigits.SIDE * GeneratedDigits.SIDE;
    byte[] labelBytes = read(folder, "train-labels-idx1-ubyte", 8, rows);
    int[] labels = new int[rows];
    for (int r = 0; r < rows; r++) {
      labels[r] = labelBytes[r];
    }
    return new BenchmarkRows(
        features,
        DIGIT_CLASSES,
        labels,
        read(folder, "train-images-idx3-ubyte", 16, rows * features));
  }

  private static byte[] read(Path folder, String name, int header, int bytes) {
    Path raw = folder.resolve(name);
    Path compressed = folder.resolve(name + ".gz");
    boolean gzip = !Files.exists(raw);
    try (InputStream file = Files.newInputStream(gzip ? compressed : raw);
        InputStream in = gzip ? new GZIPInputStream(file) : new BufferedInputStream(file)) {
      in.skipNBytes(header);
      return in.readNBytes(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BenchmarkRows random(int features, int classes, double density, int rows) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] labels = new int[rows];
    byte[] pixels = new byte[rows * features];
    for (int r = 0; r < rows; r++) {
      labels[r] = random.nextInt(classes);
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextDouble() < density ? (byte) random.nextInt(1, 256) : 0;
    }
    return new BenchmarkRows(features, classes, labels, pixels);
  }

  /** The grid's blocks, in groups as they are when rows are read for training. */
  List<RowBlock> blocks() {
    List<RowBlock> blocks = new ArrayList<>();
    BlockGroups groups = BlockGroups.of(labels.length, features);
    for (long group = 0; group < groups.count(); group++) {
      int first = (int) groups.firstRow(group);
      int end = (int) groups.firstRow(group + 1);
      byte[] values = Arrays.copyOfRange(pixels, first * features, end * features);
      int[] labelsOfGroup = Arrays.copyOfRange(labels, first, end);
      int[] order = SimilarityOrder.of(values, end - first, features);
      for (int from = 0; from < order.length; from += RowBlock.ROWS) {
        int to = Math.min(order.length, from + RowBlock.ROWS);
        int[] rows = Arrays.copyOfRange(order, from, to);
        blocks.add(ByteBlock.of(blocks.size(), first, rows, labelsOfGroup, values, features, null));
      }
    }
    return blocks;
  }

  /** Random weights, of which the gate lets about half of the logits through. */
  RoundedWeights weights() {
    double[] weights =
        new SplittableRandom(SEED).doubles((long) features * classes, -0.05, 0.05).toArray();
    return RoundedWeights.of(
        weights, features, classes, false, Activation.RELU, ByteBlock.VALUES, labels.length);
  }
}
