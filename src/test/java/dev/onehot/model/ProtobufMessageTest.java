package dev.onehot.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufMessageTest {

  @Test
  void fieldsAreReadAsTheyWereAdded() throws IOException {
    ProtobufMessage inner = new ProtobufMessage().add(1, -1).add(20, "Bär");
    byte[] content = {1, 2, 3};
    CodedInputStream in =
        CodedInputStream.newInstance(
            bytes(
                new ProtobufMessage()
                    .add(3, Long.MAX_VALUE)
                    .add(2, inner)
                    .add(9, 3, out -> out.write(content))
                    .add(2, "last")));
    assertThat(field(in)).isEqualTo(3);
    assertThat(in.readInt64()).isEqualTo(Long.MAX_VALUE);
    assertThat(field(in)).isEqualTo(2);
    CodedInputStream nested = in.readBytes().newCodedInput();
    assertThat(field(nested)).isEqualTo(1);
    assertThat(nested.readInt64()).isEqualTo(-1);
    assertThat(field(nested)).isEqualTo(20);
    assertThat(nested.readString()).isEqualTo("Bär");
    assertThat(nested.isAtEnd()).isTrue();
    assertThat(field(in)).isEqualTo(9);
    assertThat(in.readByteArray()).isEqualTo(content);
    assertThat(field(in)).isEqualTo(2);
    assertThat(in.readString()).isEqualTo("last");
    assertThat(in.isAtEnd()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 100_000})
  void aMessageKnowsItsSize(int length) throws IOException {
    ProtobufMessage message =
        new ProtobufMessage()
            .add(
                15,
                new ProtobufMessage()
                    .add(16, length, out -> out.write(new byte[length]))
                    .add(2, length)
                    .add(1, "x".repeat(length)));
    assertThat(message.size()).isEqualTo(bytes(message).length);
  }

  @Test
  void aSizeMayBeMoreThanAnArrayCanHold() {
    long length = 3L << 30;
    ProtobufMessage message =
        new ProtobufMessage().add(1, new ProtobufMessage().add(9, length, out -> {}));
    assertThat(message.size()).isEqualTo(length + 2 * (1 + 5));
  }

  private static int field(CodedInputStream in) throws IOException {
    return WireFormat.getTagFieldNumber(in.readTag());
  }

  private static byte[] bytes(ProtobufMessage message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.writeTo(out);
    return out.toByteArray();
  }
}
