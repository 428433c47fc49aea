package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.OutputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishing in a store that cannot rename: Hadoop's own client of S3 and a server on loopback. */
class ObjectStoreIT {

  private static LocalS3 s3;
  private static Configuration hadoop;
  private static FileSystem files;

  private final List<String> said = new ArrayList<>();
  private Path folder;
  private Path target;

  @BeforeAll
  static void start() throws Exception {
    s3 = LocalS3.start();
    hadoop = s3.hadoop();
    // Short, for waiting in vain; no test depends on how long it is.
    hadoop.set("onehot.claim.patience", "300ms");
    files = Storage.of(new Path(s3.root() + "/"), hadoop);
  }

  @AfterAll
  static void stop() throws Exception {
    files.close();
    s3.close();
  }

  @BeforeEach
  void name() {
    folder = new Path(s3.root() + "/" + UUID.randomUUID());
    target = new Path(folder, "model");
  }

  @Test
  void theLastFileAppearsWhenTheDirectoryIsPublishedAndTheOthersBefore() throws IOException {
    try (PublishedDirectory directory = claim("a-run")) {
      directory.write("model.json", "{}".getBytes(StandardCharsets.UTF_8));
      try (OutputStream out = directory.newFile("W1.npy")) {
        out.write(new byte[] {1, 2, 3});
      }
      directory.write("run.json", "done".getBytes(StandardCharsets.UTF_8));
      assertThat(names(target)).contains("W1.npy", "model.json").doesNotContain("run.json");
      directory.publish();
    }
    assertThat(names(target)).containsExactlyInAnyOrder("W1.npy", "model.json", "run.json");
    assertThat(text(new Path(target, "run.json"))).isEqualTo("done");
    assertThat(text(new Path(target, "model.json"))).isEqualTo("{}");
    assertRefused("exists and isn't empty (it holds W1.npy and 2 more)");
  }

  @Test
  void withoutPublishingNothingIsLeft() throws IOException {
    try (PublishedDirectory directory = claim("a-run")) {
      directory.write("W1.npy", new byte[1]);
      directory.write("run.json", new byte[1]);
    }
    assertThat(files.exists(folder)).isFalse();
  }

  @Test
  void aDirectoryThatIsInUseIsRefusedAtOnce() throws IOException {
    try (PublishedDirectory directory = claim("first")) {
      assertRefused(": run first uses it (process " + ProcessHandle.current().pid());
      directory.write("run.json", new byte[1]);
      directory.publish();
    }
    assertThat(names(target)).containsExactly("run.json");
  }

  @Test
  void aRunThatWasKilledBeforeTheLastFileHasPublishedNothingAndTheNextOneDoes() throws IOException {
    UUID killed = Races.leaveBehind(files, new Path(target, ".claim"));
    PutDirectory left = new PutDirectory(files, target);
    left.begin(killed);
    try (OutputStream out = left.newFile(killed, "W1.npy")) {
      out.write(1);
    }
    try (OutputStream out = left.newFile(killed, "old.txt")) {
      out.write(1);
    }
    assertThat(files.exists(new Path(target, "run.json"))).isFalse();
    try (PublishedDirectory directory = claim("next")) {
      assertThat(names(target)).contains("old.txt");
      directory.write("W1.npy", "next".getBytes(StandardCharsets.UTF_8));
      directory.write("run.json", new byte[1]);
      directory.publish();
    }
    assertThat(names(target)).containsExactlyInAnyOrder("W1.npy", "run.json");
    assertThat(text(new Path(target, "W1.npy"))).isEqualTo("next");
    assertThat(said).singleElement().asString().contains("run killed", "no longer lives");
  }

  @Test
  void aRunThatWasKilledAfterTheLastFileHasPublished() throws IOException {
    UUID killed = Races.leaveBehind(files, new Path(target, ".claim"));
    PutDirectory left = new PutDirectory(files, target);
    left.begin(killed);
    WholeFile.write(files, left.pending(killed), out -> out.write("run.json".getBytes("UTF-8")));
    WholeFile.write(files, new Path(target, "run.json"), out -> out.write(1));
    assertRefused("exists and isn't empty (it holds run.json)");
    PublishedDirectory.removeAbandoned(target, killed, hadoop);
    assertThat(names(target)).containsExactly("run.json");
  }

  @Test
  void aRunThatSleptForTooLongPublishesNothing() throws IOException {
    try (PublishedDirectory asleep = claim("asleep")) {
      asleep.write("run.json", new byte[1]);
      Races.leaveBehind(files, new Path(target, ".claim.after-" + asleep.id()));
      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(asleep::publish)
          .withMessageContaining("run killed has taken it meanwhile");
    }
    assertThat(files.exists(new Path(target, "run.json"))).isFalse();
  }

