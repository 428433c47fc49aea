package dev.onehot.storage;

import dev.onehot.failure.InvalidSettingsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A directory of an object store, which cannot rename: files are put straight to their place, and
 * the last one appears when all others are there. Readers take a directory without it for none. A
 * hidden file says which run has not finished here, so that the next run can remove what it left.
 */
record PutDirectory(FileSystem files, Path target) implements Place {

  @Override
  public Path claim() {
    return new Path(target, ExistingDirectory.CLAIM);
  }

  /** The hidden file. It is empty, or names the last file, which is about to be put. */
  @Override
  public Path pending(UUID id) {
    return new Path(target, ExistingDirectory.PENDING + id);
  }

  @Override
  public Path folder(UUID id) {
    return target;
  }

  @Override
  public boolean holdsLast() {
    return true;
  }

  @Override
  public void requireVacant(List<UUID> abandoned) throws IOException {
    Set<String> known = new HashSet<>();
    for (UUID id : abandoned) {
      known.add(pending(id).getName());
      known.addAll(leftBy(id));
    }
    List<String> inside = names();
    inside.removeAll(known);
    if (!inside.isEmpty()) {
      throw filled(inside);
    }
  }

  private InvalidSettingsException filled(List<String> inside) {
    return ExistingDirectory.filled(target, inside);
  }

  /** Whether a file says who writes here, and is nothing that is published. */
  static boolean isOfAClaim(String name) {
    return name.startsWith(ExistingDirectory.CLAIM)
        || name.startsWith("." + ExistingDirectory.CLAIM)
        || name.startsWith(ExistingDirectory.PENDING);
  }

  /** All but the claim's files. */
  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus file : files.listStatus(target)) {
        String name = file.getPath().getName();
        if (!isOfAClaim(name) || name.startsWith(ExistingDirectory.PENDING)) {
          names.add(name);
        }
      }
    } catch (FileNotFoundException e) {
      // An object store has no empty directories.
    }
    return names;
  }

  /** The names of a run's files, if it did not come to the last one. */
  private List<String> leftBy(UUID id) throws IOException {
    String last;
    try (InputStream in = files.open(pending(id))) {
      last = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return List.of();
    }
    if (!last.isEmpty() && files.exists(Storage.child(target, last))) {
      return List.of();
    }
    List<String> left = names();
    left.remove(pending(id).getName());
    return left;
  }

  @Override
  public void begin(UUID id) throws IOException {
    WholeFile.create(files, pending(id), out -> {});
  }

  @Override
  public OutputStream newFile(UUID id, String name) throws IOException {
    return PutIfAbsent.open(files, Storage.child(target, name));
  }

  @Override
  public void removeAbandoned(UUID id) throws IOException {
    for (String name : leftBy(id)) {
      files.delete(Storage.child(target, name), true);
    }
    files.delete(pending(id), false);
  }

  @Override
  public void publish(UUID id, List<String> names, LastFile last) throws IOException {
    if (last != null) {
      byte[] name = last.name().getBytes(StandardCharsets.UTF_8);
      WholeFile.write(files, pending(id), out -> out.write(name));
      WholeFile.create(files, Storage.child(target, last.name()), out -> out.write(last.content()));
    }
    try {
      files.delete(pending(id), false);
    } catch (IOException e) {
      if (last == null) {
        throw e;
      }
      // All files are there. The hidden one says so.
    }
  }
}
