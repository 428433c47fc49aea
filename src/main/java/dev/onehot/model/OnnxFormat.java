package dev.onehot.model;

import com.google.gson.Gson;
import dev.onehot.model.OnnxGraph.Attribute;
import dev.onehot.model.OnnxGraph.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The file format ONNX, which many runtimes and languages can serve a model from. A row's raw
 * features go in as float32; its label and its probabilities come out.
 *
 * <p>In between all is float64, in the order of {@link SoftmaxModel}: in float32 the probabilities
 * would differ by more than 1e-6, and labels of rows near a border, too.
 *
 * <p>Source: the <a href="https://onnx.ai/onnx/repo-docs/IR.html">specification of ONNX</a>.
 */
final class OnnxFormat {

  /**
   * The key of the class names in the file's metadata. The value is a JSON array of texts, in
   * ASCII.
   */
  static final String CLASS_NAMES = "class_names";

  /** The key of the features' names, likewise; it is missing if they have none. */
  static final String FEATURE_NAMES = "feature_names";

  /** The input: N × F raw features. */
  static final String FEATURES = "features";

  /** The first output: N classes, by number if their names are the numbers from 0, or by name. */
  static final String LABEL = "label";

  /** The second output: N × C. */
  static final String PROBABILITIES = "probabilities";

  // ONNX 1.8 of November 2020: the first version whose Softmax works on one dimension.
  static final int OPERATORS_VERSION = 13;
  static final int FORMAT_VERSION = 7;

  /** About how many weights are scaled at a time. */
  private static final int PIECE = 1 << 13;

  private static final Attribute OVER_CLASSES = new Attribute("axis", 1);

  private OnnxFormat() {}

  /** Whether the model is small enough for this format, which has at most 2 GiB. */
  static boolean fits(SoftmaxModel model) {
    return message(model, null).size() <= Integer.MAX_VALUE;
  }

  /**
   * Writes a model. The same model and version give the same bytes. Leaves the stream open.
   *
   * @param onehot the version of Onehot that made the model; null if it is not known
   */
  static void write(OutputStream out, SoftmaxModel model, String onehot) throws IOException {
    message(model, onehot).writeTo(out);
  }

  /** The message ModelProto. */
  private static ProtobufMessage message(SoftmaxModel model, String onehot) {
    ProtobufMessage message = new ProtobufMessage();
    message.add(1, FORMAT_VERSION).add(2, "Onehot");
    if (onehot != null) {
      message.add(3, onehot);
    }
    ProtobufMessage operators = new ProtobufMessage().add(1, "").add(2, OPERATORS_VERSION);
    message.add(7, graph(model).message()).add(8, operators);
    message.add(14, names(CLASS_NAMES, model.classNames()));
    if (!model.featureNames().isEmpty()) {
      message.add(14, names(FEATURE_NAMES, model.featureNames()));
    }
    return message;
  }

  /** The message StringStringEntryProto. */
  private static ProtobufMessage names(String key, List<String> names) {
    return new ProtobufMessage().add(1, key).add(2, ascii(new Gson().toJson(names)));
  }