  @Test
  void aFileThatAnotherRunHasPutMeanwhileIsNotReplaced() throws IOException {
    try (PublishedDirectory directory = claim("a-run")) {
      directory.write("run.json", new byte[1]);
      WholeFile.write(files, new Path(target, "run.json"), out -> out.write('x'));
      assertThatExceptionOfType(OutputException.class).isThrownBy(directory::publish);
    }
    assertThat(text(new Path(target, "run.json"))).isEqualTo("x");
  }

  @Test
  void aRunOnAnotherMachineIsAliveAsLongAsItCounts() throws IOException {
    Path claim = new Path(folder, ".claim");
    leaveElsewhere(claim);
    Configuration patient = new Configuration(hadoop);
    patient.set("onehot.claim.patience", "1h");
    Heartbeat there =
        Heartbeat.start(
            files, claim, new Heartbeat.Pulse(Duration.ofMillis(1), Duration.ofHours(1)));
    assertThatExceptionOfType(ClaimedException.class)
        .isThrownBy(() -> Claim.take(files, claim, "here", patient, said::add))
        .satisfies(e -> assertThat(e.holder()).isEqualTo("run elsewhere"));
    there.stop();
    try (Claim next = Claim.take(files, claim, "next", hadoop, said::add)) {
      assertThat(next.abandoned()).hasSize(1);
      next.inherit();
    }
    assertThat(names(folder)).as("claims and counts").isEmpty();
  }

  @Test
  void ofTwoRunsAtOnceOneSucceeds() throws Exception {
    files.mkdirs(folder);
    try (Races races = new Races(folder, hadoop)) {
      races.claim(4);
      races.publish(5);
    }
  }

  @Test
  void ofTwentyThatCreateAFileOneSucceeds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      for (int round = 0; round < 3; round++) {
        Path file = new Path(folder, "champion-" + round);
        CyclicBarrier start = new CyclicBarrier(20);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          String name = "runner " + i;
          outcomes.add(
              threads.submit(
                  () -> {
                    start.await();
                    return creates(file, name);
                  }));
        }
        List<String> winners = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          if (outcomes.get(i).get()) {
            winners.add("runner " + i);
          }
        }
        assertThat(winners).containsExactly(text(file));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(names(folder)).hasSize(3);
  }

  private static boolean creates(Path file, String content) throws IOException {
    try {
      WholeFile.create(files, file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Test
  void aFileThatCannotBeWrittenToItsEndDoesNotAppear() throws IOException {
    Path file = new Path(folder, "file");
    WholeFile.Content failing =
        out -> {
          out.write(1);
          throw new IOException("no more");
        };
    assertThatIOException().isThrownBy(() -> WholeFile.create(files, file, failing));
    assertThat(files.exists(file)).isFalse();
    WholeFile.write(files, file, out -> out.write('a'));
    assertThatIOException().isThrownBy(() -> WholeFile.write(files, file, failing));
    assertThat(text(file)).isEqualTo("a");
    WholeFile.write(files, file, out -> out.write('b'));
    assertThat(text(file)).isEqualTo("b");
  }

  @Test
  void hadoopWithoutTheConditionIsRefused() {
    Configuration without = s3.hadoop();
    without.setBoolean("fs.s3a.create.conditional.enabled", false);
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> PublishedDirectory.claim(target, "a-run", without, said::add))
        .withMessage(
            "out %s: cannot be written (Hadoop cannot put a file there only if none has its name; use s3a:// with Hadoop 3.4.2 or newer and fs.s3a.create.conditional.enabled=true, or HDFS); name a directory that can be created",
            target);
  }

  @Test
  void aStoreThatIgnoresTheConditionIsRefusedAndKeepsNothing() throws Exception {
    try (LocalS3 careless = LocalS3.startCareless()) {
      Configuration there = careless.hadoop();
      Path model = new Path(careless.root() + "/models/model");
      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(() -> PublishedDirectory.claim(model, "a-run", there, said::add))
          .withMessageContaining(
              "cannot be written (the store replaces a file that it is to put only if none has its name; use one that honours If-None-Match)");
      assertThat(model.getFileSystem(there).exists(model.getParent())).isFalse();
    }
  }

  private PublishedDirectory claim(String run) {
    return PublishedDirectory.claim(target, run, hadoop, said::add);
  }

  private void assertRefused(String reason) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> claim("second"))
        .withMessageContaining(target.toString())
        .withMessageContaining(reason);
  }

  private static void leaveElsewhere(Path claim) throws IOException {
    DriverProcess process = new DriverProcess("node8", "a boot", 7, "2026-01-02T03:04:05Z");
    byte[] json = ClaimOwner.of("elsewhere", process).json().getBytes(StandardCharsets.UTF_8);
    WholeFile.create(files, claim, out -> out.write(json));
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    return Stream.of(files.listStatus(directory))
        .map(FileStatus::getPath)
        .map(Path::getName)
        .toList();
  }
}
