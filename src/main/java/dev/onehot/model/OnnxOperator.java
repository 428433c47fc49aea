package dev.onehot.model;

import dev.onehot.model.OnnxGraph.Type;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The operators of ONNX that {@link OnnxFormat} writes, in float64: texts by their numbers in the
 * constant that holds them, and true as 1. Source: the specification of ONNX's operators, version
 * 13.
 */
enum OnnxOperator {
  ABS("Abs", Math::abs),
  ADD("Add", Double::sum),
  ARG_MAX("ArgMax", 1, "axis", "keepdims", "select_last_index"),
  CAST("Cast", 1, "to"),
  DIV("Div", (a, b) -> a / b),
  EXP("Exp", StrictMath::exp),
  GATHER("Gather", 2, "axis"),
  IS_NAN("IsNaN", a -> Double.isNaN(a) ? 1 : 0),
  MAT_MUL("MatMul", 2),
  MIN("Min", Math::min),
  NEG("Neg", (DoubleUnaryOperator) a -> -a),
  RELU("Relu", a -> a > 0 ? a : 0),
  SOFTMAX("Softmax", 1, "axis"),
  WHERE("Where", 3);

  /**
   * The form of a tensor.
   *
   * @param shape the length of each dimension; {@link OnnxFile#ROWS} for the number of rows
   */
  record Form(Type type, List<Long> shape) {

    /** How many numbers there are in a tensor of that many rows. */
    int size(int rows) {
      long size = 1;
      for (long length : shape) {
        size = Math.multiplyExact(size, length == OnnxFile.ROWS ? rows : length);
      }
      return Math.toIntExact(size);
    }

    /** The length of the last dimension. */
    int width() {
      return Math.toIntExact(shape.get(shape.size() - 1));
    }

    /** Whether a tensor has one row of numbers for each row that is scored. */
    boolean isRows() {
      return shape.size() == 2 && shape.get(0) == OnnxFile.ROWS;
    }
  }

  private final String text;
  private final int inputs;
  private final Set<String> attributes;
  private final DoubleUnaryOperator ofOne;
  private final DoubleBinaryOperator ofTwo;

  OnnxOperator(String text, int inputs, String... attributes) {
    this(text, inputs, null, null, attributes);
  }

  OnnxOperator(String text, DoubleUnaryOperator ofOne) {
    this(text, 1, ofOne, null);
  }

  OnnxOperator(String text, DoubleBinaryOperator ofTwo) {
    this(text, 2, null, ofTwo);
  }

  OnnxOperator(
      String text,
      int inputs,
      DoubleUnaryOperator ofOne,
      DoubleBinaryOperator ofTwo,
      String... attributes) {
    this.text = text;
    this.inputs = inputs;
    this.ofOne = ofOne;
    this.ofTwo = ofTwo;
    // Sorted, for messages.
    this.attributes = new TreeSet<>(List.of(attributes));
  }

