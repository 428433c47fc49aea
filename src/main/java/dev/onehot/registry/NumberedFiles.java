package dev.onehot.registry;

import dev.onehot.storage.Storage;
import dev.onehot.storage.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A sequence of files with the names {@code 000001.json}, {@code 000002.json} and so on. Each is
 * created only if it is absent, and never changes: of several writers one gets a number, and no
 * clock decides which file is the last.
 */
public final class NumberedFiles {

  private static final Pattern NAME = Pattern.compile("(\\d{6,9})\\.json");
  private static final Pattern LEFTOVER = WholeFile.aside(NAME.pattern());
  private static final int MOST = 999_999_999;

  private final FileSystem files;
  private final Path folder;

  NumberedFiles(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /** The folder of the files. */
  public Path folder() {
    return folder;
  }

  /** The numbers of all files, ascending; empty if there is no folder. */
  public List<Integer> numbers() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try {
      for (FileStatus file : Storage.named(files, folder, NAME)) {
        Matcher name = NAME.matcher(file.getPath().getName());
        if (name.matches()) {
          int number = Integer.parseInt(name.group(1));
          // A number has one name: 0000007.json is somebody else's.
          if (file(number).getName().equals(file.getPath().getName())) {
            numbers.add(number);
          }
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    Collections.sort(numbers);
    return numbers;
  }

  /** The highest number; 0 if there is no file. */
  public int last() throws IOException {
    List<Integer> numbers = numbers();
    return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
  }

  /** The text of a file. */
  public String text(int number) throws IOException {
    try (InputStream in = files.open(file(number))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Creates a file.
   *
   * @throws FileAlreadyExistsException if there is one with that number
   */
  public void create(int number, String text) throws IOException {
    if (number > MOST) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "no number is left: %s is the last one, and removing it mends that if nobody knows it",
              file(MOST)));
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      WholeFile.create(files, file(number), out -> out.write(bytes));
    } catch (FileNotFoundException e) {
      // Another writer was faster, and the hidden file was taken for a leftover.
      if (files.exists(file(number))) {
        throw new FileAlreadyExistsException(file(number) + " exists");
      }
      throw e;
    }
  }

  /**
   * Removes the hidden files that killed writers have left, once their numbers are taken: then none
   * of these files can get its name any more, even if its writer still lives.
   */
  void removeLeftovers() throws IOException {
    int last = last();
    for (FileStatus file : Storage.named(files, folder, LEFTOVER)) {
      Matcher name = LEFTOVER.matcher(file.getPath().getName());
      if (name.matches() && Integer.parseInt(name.group(1)) <= last) {
        files.delete(file.getPath(), false);
      }
    }
  }

  /**
   * Creates the next file.
   *
   * @return its number
   */
  public int append(String text) throws IOException {
    for (int number = last() + 1; true; number++) {
      try {
        create(number, text);
        return number;
      } catch (FileAlreadyExistsException e) {
        // Another writer was faster.
      }
    }
  }

  private Path file(int number) {
    return Storage.child(folder, String.format(Locale.ROOT, "%06d.json", number));
  }
}
