package dev.onehot.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a message of Protocol Buffers, strictly: a field that is not known, a second value of a
 * field that has one, and bytes that are missing are failures. A usual reader skips the first two,
 * and would take damage for a file of another version.
 */
final class ProtobufReader {

  /** Reads the value of a field with one of the reader's methods. */
  @FunctionalInterface
  interface Fields {

    /**
     * Reads the value of the current field.
     *
     * @param field the field's number
     * @throws IOException {@link #unknown} if the message has no such field
     */
    void read(int field) throws IOException;
  }

  private final byte[] bytes;
  private final CodedInputStream in;
  private String message;
  private int tag;

  ProtobufReader(byte[] bytes) {
    this.bytes = bytes;
    in = CodedInputStream.newInstance(bytes);
  }

  /**
   * Reads all bytes as one message.
   *
   * @param name the message's name, for failures
   * @param repeated the fields that may have several values
   * @throws IOException if the bytes are no such message; says where
   */
  void readAll(String name, Set<Integer> repeated, Fields fields) throws IOException {
    try {
      readFields(name, repeated, fields);
    } catch (InvalidProtocolBufferException e) {
      throw failure("the bytes are no message of Protocol Buffers, or some are missing");
    }
  }

  /** Reads the current field as a message; see {@link #readAll}. */
  void readMessage(String name, Set<Integer> repeated, Fields fields) throws IOException {
    requireWireType(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    String outer = message;
    int limit = in.pushLimit(in.readRawVarint32());
    readFields(name, repeated, fields);
    in.popLimit(limit);
    message = outer;
  }

  private void readFields(String name, Set<Integer> repeated, Fields fields) throws IOException {
    message = name;
    Set<Integer> seen = new HashSet<>();
    while (!in.isAtEnd()) {
      tag = in.readTag();
      int field = WireFormat.getTagFieldNumber(tag);
      if (!repeated.contains(field) && !seen.add(field)) {
        throw failure(String.format(Locale.ROOT, "field %d of %s stands there twice", field, name));
      }
      fields.read(field);
    }
  }

  /** The current field as a whole number. */
  long number() throws IOException {
    requireWireType(WireFormat.WIRETYPE_VARINT);
    return in.readInt64();
  }

  /** The current field as a text. */
  String text() throws IOException {
    requireWireType(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.readStringRequireUtf8();
  }

  /** The current field as bytes, little-endian; no copy. */
  ByteBuffer content() throws IOException {
    requireWireType(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int length = in.readRawVarint32();
    int from = in.getTotalBytesRead();
    in.skipRawBytes(length);
    return ByteBuffer.wrap(bytes, from, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void requireWireType(int type) throws IOException {
    if (WireFormat.getTagWireType(tag) != type) {
      throw failure(
          String.format(
              Locale.ROOT,
              "field %d of %s has a value of another kind",
              WireFormat.getTagFieldNumber(tag),
              message));
    }
  }

  /** The failure of a field that the message does not have. */
  IOException unknown() {
    return failure(
        String.format(
            Locale.ROOT,
            "%s has the field %d, which Onehot never writes",
            message,
            WireFormat.getTagFieldNumber(tag)));
  }

  private IOException failure(String reason) {
    return new IOException(
        String.format(
            Locale.ROOT, "near byte %,d of %,d: %s", in.getTotalBytesRead(), bytes.length, reason));
  }
}
