package dev.onehot.model;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of Protocol Buffers. Its fields are written in the order in which they were added, so
 * the same fields always give the same bytes.
 *
 * <p>A message knows its size before it is written, as the encoding demands. So it needs no copy of
 * large contents.
 */
final class ProtobufMessage {

  /** Writes a content that may be too large for memory to hold it twice. */
  @FunctionalInterface
  interface Content {

    /** Writes all its bytes. */
    void writeTo(OutputStream out) throws IOException;
  }

  private interface Field {

    /** Writes the field to {@code coded}, which writes to {@code out} whenever it is flushed. */
    void writeTo(CodedOutputStream coded, OutputStream out) throws IOException;
  }

  private final List<Field> fields = new ArrayList<>();
  private long size;

  /** Adds a whole number. */
  ProtobufMessage add(int field, long value) {
    size += CodedOutputStream.computeInt64Size(field, value);
    fields.add((coded, out) -> coded.writeInt64(field, value));
    return this;
  }

  /** Adds a text, as UTF-8. */
  ProtobufMessage add(int field, String text) {
    size += CodedOutputStream.computeStringSize(field, text);
    fields.add((coded, out) -> coded.writeString(field, text));
    return this;
  }

  /** Adds a message. It must be complete. */
  ProtobufMessage add(int field, ProtobufMessage message) {
    addLength(field, message.size);
    fields.addAll(message.fields);
    return this;
  }

  /**
   * Adds bytes.
   *
   * @param length how many bytes the content will write
   */
  ProtobufMessage add(int field, long length, Content content) {
    addLength(field, length);
    fields.add(
        (coded, out) -> {
          coded.flush();
          content.writeTo(out);
        });
    return this;
  }

  private void addLength(int field, long length) {
    size +=
        CodedOutputStream.computeTagSize(field)
            + CodedOutputStream.computeUInt64SizeNoTag(length)
            + length;
    fields.add(
        (coded, out) -> {
          coded.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          coded.writeUInt64NoTag(length);
        });
  }

  /** The number of bytes that are written. */
  long size() {
    return size;
  }

  /** Writes the message. Leaves the stream open. */
  void writeTo(OutputStream out) throws IOException {
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    for (Field field : fields) {
      field.writeTo(coded, out);
    }
    coded.flush();
  }
}
