package dev.onehot.data.idx;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The types of the numbers in an IDX file, which stand in big-endian order. */
enum IdxType {
  UBYTE(0x08, Byte.BYTES, "unsigned bytes"),
  BYTE(0x09, Byte.BYTES, "signed bytes"),
  SHORT(0x0B, Short.BYTES, "16-bit integers"),
  INT(0x0C, Integer.BYTES, "32-bit integers"),
  FLOAT(0x0D, Float.BYTES, "32-bit floats"),
  DOUBLE(0x0E, Double.BYTES, "64-bit floats");

  private final int code;
  private final int bytes;
  private final String plural;

  IdxType(int code, int bytes, String plural) {
    this.code = code;
    this.bytes = bytes;
    this.plural = plural;
  }

  /** The type with that code, which is the third byte of a file; empty if there is none. */
  static Optional<IdxType> of(int code) {
    for (IdxType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The length of a number. */
  int bytes() {
    return bytes;
  }

  /** Whether numbers are whole. */
  boolean isWhole() {
    return this != FLOAT && this != DOUBLE;
  }

  /**
   * The number at an offset.
   *
   * @param buffer in big-endian order
   */
  double number(ByteBuffer buffer, int offset) {
    return switch (this) {
      case FLOAT -> buffer.getFloat(offset);
      case DOUBLE -> buffer.getDouble(offset);
      default -> whole(buffer, offset);
    };
  }

  /**
   * The whole number at an offset.
   *
   * @param buffer in big-endian order
   */
  int whole(ByteBuffer buffer, int offset) {
    return switch (this) {
      case UBYTE -> Byte.toUnsignedInt(buffer.get(offset));
      case BYTE -> buffer.get(offset);
      case SHORT -> buffer.getShort(offset);
      case INT -> buffer.getInt(offset);
      default -> throw new IllegalStateException(this + " are not whole");
    };
  }

  /** The numbers, for messages. */
  @Override
  public String toString() {
    return plural;
  }
}
