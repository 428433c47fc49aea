package dev.onehot.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * A registry in a folder of this machine, whose versions hold nothing but the file that completes
 * them.
 */
public record TempRegistry(Path folder, Registry registry) {

  public static TempRegistry in(Path folder) {
    return new TempRegistry(
        folder,
        Registry.create(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration()));
  }

  /** Adds complete versions. */
  public TempRegistry with(int... versions) throws IOException {
    for (int version : versions) {
      Files.writeString(Files.createDirectories(version(version)).resolve("W1.npy"), "");
      Files.writeString(version(version).resolve("run.json"), "{}");
    }
    return this;
  }

  public Path version(int number) {
    return folder.resolve(String.format(Locale.ROOT, "versions/%06d", number));
  }

  public Path champion(int number) {
    return folder.resolve(String.format(Locale.ROOT, "champion/%06d.json", number));
  }

  /** Promotes a version that nobody else promotes meanwhile. */
  public Promotion promote(int version) throws IOException {
    Champions champions = registry.champions();
    return champions.promote(version, champions.last(), "a test", "it wants to");
  }

  /** The champion's version; 0 without one. */
  public int current() throws IOException {
    return registry.champions().current().map(Promotion::version).orElse(0);
  }

  /** The names in a folder of the registry, sorted. */
  public List<String> names(String of) throws IOException {
    try (Stream<Path> found = Files.list(folder.resolve(of))) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
