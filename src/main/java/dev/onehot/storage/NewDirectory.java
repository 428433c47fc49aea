package dev.onehot.storage;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A directory that is not there yet: the hidden directory beside it gets its name. */
record NewDirectory(FileSystem files, Path target) implements Place {

  @Override
  public Path claim() {
    return beside(".claim");
  }

  @Override
  public Path pending(UUID id) {
    return beside(".pending-" + id);
  }

  private Path beside(String ending) {
    return Storage.child(target.getParent(), "." + target.getName() + ending);
  }

  @Override
  public void requireVacant(List<UUID> abandoned) throws IOException {
    if (files.exists(target)) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨out⟩ %s: another run has just made it; name a new directory", target));
    }
  }

  @Override
  public void removeAbandoned(UUID id) throws IOException {
    files.delete(pending(id), true);
  }

  @Override
  public void publish(UUID id, List<String> names, LastFile last) throws IOException {
    try {
      Renames.sync(files, pending(id));
      Renames.toNew(files, pending(id), target);
      Renames.sync(files, target.getParent());
    } catch (FileAlreadyExistsException e) {
      throw new IOException("something else is there now", e);
    }
  }
}
