package dev.onehot.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What stands in a file of the format ONNX: the parts that {@link OnnxFormat} writes. Whether they
 * make sense together is {@link OnnxModel}'s business. Source of the fields' numbers, which never
 * change: {@code onnx/onnx.proto} of ONNX.
 *
 * @param format the version of the format
 * @param operatorSets the version of each set of operators, by its name
 * @param metadata texts by their keys
 */
record OnnxFile(
    long format,
    Map<String, Long> operatorSets,
    Map<String, String> metadata,
    List<Value> inputs,
    List<Value> outputs,
    List<Tensor> constants,
    List<Node> nodes) {

  /** Stands for the number of rows in a shape. */
  static final long ROWS = -1;

  /**
   * A declared input or output.
   *
   * @param type the code of its values' type
   * @param shape the length of each dimension; {@link #ROWS} for a dimension that is free
   */
  record Value(String name, long type, List<Long> shape) {}

  /**
   * A constant.
   *
   * @param type the code of its values' type
   * @param shape the length of each dimension
   * @param content its numbers in C order; empty if it has texts
   * @param texts its texts; empty if it has numbers
   */
  record Tensor(String name, long type, List<Long> shape, ByteBuffer content, List<String> texts) {}

  /** A use of an operator. */
  record Node(
      String operator, List<String> inputs, List<String> outputs, Map<String, Long> attributes) {}

  private static final Set<Integer> NONE = Set.of();

  /**
   * Reads a file's bytes.
   *
   * @throws IOException if they are no such file, end early, or hold what {@link OnnxFormat} never
   *     writes; says where
   */
  static OnnxFile read(byte[] bytes) throws IOException {
    return new Reading(new ProtobufReader(bytes)).file();
  }

  private record Reading(ProtobufReader in) {

    /** The message ModelProto. */
    OnnxFile file() throws IOException {
      long[] format = {0};
      Map<String, Long> operatorSets = new LinkedHashMap<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      List<Value> inputs = new ArrayList<>();
      List<Value> outputs = new ArrayList<>();
      List<Tensor> constants = new ArrayList<>();
      List<Node> nodes = new ArrayList<>();
      in.readAll(
          "ModelProto",
          Set.of(8, 14),
          field -> {
            switch (field) {
              case 1 -> format[0] = in.number();
              case 2, 3 -> in.text();
              case 7 -> graph(inputs, outputs, constants, nodes);
              case 8 -> operatorSet(operatorSets);
              case 14 -> metadata(metadata);
              default -> throw in.unknown();
            }
          });
      return new OnnxFile(format[0], operatorSets, metadata, inputs, outputs, constants, nodes);
    }

    private void operatorSet(Map<String, Long> sets) throws IOException {
      String[] name = {""};
      long[] version = {0};
      in.readMessage(
          "OperatorSetIdProto",
          NONE,
          field -> {
            switch (field) {
              case 1 -> name[0] = in.text();
              case 2 -> version[0] = in.number();
              default -> throw in.unknown();
            }
          });
      putOnce(sets, name[0], version[0], "set of operators");
    }

    private void metadata(Map<String, String> metadata) throws IOException {
      String[] entry = {"", ""};
      in.readMessage(
          "StringStringEntryProto",
          NONE,
          field -> {
            switch (field) {
              case 1, 2 -> entry[field - 1] = in.text();
              default -> throw in.unknown();
            }
          });
      putOnce(metadata, entry[0], entry[1], "key of the metadata");
    }

    private void graph(
        List<Value> inputs, List<Value> outputs, List<Tensor> constants, List<Node> nodes)
        throws IOException {
      in.readMessage(
          "GraphProto",
          Set.of(1, 5, 11, 12),
          field -> {
            switch (field) {
              case 1 -> nodes.add(node());
              case 2, 10 -> in.text();
              case 5 -> constants.add(tensor());
              case 11 -> inputs.add(value());
              case 12 -> outputs.add(value());
              default -> throw in.unknown();
            }
          });
    }

    private Node node() throws IOException {
      String[] operator = {""};
      List<String> inputs = new ArrayList<>();
      List<String> outputs = new ArrayList<>();
      Map<String, Long> attributes = new LinkedHashMap<>();
      in.readMessage(
          "NodeProto",
          Set.of(1, 2, 5),
          field -> {
            switch (field) {
              case 1 -> inputs.add(in.text());
              case 2 -> outputs.add(in.text());
              case 3 -> in.text();
              case 4 -> operator[0] = in.text();
              case 5 -> attribute(attributes);
              default -> throw in.unknown();
            }
          });
      return new Node(operator[0], inputs, outputs, attributes);
    }

    private void attribute(Map<String, Long> attributes) throws IOException {
      String[] name = {""};
      long[] valueAndType = {0, 0};
      in.readMessage(
          "AttributeProto",
          NONE,
          field -> {
            switch (field) {
              case 1 -> name[0] = in.text();
              case 3 -> valueAndType[0] = in.number();
              case 20 -> valueAndType[1] = in.number();
              default -> throw in.unknown();
            }
          });
      if (valueAndType[1] != OnnxGraph.Attribute.INT) {
        throw new IOException(
            String.format(Locale.ROOT, "the attribute %s is no whole number", name[0]));
      }
      putOnce(attributes, name[0], valueAndType[0], "attribute");
    }

    private Tensor tensor() throws IOException {
      List<Long> shape = new ArrayList<>();
      long[] type = {0};
      String[] name = {""};
      ByteBuffer[] content = {ByteBuffer.allocate(0)};
      List<String> texts = new ArrayList<>();
      in.readMessage(
          "TensorProto",
          Set.of(1, 6),
          field -> {
            switch (field) {
              case 1 -> shape.add(in.number());
              case 2 -> type[0] = in.number();
              case 6 -> texts.add(in.text());
              case 8 -> name[0] = in.text();
              case 9 -> content[0] = in.content();
              default -> throw in.unknown();
            }
          });
      return new Tensor(name[0], type[0], shape, content[0], texts);
    }

    /** The message ValueInfoProto. */
    private Value value() throws IOException {
      String[] name = {""};
      long[] type = {0};
      List<Long> shape = new ArrayList<>();
      in.readMessage(
          "ValueInfoProto",
          NONE,
          field -> {
            switch (field) {
              case 1 -> name[0] = in.text();
              case 2 -> readOnly(1, "TypeProto", () -> tensorType(type, shape));
              case 3 -> in.text();
              default -> throw in.unknown();
            }
          });
      return new Value(name[0], type[0], shape);
    }

    private void tensorType(long[] type, List<Long> shape) throws IOException {
      in.readMessage(
          "TypeProto.Tensor",
          NONE,
          field -> {
            switch (field) {
              case 1 -> type[0] = in.number();
              case 2 ->
                  in.readMessage(
                      "TensorShapeProto",
                      Set.of(1),
                      dimension -> {
                        if (dimension != 1) {
                          throw in.unknown();
                        }
                        shape.add(dimension());
                      });
              default -> throw in.unknown();
            }
          });
    }

    private long dimension() throws IOException {
      List<Long> lengths = new ArrayList<>();
      in.readMessage(
          "TensorShapeProto.Dimension",
          NONE,
          field -> {
            switch (field) {
              case 1 -> lengths.add(in.number());
              case 2 -> {
                in.text();
                lengths.add(ROWS);
              }
              default -> throw in.unknown();
            }
          });
      if (lengths.size() != 1) {
        throw new IOException("a dimension has not one length");
      }
      return lengths.get(0);
    }

    private interface Part {
      void read() throws IOException;
    }

    /** Reads a message that has one field alone. */
    private void readOnly(int only, String name, Part part) throws IOException {
      in.readMessage(
          name,
          NONE,
          field -> {
            if (field != only) {
              throw in.unknown();
            }
            part.read();
          });
    }

    private static <T> void putOnce(Map<String, T> map, String key, T value, String what)
        throws IOException {
      if (map.put(key, value) != null) {
        throw new IOException(
            String.format(Locale.ROOT, "the %s \"%s\" stands there twice", what, key));
      }
    }
  }
}
