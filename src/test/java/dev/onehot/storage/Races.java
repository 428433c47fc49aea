package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.failure.InvalidSettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Two threads that want the same name at the same moment, again and again. */
public final class Races implements AutoCloseable {

  private static final List<String> RUNNERS = List.of("first", "second");

  private final ExecutorService threads = Executors.newFixedThreadPool(RUNNERS.size());
  private final Path folder;
  private final Configuration hadoop;
  private final FileSystem files;

  /**
   * @param folder an empty folder
   */
  public Races(Path folder, Configuration hadoop) throws IOException {
    this.folder = folder;
    this.hadoop = hadoop;
    files = Storage.of(folder, hadoop);
  }

  /** Tries to win; returns whether it did. */
  @FunctionalInterface
  private interface Try {
    boolean wins(String name) throws IOException;
  }

  /** The names of those that won. */
  private List<String> together(Try attempt) throws Exception {
    CyclicBarrier start = new CyclicBarrier(RUNNERS.size());
    List<Future<Boolean>> outcomes = new ArrayList<>();
    for (String name : RUNNERS) {
      outcomes.add(
          threads.submit(
              () -> {
                start.await();
                return attempt.wins(name);
              }));
    }
    List<String> winners = new ArrayList<>();
    for (int i = 0; i < RUNNERS.size(); i++) {
      if (outcomes.get(i).get()) {
        winners.add(RUNNERS.get(i));
      }
    }
    return winners;
  }

  /** Claim, write and publish a directory that is new, or is there already. */
  public void publish(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      Path target = new Path(folder, "published-" + i);
      if (i % 5 == 4) {
        files.mkdirs(target);
      }
      assertWinner(together(name -> publishes(target, name)), target);
    }
  }

  private boolean publishes(Path target, String name) throws IOException {
    try (PublishedDirectory output = PublishedDirectory.claim(target, name, hadoop, line -> {})) {
      output.write("W1.npy", name.getBytes(StandardCharsets.UTF_8));
      output.write("run.json", name.getBytes(StandardCharsets.UTF_8));
      output.publish();
      return true;
    } catch (InvalidSettingsException e) {
      assertThat(e).hasMessageMatching(".*( uses it |isn't empty| has just made it).*");
      return false;
    }
  }

  /** Rename a directory, without any claim. */
  public void rename(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      Path target = new Path(folder, "renamed-" + i);
      for (String name : RUNNERS) {
        files.mkdirs(new Path(pending(target, name), name));
      }
      List<String> winners = together(name -> renames(pending(target, name), target));
      assertThat(winners).hasSize(1);
      assertThat(names(target)).isEqualTo(winners);
      for (String name : RUNNERS) {
        assertThat(files.delete(pending(target, name), true)).isEqualTo(!winners.contains(name));
      }
    }
  }

  private boolean renames(Path from, Path to) throws IOException {
    try {
      Renames.toNew(files, from, to);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static Path pending(Path target, String name) {
    return new Path(target.getParent(), "." + target.getName() + "." + name);
  }

  private void assertWinner(List<String> winners, Path target) throws IOException {
    assertThat(winners).hasSize(1);
    assertThat(names(target)).containsExactlyInAnyOrder("W1.npy", "run.json");
    for (String file : names(target)) {
      try (InputStream in = files.open(new Path(target, file))) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(winners.get(0));
      }
    }
    assertThat(names(folder)).as("what the loser left").allMatch(name -> !name.startsWith("."));
  }

  /** Replace a file again and again, while a reader looks whether it is there. */
  public void replace(int times) throws Exception {
    Path file = new Path(folder, "file");
    byte[] content = new byte[1000];
    WholeFile.write(files, file, out -> out.write(content));
    Future<?> writer =
        threads.submit(
            () -> {
              for (int i = 0; i < times; i++) {
                WholeFile.write(files, file, out -> out.write(content));
              }
              return null;
            });
    while (!writer.isDone()) {
      assertThat(files.getFileStatus(file).getLen()).isEqualTo(content.length);
    }
    writer.get();
    assertThat(names(folder)).contains("file").noneMatch(name -> name.startsWith("."));
  }

  /** Take a claim that nobody has, or that a run has which no longer lives. */
  public void claim(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      Path file = new Path(folder, ".claim-" + i);
      if (i % 2 == 1) {
        leaveBehind(files, file);
      }
      List<Claim> held = new ArrayList<>();
      List<String> winners = together(name -> takes(file, name, held));
      assertThat(winners).hasSize(1);
      for (Claim claim : held) {
        claim.require();
        claim.inherit();
        claim.close();
      }
      assertThat(names(folder)).noneMatch(name -> name.startsWith("."));
    }
  }

  private boolean takes(Path file, String name, List<Claim> held) throws IOException {
    try {
      Claim claim = Claim.take(files, file, name, hadoop, line -> {});
      synchronized (held) {
        held.add(claim);
      }
      return true;
    } catch (ClaimedException e) {
      assertThat(e.owner().run()).isIn(RUNNERS).isNotEqualTo(name);
      return false;
    }
  }

  /** The claim of a run that was killed on this machine; returns its id. */
  static UUID leaveBehind(FileSystem files, Path file) throws IOException {
    DriverProcess here = DriverProcess.current();
    DriverProcess killed =
        new DriverProcess(here.host(), here.machine(), here.pid(), "2026-01-02T03:04:05Z");
    ClaimOwner owner = ClaimOwner.of("killed", killed);
    WholeFile.create(files, file, out -> out.write(owner.json().getBytes(StandardCharsets.UTF_8)));
    return UUID.fromString(owner.id());
  }

  private List<String> names(Path directory) throws IOException {
    return Stream.of(files.listStatus(directory)).map(file -> file.getPath().getName()).toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
