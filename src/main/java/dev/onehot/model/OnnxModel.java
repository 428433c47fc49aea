package dev.onehot.model;

import dev.onehot.model.OnnxProgram.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A model.onnx that was read, and computes what its operators say. It knows nothing of the model
 * that the file was made of. So it tells whether the file holds that model, on machines that have
 * no runtime of ONNX. It is immutable, and many threads may use it.
 *
 * <p>It computes the operators that {@link OnnxFormat} writes, and refuses all others.
 */
public final class OnnxModel {

  private final OnnxProgram program;

  private OnnxModel(OnnxProgram program) {
    this.program = program;
  }

  /**
   * What the model says of N rows.
   *
   * @param labels N classes
   * @param probabilities N × C, row after row
   */
  public record Scores(int[] labels, float[] probabilities) {}

  /**
   * Reads a file's bytes.
   *
   * @throws IOException if bytes are missing or too many, or the file holds what Onehot never
   *     writes, such as another operator, or contradicts itself; says what and where
   */
  public static OnnxModel read(byte[] onnx) throws IOException {
    return new OnnxModel(OnnxProgram.of(OnnxFile.read(onnx)));
  }

  /** F, the number of features. */
  public int features() {
    return program.features();
  }

  /** C names, in the order of the classes. */
  public List<String> classNames() {
    return program.classNames();
  }

  /** F names of the features; empty if they have none. */
  public List<String> featureNames() {
    return program.featureNames();
  }

  /**
   * Scores rows.
   *
   * @param rows N × F raw features, row after row
   * @throws IllegalArgumentException if these are no whole rows
   */
  public Scores score(float[] rows) {
    if (rows.length % features() != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d numbers are no whole rows of %d features", rows.length, features()));
    }
    int count = rows.length / features();
    List<double[]> tensors = new ArrayList<>();
    double[] input = new double[rows.length];
    for (int i = 0; i < input.length; i++) {
      input[i] = rows[i];
    }
    tensors.add(input);
    tensors.addAll(program.constants());
    for (Step step : program.steps()) {
      double[][] of = new double[step.inputs().length][];
      for (int i = 0; i < of.length; i++) {
        of[i] = tensors.get(step.inputs()[i]);
      }
      tensors.add(step.operator().compute(of, step.result(), step.width(), count));
    }
    Scores scores = new Scores(new int[count], new float[count * classNames().size()]);
    for (int i = 0; i < count; i++) {
      scores.labels[i] = (int) tensors.get(program.label())[i];
    }
    for (int i = 0; i < scores.probabilities.length; i++) {
      scores.probabilities[i] = (float) tensors.get(program.probabilities())[i];
    }
    return scores;
  }
}