  /** The same JSON in ASCII: onnxruntime's Java shortens texts that hold such as emoji. */
  private static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (char c : json.toCharArray()) {
      if (c < 128) {
        ascii.append(c);
      } else {
        ascii.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return ascii.toString();
  }

  private static OnnxGraph graph(SoftmaxModel model) {
    int features = model.features();
    int classes = model.classes();
    OnnxGraph graph = new OnnxGraph("softmax_regression", documentation(model));
    graph.input(FEATURES, Type.FLOAT32, "raw features, as in the training's input", features);
    boolean numbered = model.hasNumbersAsNames();
    if (numbered) {
      graph.output(LABEL, Type.INT64, "the number of the most probable class, from 0");
    } else {
      graph.output(LABEL, Type.TEXT, "the name of the most probable class");
    }
    graph.output(PROBABILITIES, Type.FLOAT32, "a probability for each class", classes);

    LinearPart linear = model.linear();
    String raw = linear.means() == null ? "raw" : "given";
    graph.operator("Cast", raw, FEATURES, Type.FLOAT64.castTo());
    if (linear.means() != null) {
      meansOfMissing(graph, linear);
    }
    // Not a Mul of its own: onnxruntime makes one of Mul and MatMul, and rounds its factor to
    // float32.
    graph.constant("scaled_W1", out -> writeScaledWeights(out, linear), features, classes);
    if (linear.offset() != null) {
      graph.operator("MatMul", "products", "raw", "scaled_W1");
      graph.constant("b1", out -> NpyFormat.writeValues(out, linear.offset()), classes);
      graph.operator("Add", "logits", "products", "b1");
    } else {
      graph.operator("MatMul", "logits", "raw", "scaled_W1");
    }
    String activations =
        switch (model.activation()) {
          case IDENTITY -> "logits";
          case RELU -> relu(graph);
          case SIGMOID -> sigmoid(graph);
        };
    // Of probabilities more can be the same than of activations, since small differences are lost.
    graph.operator(
        "ArgMax",
        numbered ? LABEL : "class",
        activations,
        OVER_CLASSES,
        new Attribute("keepdims", 0),
        new Attribute("select_last_index", 0));
    if (!numbered) {
      graph.texts("class_names", model.classNames());
      graph.operator("Gather", LABEL, "class_names", "class", new Attribute("axis", 0));
    }
    graph.operator("Softmax", "softmax", activations, OVER_CLASSES);
    graph.operator("Cast", PROBABILITIES, "softmax", Type.FLOAT32.castTo());
    return graph;
  }

  private static void meansOfMissing(OnnxGraph graph, LinearPart linear) {
    double[] means = linear.means();
    graph.constant(
        "means",
        out -> {
          double[] singles = new double[means.length];
          for (int j = 0; j < means.length; j++) {
            singles[j] = (float) means[j];
          }
          NpyFormat.writeValues(out, singles);
        },
        means.length);
    graph.operator("IsNaN", "missing", FEATURES);
    graph.operator("Where", "raw", new String[] {"missing", "means", "given"});
  }

  /** Feature by feature, so that memory holds no copy of all. */
  private static void writeScaledWeights(OutputStream out, LinearPart linear) throws IOException {
    double[] weights = linear.weights();
    int classes = linear.classes();
    double[] piece = new double[Math.max(1, PIECE / classes) * classes];
    for (int from = 0; from < weights.length; from += piece.length) {
      int to = Math.min(weights.length - from, piece.length);
      for (int k = 0; k < to; k++) {
        piece[k] = weights[from + k] * linear.scaling().scale((from + k) / classes);
      }
      NpyFormat.writeValues(out, to == piece.length ? piece : Arrays.copyOf(piece, to));
    }
  }

  private static String relu(OnnxGraph graph) {
    graph.operator("Relu", "activations", "logits");
    return "activations";
  }

  /**
   * {@code exp(min(z, 0)) / (1 + exp(-|z|))}, as {@link dev.onehot.math.Activation#SIGMOID} has it.
   * ONNX has an operator Sigmoid, but runtimes may compute it as {@code 1 - 1 / (1 + exp(z))} for
   * negative logits. Then all classes with logits below -37 would tie.
   */
  private static String sigmoid(OnnxGraph graph) {
    constant(graph, "zero", 0);
    constant(graph, "one", 1);
    graph.operator("Min", "negative", "logits", "zero");
    graph.operator("Exp", "numerator", "negative");
    graph.operator("Abs", "distance", "logits");
    graph.operator("Neg", "exponent", "distance");
    graph.operator("Exp", "exponential", "exponent");
    graph.operator("Add", "denominator", "exponential", "one");
    graph.operator("Div", "activations", "numerator", "denominator");
    return "activations";
  }

  private static void constant(OnnxGraph graph, String name, double value) {
    graph.constant(name, out -> NpyFormat.writeValues(out, new double[] {value}));
  }

  private static String documentation(SoftmaxModel model) {
    boolean offset = model.linear().offset() != null;
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "probabilities = softmax(%s(features * scaled_W1%s)), where scaled_W1 is W1 times the"
                + " scale of the raw features%s.",
            model.activation().name().toLowerCase(Locale.ROOT),
            offset ? " + b1" : "",
            model.scaling().isCentred()
                ? ", and b1 is the bias less the shifts of the features times scaled_W1"
                : ""));
    text.append(" The label is the first class with the largest activation.");
    if (model.linear().means() != null) {
      text.append(" A feature that is NaN counts as its mean.");
    }
    text.append(" The metadata ").append(CLASS_NAMES).append(" has the names of the classes.");
    return text.toString();
  }
}
