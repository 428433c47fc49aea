package dev.onehot.storage;

import dev.onehot.storage.CrashEnumeration.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What this room does with files, to be ended at every point. */
public final class StorageCrashes {

  private StorageCrashes() {}

  /** All scenarios by their names. */
  public static Map<String, Scenario> all() {
    return Map.of(
        "publish a new directory", new Publish(false),
        "publish into a directory that is there", new Publish(true),
        "create a file", new Create(),
        "replace a file", new Replace(),
        "take a claim and give it up", new TakeClaim(false),
        "take a dead run's claim over", new TakeClaim(true));
  }

  private record Publish(boolean there) implements Scenario {

    @Override
    public void prepare(Path folder, Configuration hadoop) throws IOException {
      if (there) {
        Storage.of(folder, hadoop).mkdirs(new Path(folder, "model"));
      }
    }

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      try (PublishedDirectory directory =
          PublishedDirectory.claim(new Path(folder, "model"), "a-run", hadoop, line -> {})) {
        directory.write("W1.npy", bytes("weights"));
        directory.write("model.json", bytes("description"));
        directory.write("run.json", bytes("verdict"));
        directory.publish();
      }
    }

    /** A reader takes a directory without the last file for none. */
    @Override
    public String read(Path folder, Configuration hadoop) throws IOException {
      String content = CrashEnumeration.content(new Path(folder, "model"), hadoop);
      return content.contains("run.json") ? content : "nothing";
    }
  }

  private record Create() implements Scenario {

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      FileSystem files = Storage.of(folder, hadoop);
      WholeFile.create(files, new Path(folder, "champion"), out -> out.write(bytes("new")));
    }

    @Override
    public String read(Path folder, Configuration hadoop) throws IOException {
      return CrashEnumeration.content(new Path(folder, "champion"), hadoop);
    }
  }

  private record Replace() implements Scenario {

    @Override
    public void prepare(Path folder, Configuration hadoop) throws IOException {
      FileSystem files = Storage.of(folder, hadoop);
      WholeFile.write(files, new Path(folder, "status"), out -> out.write(bytes("old")));
    }

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      FileSystem files = Storage.of(folder, hadoop);
      WholeFile.write(files, new Path(folder, "status"), out -> out.write(bytes("new")));
    }

    @Override
    public String read(Path folder, Configuration hadoop) throws IOException {
      return CrashEnumeration.content(new Path(folder, "status"), hadoop);
    }

    @Override
    public boolean repeatable() {
      return true;
    }
  }

  private record TakeClaim(boolean dead) implements Scenario {

    @Override
    public void prepare(Path folder, Configuration hadoop) throws IOException {
      if (dead) {
        Races.leaveBehind(Storage.of(folder, hadoop), new Path(folder, ".claim"));
      }
    }

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      FileSystem files = Storage.of(folder, hadoop);
      try (Claim claim =
          Claim.take(files, new Path(folder, ".claim"), "a-run", hadoop, line -> {})) {
        claim.require();
        claim.inherit();
      }
    }

    /** The run of the first claim of the chain. */
    @Override
    public String read(Path folder, Configuration hadoop) throws IOException {
      Claim.Link first = Claim.read(Storage.of(folder, hadoop), new Path(folder, ".claim"));
      if (first == null) {
        return "nobody";
      }
      return first.owner() == null ? "unreadable" : first.owner().run();
    }

    @Override
    public Set<String> between() {
      return Set.of("a-run");
    }

    @Override
    public boolean repeatable() {
      return true;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
