package dev.onehot.storage;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
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
 * A directory that is there, such as a mount point, and stays the same one: the files move into it
 * one by one from a hidden directory inside it. A list in the hidden directory says which, so that
 * the next run can take them back if this one is killed meanwhile.
 */
record ExistingDirectory(FileSystem files, Path target) implements Place {

  static final String CLAIM = ".claim";
  static final String PENDING = ".pending-";

  /** Some file systems have a directory of this name at their root. */
  private static final String LOST_AND_FOUND = "lost+found";

  @Override
  public Path claim() {
    return new Path(target, CLAIM);
  }

  @Override
  public Path pending(UUID id) {
    return new Path(target, PENDING + id);
  }

  @Override
  public void requireVacant(List<UUID> abandoned) throws IOException {
    Set<String> known = new HashSet<>(Set.of(LOST_AND_FOUND));
    for (UUID id : abandoned) {
      known.add(PENDING + id);
      known.addAll(moved(id));
    }
    List<String> inside = new ArrayList<>();
    for (FileStatus file : files.listStatus(target)) {
      String name = file.getPath().getName();
      if (!known.contains(name) && !name.startsWith(CLAIM) && !name.startsWith("." + CLAIM)) {
        inside.add(name);
      }
    }
    if (!inside.isEmpty()) {
      throw filled(target, inside);
    }
  }

  static InvalidSettingsException filled(Path target, List<String> inside) {
    String first = inside.stream().sorted().findFirst().orElseThrow();
    return new InvalidSettingsException(
        SettingNames.format(
            "⟨out⟩ %s: exists and isn't empty (it holds %s%s); name a new directory or empty this one",
            target,
            first,
            inside.size() > 1 ? SettingNames.format(" and %,d more", inside.size() - 1) : ""));
  }

  /** The names of files that a run has moved, if it did not come to the last one. */
  private List<String> moved(UUID id) throws IOException {
    List<String> moved = new ArrayList<>();
    List<String> names = list(id);
    for (String name : names) {
      Path from = Storage.child(pending(id), name);
      if (!files.exists(from) || Renames.begun(files, from, Storage.child(target, name))) {
        moved.add(name);
      }
    }
    return moved.size() == names.size() ? List.of() : moved;
  }

  private List<String> list(UUID id) throws IOException {
    try (InputStream in = files.open(new Path(pending(id), LIST))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public void removeAbandoned(UUID id) throws IOException {
    for (String name : moved(id)) {
      files.delete(Storage.child(target, name), false);
    }
    files.delete(pending(id), true);
  }

  @Override
  public void publish(UUID id, List<String> names, LastFile last) throws IOException {
    byte[] list = (String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8);
    WholeFile.create(files, new Path(pending(id), LIST), out -> out.write(list));
    List<String> moved = new ArrayList<>();
    try {
      for (String name : names) {
        if (moved.size() == names.size() - 1) {
          // The last one says that the others are there.
          Renames.sync(files, target);
        }
        Renames.toNew(files, Storage.child(pending(id), name), Storage.child(target, name));
        moved.add(name);
      }
      Renames.sync(files, target);
    } catch (IOException | RuntimeException e) {
      takeBack(moved, e);
      throw e;
    }
    try {
      files.delete(pending(id), true);
    } catch (IOException e) {
      // All files are in their place. The hidden directory is empty but for the list.
    }
  }

  private void takeBack(List<String> moved, Exception failure) {
    for (String name : moved) {
      try {
        files.delete(Storage.child(target, name), false);
      } catch (IOException | RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