  /**
   * The operator with a name.
   *
   * @throws IOException if it is none of these
   */
  static OnnxOperator named(String name) throws IOException {
    return Arrays.stream(values())
        .filter(operator -> operator.text.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    String.format(
                        Locale.ROOT,
                        "the operator \"%s\" is none that Onehot writes, version 13",
                        name)));
  }

  /**
   * The form of the result.
   *
   * @throws IOException if the operator cannot take these inputs or attributes
   */
  Form result(List<Form> of, Map<String, Long> with) throws IOException {
    if (of.size() != inputs || !with.keySet().equals(attributes)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has %d inputs and the attributes %s, where %d and %s belong",
              text,
              of.size(),
              with.keySet(),
              inputs,
              attributes));
    }
    Form form = form(of, with);
    if (form == null) {
      throw new IOException(
          String.format(Locale.ROOT, "%s is not computed here of %s with %s", text, of, with));
    }
    return form;
  }

  /** Null if the operator cannot take these inputs or attributes. */
  private Form form(List<Form> of, Map<String, Long> with) {
    Form first = of.get(0);
    if (this == CAST) {
      return Arrays.stream(Type.values())
          .filter(type -> type == Type.FLOAT32 || type == Type.FLOAT64)
          .filter(type -> type.castTo().value() == with.get("to"))
          .findFirst()
          .map(type -> new Form(type, first.shape))
          .orElse(null);
    }
    if (this == IS_NAN) {
      return first.type == Type.FLOAT32 ? new Form(Type.BOOLEAN, first.shape) : null;
    }
    if (this == WHERE) {
      Form other = of.get(2);
      return first.equals(new Form(Type.BOOLEAN, other.shape))
              && other.type == Type.FLOAT64
              && of.get(1).type == Type.FLOAT64
              && broadcast(other, of.get(1)) != null
          ? other
          : null;
    }
    if (this == GATHER) {
      Form rows = new Form(Type.INT64, List.of(OnnxFile.ROWS));
      return first.type == Type.TEXT && of.get(1).equals(rows) && with.get("axis") == 0
          ? new Form(Type.TEXT, rows.shape)
          : null;
    }
    if (of.stream().anyMatch(form -> form.type != Type.FLOAT64)) {
      return null;
    }
    return switch (this) {
      case MAT_MUL -> product(first, of.get(1));
      case SOFTMAX -> first.isRows() && with.get("axis") == 1 ? first : null;
      case ARG_MAX ->
          first.isRows()
                  && with.get("axis") == 1
                  && with.get("keepdims") == 0
                  && with.get("select_last_index") == 0
              ? new Form(Type.INT64, List.of(OnnxFile.ROWS))
              : null;
      default -> inputs == 1 ? first : broadcast(first, of.get(1));
    };
  }

  private static Form product(Form left, Form right) {
    return left.isRows()
            && right.shape.size() == 2
            && !right.isRows()
            && right.shape.get(0) == left.width()
        ? new Form(Type.FLOAT64, List.of(OnnxFile.ROWS, right.shape.get(1)))
        : null;
  }

  /** The second is repeated over the first dimensions of the first. */
  private static Form broadcast(Form left, Form right) {
    int more = left.shape.size() - right.shape.size();
    return more >= 0 && left.shape.subList(more, left.shape.size()).equals(right.shape)
        ? left
        : null;
  }

  /**
   * Computes the result.
   *
   * @param of the numbers of the inputs, in C order
   * @param result the form of the result
   * @param width the last dimension of the first input
   * @param rows the number of rows
   */
  double[] compute(double[][] of, Form result, int width, int rows) {
    double[] first = of[0];
    double[] into = new double[result.size(rows)];
    switch (this) {
      case MAT_MUL -> multiply(first, of[1], into, width, result.width());
      case SOFTMAX -> softmax(first, into, width);
      case ARG_MAX -> Arrays.setAll(into, row -> argMax(first, row * width, width));
      case GATHER -> Arrays.setAll(into, i -> first[(int) of[1][i]]);
      case WHERE -> Arrays.setAll(into, i -> first[i] != 0 ? of[1][i % of[1].length] : of[2][i]);
      case CAST ->
          Arrays.setAll(
              into, result.type == Type.FLOAT32 ? i -> (double) (float) first[i] : i -> first[i]);
      default ->
          Arrays.setAll(
              into,
              inputs == 1
                  ? i -> ofOne.applyAsDouble(first[i])
                  : i -> ofTwo.applyAsDouble(first[i], of[1][i % of[1].length]));
    }
    return into;
  }

  private static void multiply(double[] left, double[] right, double[] into, int width, int to) {
    for (int i = 0; i < left.length; i++) {
      double x = left[i];
      // All constants are finite, so what is left out is 0.
      if (x != 0) {
        int row = i / width * to;
        int column = i % width * to;
        for (int c = 0; c < to; c++) {
          into[row + c] += x * right[column + c];
        }
      }
    }
  }

  private static void softmax(double[] scores, double[] into, int width) {
    for (int from = 0; from < into.length; from += width) {
      double largest = scores[from + argMax(scores, from, width)];
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        into[i] = StrictMath.exp(scores[i] - largest);
        sum += into[i];
      }
      for (int i = from; i < from + width; i++) {
        into[i] /= sum;
      }
    }
  }

  /** The first of the largest. */
  private static int argMax(double[] values, int from, int width) {
    int best = 0;
    for (int c = 1; c < width; c++) {
      if (values[from + c] > values[from + best]) {
        best = c;
      }
    }
    return best;
  }
}
