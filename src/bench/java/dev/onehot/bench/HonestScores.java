package dev.onehot.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures models on rows with its own arithmetic and nothing of Onehot's: softmax(ReLU(X·W1)). For
 * each line {@code ROWS-FOLDER MODEL-FOLDER} of the standard input it prints accuracy and log loss.
 */
final class HonestScores {

  private static final int CLASSES = 10;

  private HonestScores() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] folders = line.split(" ");
      System.out.println(
          score(IdxRows.read(Path.of(folders[0]), "t10k"), weights(Path.of(folders[1]))));
    }
  }

  /** W1, 784 × 10, row after row. */
  private static double[] weights(Path model) throws IOException {
    ByteBuffer npy =
        ByteBuffer.wrap(Files.readAllBytes(model.resolve("W1.npy"))).order(ByteOrder.LITTLE_ENDIAN);
    double[] weights = new double[IdxRows.PIXELS * CLASSES];
    // The header before them has any length.
    npy.position(npy.capacity() - weights.length * Double.BYTES);
    npy.asDoubleBuffer().get(weights);
    return weights;
  }

  private static String score(IdxRows rows, double[] weights) {
    int right = 0;
    double loss = 0;
    double[] logits = new double[CLASSES];
    for (int row = 0; row < rows.rows(); row++) {
      Arrays.fill(logits, 0);
      for (int pixel = 0; pixel < IdxRows.PIXELS; pixel++) {
        double value = (rows.pixels()[row * IdxRows.PIXELS + pixel] & 255) / 255.0;
        for (int c = 0; c < CLASSES; c++) {
          logits[c] += value * weights[pixel * CLASSES + c];
        }
      }
      int best = 0;
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        logits[c] = Math.max(0, logits[c]);
        best = logits[c] > logits[best] ? c : best;
        sum += Math.exp(logits[c]);
      }
      right += best == rows.labels()[row] ? 1 : 0;
      loss += Math.log(sum) - logits[rows.labels()[row]];
    }
    return String.format(
        Locale.ROOT, "%.4f %.4f", right / (double) rows.rows(), loss / rows.rows());
  }
}
