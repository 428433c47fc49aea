package dev.onehot.checkpoint;

import dev.onehot.storage.CrashEnumeration.Scenario;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What is done with checkpoints, to be ended at every point. */
public final class CheckpointCrashes {

  private static final int WEIGHTS = 1000;

  private CheckpointCrashes() {}

  /** All scenarios by their names. */
  public static Map<String, Scenario> all() {
    return Map.of(
        "write the next checkpoint", new Write(),
        "resume, and remove the checkpoints at the end", new Finish());
  }

  /** After a run that wrote the checkpoints of two iterations and was killed. */
  private abstract static class AfterAKilledRun implements Scenario {

    @Override
    public void prepare(Path folder, Configuration hadoop) throws IOException {
      CheckpointDirectory directory = claim(folder, hadoop);
      directory
          .ownerFile()
          .write(
              new CheckpointOwner(
                  CheckpointOwner.FORMAT,
                  Snapshots.HEADER.run(),
                  new Path(folder, "model").toString(),
                  UUID.randomUUID().toString(),
                  List.of()));
      for (int iteration = 1; iteration <= 2; iteration++) {
        write(directory, iteration);
      }
      directory.release();
    }

    static CheckpointDirectory claim(Path folder, Configuration hadoop) {
      return CheckpointDirectory.claim(new Path(folder, "ck"), "a-run", hadoop, line -> {});
    }

    static void write(CheckpointDirectory directory, int iteration) throws IOException {
      directory.write(
          Snapshots.HEADER, Snapshots.random(iteration, WEIGHTS, new Random(iteration)));
    }

    /** The newest checkpoint, which must be whole. */
    @Override
    public String read(Path folder, Configuration hadoop) throws IOException {
      FileSystem files = Storage.of(folder, hadoop);
      Path directory = new Path(folder, "ck");
      if (!files.exists(directory)) {
        return "none";
      }
      FileStatus newest = null;
      for (FileStatus file : Storage.named(files, directory, Pattern.compile("checkpoint-\\d+"))) {
        if (newest == null || newest.getPath().compareTo(file.getPath()) < 0) {
          newest = file;
        }
      }
      if (newest == null) {
        return "none";
      }
      try (InputStream in = files.open(newest.getPath())) {
        CheckpointFormat.verify(in, newest.getLen());
      }
      return newest.getPath().getName();
    }
  }

  private static final class Write extends AfterAKilledRun {

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      CheckpointDirectory directory = claim(folder, hadoop);
      if (directory.newest(line -> {}) == null) {
        throw new IOException("there is no checkpoint");
      }
      directory.inherit();
      directory.removeHalfWritten();
      write(directory, 3);
      directory.release();
    }
  }

  private static final class Finish extends AfterAKilledRun {

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      TrainingIdentity settings = Snapshots.HEADER.run().identity();
      try (Checkpoints checkpoints =
          Checkpoints.claim(
              new CheckpointOptions(new Path(folder, "ck"), 1),
              "a-run",
              settings,
              hadoop,
              line -> {})) {
        checkpoints.unfinished(settings);
        String model = new Path(folder, "model").toString();
        checkpoints.begin(
            Snapshots.HEADER.run(),
            model,
            UUID.randomUUID(),
            checkpoints.earlier() == null ? null : new Path(model));
        checkpoints.resume("a file", Snapshots.HEADER.dataIdentity());
        checkpoints.clear();
      }
    }

    /** The newest goes first. */
    @Override
    public Set<String> between() {
      return Set.of("checkpoint-0000000001");
    }

    @Override
    public boolean repeatable() {
      return true;
    }
  }
}
