package dev.onehot.model;

import java.util.List;

/**
 * A graph of ONNX: inputs, constants, outputs, and operators in an order in which they can be
 * computed. Source of the fields' numbers, which never change: {@code onnx/onnx.proto} of ONNX.
 */
final class OnnxGraph {

  /** The type of a tensor's values, with its code in {@code TensorProto.DataType}. */
  enum Type {
    FLOAT32(1),
    INT64(7),
    TEXT(8),
    BOOLEAN(9),
    FLOAT64(11);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /** The code in files. */
    int code() {
      return code;
    }

    /** What the operator Cast converts to this type. */
    Attribute castTo() {
      return new Attribute("to", code);
    }
  }

  /** A setting of an operator. */
  record Attribute(String name, long value) {

    /** The code of a whole number's type. */
    static final int INT = 2;

    /** The message AttributeProto. */
    private ProtobufMessage message() {
      return new ProtobufMessage().add(1, name).add(3, value).add(20, INT);
    }
  }

  // The fields of GraphProto.
  private static final int NODE = 1;
  private static final int NAME = 2;
  private static final int INITIALIZER = 5;
  private static final int DOCUMENTATION = 10;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;

  private final ProtobufMessage message = new ProtobufMessage();

  /**
   * @param documentation what the graph computes
   */
  OnnxGraph(String name, String documentation) {
    message.add(NAME, name).add(DOCUMENTATION, documentation);
  }

  /**
   * Declares an input of N rows.
   *
   * @param rowShape the length of each dimension of a row; none if a row is one number
   */
  void input(String name, Type type, String documentation, long... rowShape) {
    message.add(INPUT, value(name, type, documentation, rowShape));
  }

  /**
   * Declares an output of N rows.
   *
   * @param rowShape the length of each dimension of a row; none if a row is one number
   */
  void output(String name, Type type, String documentation, long... rowShape) {
    message.add(OUTPUT, value(name, type, documentation, rowShape));
  }

  /** The message ValueInfoProto, with a TypeProto.Tensor whose first dimension is free. */
  private static ProtobufMessage value(
      String name, Type type, String documentation, long... rowShape) {
    ProtobufMessage shape = new ProtobufMessage().add(1, new ProtobufMessage().add(2, "N"));
    for (long length : rowShape) {
      shape.add(1, new ProtobufMessage().add(1, length));
    }
    ProtobufMessage tensor = new ProtobufMessage().add(1, type.code).add(2, shape);
    return new ProtobufMessage()
        .add(1, name)
        .add(2, new ProtobufMessage().add(1, tensor))
        .add(3, documentation);
  }

  /**
   * Adds a constant of float64, as a TensorProto with raw data.
   *
   * @param values writes the numbers as little-endian float64 in C order
   * @param shape the length of each dimension; none for a single number
   */
  void constant(String name, ProtobufMessage.Content values, long... shape) {
    ProtobufMessage tensor = new ProtobufMessage();
    long bytes = Double.BYTES;
    for (long length : shape) {
      tensor.add(1, length);
      bytes *= length;
    }
    tensor.add(2, Type.FLOAT64.code).add(8, name).add(9, bytes, values);
    message.add(INITIALIZER, tensor);
  }

  /** Adds a constant of texts, as a TensorProto with string data. */
  void texts(String name, List<String> texts) {
    ProtobufMessage tensor =
        new ProtobufMessage().add(1, texts.size()).add(2, Type.TEXT.code).add(8, name);
    texts.forEach(text -> tensor.add(6, text));
    message.add(INITIALIZER, tensor);
  }

  /** An operator whose result is a tensor with this name. */
  void operator(String operator, String result, String input, Attribute... attributes) {
    operator(operator, result, new String[] {input}, attributes);
  }

  /** An operator of two inputs whose result is a tensor with this name. */
  void operator(
      String operator, String result, String left, String right, Attribute... attributes) {
    operator(operator, result, new String[] {left, right}, attributes);
  }

  /** An operator of some inputs whose result is a tensor with this name. */
  void operator(String operator, String result, String[] inputs, Attribute... attributes) {
    ProtobufMessage node = new ProtobufMessage();
    for (String input : inputs) {
      node.add(1, input);
    }
    node.add(2, result).add(3, result).add(4, operator);
    for (Attribute attribute : attributes) {
      node.add(5, attribute.message());
    }
    message.add(NODE, node);
  }

  /** The graph as the message GraphProto. */
  ProtobufMessage message() {
    return message;
  }
}
