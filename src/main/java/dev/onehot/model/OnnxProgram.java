package dev.onehot.model;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.onehot.model.OnnxGraph.Type;
import dev.onehot.model.OnnxOperator.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The computation that stands in a file of the format ONNX. Its tensors have numbers: first the
 * input, then the constants, then the results of the steps.
 *
 * @param classNames C names, of the metadata
 * @param featureNames F names, of the metadata; empty if it has none
 * @param features F
 * @param constants the numbers of each constant, in C order; of texts, 0, 1, …
 * @param steps what is computed, one after another
 * @param label the number of the tensor with the labels
 * @param probabilities the number of the tensor with the probabilities
 */
record OnnxProgram(
    List<String> classNames,
    List<String> featureNames,
    int features,
    List<double[]> constants,
    List<Step> steps,
    int label,
    int probabilities) {

  /**
   * A use of an operator.
   *
   * @param inputs the numbers of the tensors that it takes
   * @param width the last dimension of the first of them
   * @param result the form of its result
   */
  record Step(OnnxOperator operator, int[] inputs, int width, Form result) {}

  /**
   * The computation of a file.
   *
   * @throws IOException if the file holds what Onehot never writes, or contradicts itself
   */
  static OnnxProgram of(OnnxFile file) throws IOException {
    if (file.format() != OnnxFormat.FORMAT_VERSION
        || !file.operatorSets().equals(Map.of("", (long) OnnxFormat.OPERATORS_VERSION))) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "format version %d with the sets of operators %s, where Onehot writes version %d with %d",
              file.format(),
              file.operatorSets(),
              OnnxFormat.FORMAT_VERSION,
              OnnxFormat.OPERATORS_VERSION));
    }
    return new Linking().link(file);
  }

  /** Gives each tensor a number, in the order in which they are computed, and checks its form. */
  private static final class Linking {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Form> forms = new ArrayList<>();

    OnnxProgram link(OnnxFile file) throws IOException {
      Form input = onlyInput(file.inputs());
      add(OnnxFormat.FEATURES, input);
      List<String> classNames = names(file.metadata(), OnnxFormat.CLASS_NAMES);
      List<double[]> constants = new ArrayList<>();
      for (OnnxFile.Tensor constant : file.constants()) {
        boolean texts = constant.type() == Type.TEXT.code();
        constants.add(texts ? numbers(constant, classNames) : values(constant));
        add(constant.name(), new Form(texts ? Type.TEXT : Type.FLOAT64, constant.shape()));
      }
      List<Step> steps = new ArrayList<>();
      for (OnnxFile.Node node : file.nodes()) {
        steps.add(step(node));
      }
      if (file.outputs().size() != 2) {
        throw new IOException("there are not two outputs");
      }
      boolean texts = file.outputs().get(0).type() == Type.TEXT.code();
      int label =
          output(
              file.outputs().get(0),
              OnnxFormat.LABEL,
              texts ? Type.TEXT : Type.INT64,
              List.of(OnnxFile.ROWS));
      int probabilities =
          output(
              file.outputs().get(1),
              OnnxFormat.PROBABILITIES,
              Type.FLOAT32,
              List.of(OnnxFile.ROWS, (long) classNames.size()));
      List<String> featureNames = List.of();
      if (file.metadata().size() > 1) {
        featureNames = names(file.metadata(), OnnxFormat.FEATURE_NAMES);
        if (file.metadata().size() > 2 || featureNames.size() != input.width()) {
          throw noNames(file.metadata().keySet(), OnnxFormat.FEATURE_NAMES);
        }
      }
      return new OnnxProgram(
          classNames, featureNames, input.width(), constants, steps, label, probabilities);
    }

    /** Texts by their numbers, which are those of the classes. */
    private static double[] numbers(OnnxFile.Tensor texts, List<String> classNames)
        throws IOException {
      if (!texts.texts().equals(classNames)
          || !texts.shape().equals(List.of((long) classNames.size()))) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "the constant \"%s\" holds %,d texts of the shape %s, where the %,d of %s belong",
                texts.name(),
                texts.texts().size(),
                texts.shape(),
                classNames.size(),
                OnnxFormat.CLASS_NAMES));
      }
      return IntStream.range(0, classNames.size()).asDoubleStream().toArray();
    }

    private static Form onlyInput(List<OnnxFile.Value> inputs) throws IOException {
      if (inputs.size() == 1) {
        OnnxFile.Value input = inputs.get(0);
        Form form = new Form(Type.FLOAT32, input.shape());
        if (input.name().equals(OnnxFormat.FEATURES)
            && input.type() == Type.FLOAT32.code()
            && form.isRows()
            && isLength(input.shape().get(1))) {
          return form;
        }
      }
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the inputs are %s, where one called %s, of float32, belongs",
              inputs,
              OnnxFormat.FEATURES));
    }

    private static boolean isLength(long length) {
      return length >= 1 && length <= Integer.MAX_VALUE;
    }

    private void add(String name, Form form) throws IOException {
      if (numbers.put(name, forms.size()) != null) {
        throw new IOException(
            String.format(Locale.ROOT, "there are two tensors called \"%s\"", name));
      }
      forms.add(form);
    }

    private static double[] values(OnnxFile.Tensor constant) throws IOException {
      long size = 1;
      boolean fits = constant.type() == Type.FLOAT64.code();
      for (long length : constant.shape()) {
        fits &= isLength(length) && size <= Integer.MAX_VALUE;
        size = fits ? size * length : 0;
      }
      if (!fits || size * Double.BYTES != constant.content().remaining()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "the constant \"%s\" has %,d bytes of type %d for the shape %s, where float64 belongs",
                constant.name(),
                constant.content().remaining(),
                constant.type(),
                constant.shape()));
      }
      double[] values = new double[(int) size];
      constant.content().asDoubleBuffer().get(values);
      for (int i = 0; i < values.length; i++) {
        if (!Double.isFinite(values[i])) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "the constant \"%s\" holds %s as number %,d",
                  constant.name(),
                  values[i],
                  i));
        }
      }
      return values;
    }

    private Step step(OnnxFile.Node node) throws IOException {
      OnnxOperator operator = OnnxOperator.named(node.operator());
      int[] inputs = new int[node.inputs().size()];
      List<Form> of = new ArrayList<>();
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = number(node.inputs().get(i));
        of.add(forms.get(inputs[i]));
      }
      Form result = operator.result(of, node.attributes());
      if (node.outputs().size() != 1) {
        throw new IOException(String.format(Locale.ROOT, "%s has not one result", node.operator()));
      }
      add(node.outputs().get(0), result);
      // A constant may be a single number, which has no dimension.
      return new Step(operator, inputs, of.get(0).isRows() ? of.get(0).width() : 1, result);
    }

    private int number(String name) throws IOException {
      Integer number = numbers.get(name);
      if (number == null) {
        throw new IOException(
            String.format(
                Locale.ROOT, "the tensor \"%s\" is needed before anything computes it", name));
      }
      return number;
    }

    private int output(OnnxFile.Value declared, String name, Type type, List<Long> shape)
        throws IOException {
      Form form = new Form(type, shape);
      int number = number(name);
      if (!declared.name().equals(name)
          || declared.type() != type.code()
          || !declared.shape().equals(shape)
          || !forms.get(number).equals(form)) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "the output %s is declared as %s and computed as %s, where %s belongs",
                name,
                declared,
                forms.get(number),
                form));
      }
      return number;
    }

    private static List<String> names(Map<String, String> metadata, String key) throws IOException {
      String[] names = null;
      try {
        names = Json.read(() -> new Gson().fromJson(metadata.get(key), String[].class));
      } catch (JsonParseException e) {
        // Said below.
      }
      if (names == null || names.length == 0 || Arrays.asList(names).contains(null)) {
        throw noNames(metadata, key);
      }
      return List.of(names);
    }

    private static IOException noNames(Object found, String key) {
      return new IOException(
          String.format(
              Locale.ROOT,
              "the metadata is %s, where a JSON array of names called %s belongs",
              found,
              key));
    }
  }
}
