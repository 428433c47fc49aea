package dev.onehot.job;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * Where rows lie whose path was recorded as the user wrote it, perhaps as seen from another folder.
 * The file that was read first tells, as its full name is recorded, too.
 *
 * @param file the full name of the first file of rows
 * @param dates the days that dates in a path stand for; null if paths hold no dates
 */
record RecordedPlace(Path file, Dates dates) {

  /** The full path of a file, a folder of files or a pattern. */
  Path of(Path recorded) {
    return found(recorded, List.of(file, file.getParent()))
        // A pattern whose alternatives differ in their folders can only be read as it is.
        .orElse(isPattern(recorded) ? recorded : file);
  }

  /** The full path of a folder with everything. The rows to train on may have one of their own. */
  Path ofFolder(Path recorded) {
    Path parent = file.getParent();
    return found(recorded, Arrays.asList(file, parent, parent.getParent()))
        .orElse(Dates.isDated(recorded) ? recorded : parent);
  }

  private static boolean isPattern(Path path) {
    return path.toUri().getPath().matches(".*[*?\\[{].*");
  }

  /**
   * The full path, if the recorded one means one of some places.
   *
   * @param places the file, and folders that it is in; null for none
   */
  private Optional<Path> found(Path recorded, List<Path> places) {
    if (recorded.isUriPathAbsolute()) {
      return Optional.of(onSameStorage(recorded));
    }
    // The first file is of the first day.
    List<String> names = names(dates == null ? recorded : dates.of(recorded).get(0));
    List<String> rest = names(recorded);
    for (Path place : places) {
      Path base = base(names, place);
      // Names like . and .. say nothing of the file, but a folder may well be meant.
      if (base != null && !(names.isEmpty() && place.equals(file))) {
        return Optional.of(
            rest.isEmpty() ? base : new Path(base, new Path(null, null, String.join("/", rest))));
      }
    }
    return Optional.empty();
  }

  private Path onSameStorage(Path recorded) {
    URI named = recorded.toUri();
    URI storage = file.toUri();
    return named.getScheme() == null
        ? new Path(storage.getScheme(), storage.getAuthority(), named.getPath())
        : recorded;
  }

  /** The names in a path, without those that lead up from the folder it is seen from. */
  private static List<String> names(Path path) {
    return Arrays.stream(path.toUri().getPath().split("/"))
        .filter(name -> !name.isEmpty() && !name.equals(".") && !name.equals(".."))
        .toList();
  }

  /** The folder that a place is seen from by some names; null if they don't end there. */
  private static Path base(List<String> names, Path place) {
    Path base = place;
    for (int i = names.size() - 1; i >= 0; i--) {
      if (base == null || !isNamed(base, names.get(i))) {
        return null;
      }
      base = base.getParent();
    }
    return base;
  }

  private static boolean isNamed(Path path, String name) {
    try {
      return path.getName().equals(name) || new GlobFilter(name).accept(path);
    } catch (IOException e) {
      // It is only a part of a pattern.
      return false;
    }
  }
}
