package dev.onehot.data.idx;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first four bytes of an IDX file: two zeros, the type, and the number of dimensions.
 *
 * @param type of the numbers
 * @param dimensions how many there are, at least 1; the first counts rows
 */
record IdxMagic(IdxType type, int dimensions) {

  /** What a file's name says of its dimensions. */
  private static final Pattern NAMED = Pattern.compile("[-.]idx(\\d{1,3})(?![0-9A-Za-z])");

  /** The magic number; empty if it is none of IDX. */
  static Optional<IdxMagic> of(int number) {
    int dimensions = number & 0xff;
    return dimensions == 0
        ? Optional.empty()
        : IdxType.of(number >>> 8).map(type -> new IdxMagic(type, dimensions));
  }

  /** Whether a file that is cut short begins like an IDX file. */
  static boolean mayBegin(byte[] begin, int length) {
    return begin[0] == 0
        && (length < 2 || begin[1] == 0)
        && (length < 3 || IdxType.of(begin[2]).isPresent());
  }

  /**
   * Whether such a file may be one of that kind. Features may have any type and any number of
   * dimensions. But one that is named after labels or after another number of dimensions is there
   * by mistake.
   */
  boolean fits(IdxKind kind, String name) {
    if (kind == IdxKind.LABELS) {
      return type.isWhole() && dimensions <= 2;
    }
    Matcher named = NAMED.matcher(name);
    return named.find()
        ? Integer.parseInt(named.group(1)) == dimensions
            && !(dimensions == 1 && name.contains("labels"))
        : dimensions > 1 || !name.contains("labels");
  }

  /** Describes a file by its magic number, for messages; empty if it is none of IDX. */
  static Optional<String> describe(int number) {
    return of(number)
        .map(IdxMagic::toString)
        .or(
            () ->
                of(Integer.reverseBytes(number))
                    .map(magic -> magic + " in little-endian order (IDX has the high byte first)"));
  }

  @Override
  public String toString() {
    if (type == IdxType.UBYTE && dimensions == 3) {
      return "an IDX file of images";
    }
    if (type == IdxType.UBYTE && dimensions == 1) {
      return "an IDX file of labels";
    }
    return String.format(Locale.ROOT, "a %d-dimensional IDX file of %s", dimensions, type);
  }
}
