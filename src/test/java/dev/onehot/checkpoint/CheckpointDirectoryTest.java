package dev.onehot.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.storage.DriverProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {

  private static final Configuration HADOOP = new Configuration();

  private final List<String> said = new ArrayList<>();
  private final Random random = new Random(1);

  @TempDir private Path folder;

  @Test
  void theLastTwoAreKept() throws IOException {
    CheckpointDirectory directory = claim();
    for (int iteration = 5; iteration <= 20; iteration += 5) {
      write(directory, iteration);
    }
    assertThat(names()).containsExactly("checkpoint-0000000015", "checkpoint-0000000020");
    assertThat(newest(claim())).isEqualTo("checkpoint-0000000020");
    assertThat(said).isEmpty();
  }

  @Test
  void theNamesHaveTheSameDigitsInEveryLanguage() throws IOException {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      write(claim(), 5);
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
    assertThat(newest(claim())).isEqualTo("checkpoint-0000000005");
  }

  @Test
  void aDamagedOneFallsBackToTheOneBeforeAndSaysSo() throws IOException {
    CheckpointDirectory directory = claim();
    write(directory, 5);
    write(directory, 10);
    damage("checkpoint-0000000010");
    assertThat(newest(directory)).isEqualTo("checkpoint-0000000005");
    assertThat(said)
        .singleElement()
        .asString()
        .contains("checkpoint-0000000010 is damaged (its SHA-256 does not fit); passed over");

    // The one that training goes on from outlives the next, the damaged one does not.
    write(directory, 7);
    assertThat(names()).containsExactly("checkpoint-0000000005", "checkpoint-0000000007");
  }

  @Test
  void withAllDamagedThereIsNone() throws IOException {
    CheckpointDirectory directory = claim();
    write(directory, 5);
    damage("checkpoint-0000000005");
    Files.write(ck().resolve("checkpoint-0000000009"), new byte[0]);
    assertThat(directory.newest(said::add)).isNull();
    assertThat(said).hasSize(2);
    write(directory, 5);
    assertThat(names()).containsExactly("checkpoint-0000000005");
    assertThat(newest(claim())).isEqualTo("checkpoint-0000000005");
  }

  @Test
  void anotherVersionIsRefusedAndNotPassedOver() throws Exception {
    CheckpointDirectory directory = claim();
    write(directory, 5);
    byte[] bytes = CheckpointFormatTest.bytes(Snapshots.random(10, 3, random));
    Files.write(ck().resolve("checkpoint-0000000010"), CheckpointFormatTest.ofVersion(bytes, 9));
    try (Checkpoints checkpoints = checkpoints()) {
      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(() -> checkpoints.unfinished(TrainingIdentity.of(Map.of("seed", "7"))))
          .withMessageContaining("has format version 9, but this Onehot reads version 5")
          .withMessageContaining(ck().toString());
    }
    assertThat(names()).hasSize(2);
  }

  @Test
  void otherSettingsAreRefusedWithWhatDiffers() throws IOException {
    write(claim(), 5);
    try (Checkpoints checkpoints = checkpoints()) {
      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(() -> checkpoints.unfinished(TrainingIdentity.of(Map.of("seed", "8"))))
          .withMessage(
              "checkpoint-dir file:%s: its checkpoint is of a run with seed 7, but this one has seed 8; use the same settings, data and version, or another or an emptied directory",
              ck());
    }
    assertThat(names()).containsExactly("checkpoint-0000000005");
  }

  @Test
  void anUnwritableDirectoryIsRefusedAndNothingIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(
            () ->
                CheckpointDirectory.claim(
                    new org.apache.hadoop.fs.Path(file.resolve("ck").toString()),
                    "a-run",
                    HADOOP,
                    said::add))
        .withMessageStartingWith("checkpoint-dir " + file)
        .withMessageContaining("cannot be written");
    // Even root cannot write here.
    if (Files.isDirectory(Path.of("/proc/self"))) {
      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(
              () ->
                  CheckpointDirectory.claim(
                      new org.apache.hadoop.fs.Path("/proc/self"), "a-run", HADOOP, said::add))
          .withMessageContaining("checkpoint-dir /proc/self: cannot be written");
    }
    assertThat(names(folder)).containsExactly("file");
  }

  @Test
  void closingWithoutAnyCheckpointLeavesNothing() throws IOException {
    try (Checkpoints checkpoints = checkpoints()) {
      assertThat(checkpoints.earlier()).isNull();
      assertThat(names()).containsExactly(".claim");
    }
    assertThat(names(folder)).isEmpty();
    try (Checkpoints checkpoints = checkpoints()) {
      begin(checkpoints);
      assertThat(names()).containsExactly(".claim");
      checkpoints.resume("digits", TrainingIdentity.of(Map.of()));
      assertThat(names()).containsExactly(".claim", "training.json");
    }
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void theNextRunCleansUpAfterAKilledOneAndRemovesItsFoldersInTheEnd() throws IOException {
    Path target = folder.resolve("model");
    UUID pending = UUID.randomUUID();
    Path abandoned =
        Files.createDirectories(folder.resolve(".model.pending-" + pending).resolve("part"));
    CheckpointDirectory killed = claim();
    killed
        .ownerFile()
        .write(
            new CheckpointOwner(
                CheckpointOwner.FORMAT,
                Snapshots.HEADER.run(),
                target.toUri().toString(),
                pending.toString(),
                killed.made().paths().stream().map(Object::toString).toList()));
    for (String name : List.of("checkpoint-0000000003", "training.json")) {
      Files.write(ck().resolve("." + name + "." + UUID.randomUUID() + ".pending"), new byte[9]);
    }
    Files.writeString(ck().resolve("mine.txt"), "");

    try (Checkpoints checkpoints = checkpoints()) {
      assertThat(checkpoints.unfinished(Snapshots.HEADER.run().identity()))
          .isEqualTo(Snapshots.HEADER.run());
      begin(checkpoints);
      assertThat(abandoned).exists();
      assertThat(checkpoints.resume("digits", TrainingIdentity.of(Map.of()))).isNull();
      assertThat(abandoned.getParent()).doesNotExist();
      assertThat(names()).containsExactly(".claim", "mine.txt", "training.json");
      Files.delete(ck().resolve("mine.txt"));
      checkpoints.clear();
    }
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void aDirectoryThatWasThereStaysAndSoDoOtherFiles() throws IOException {
    Files.createDirectories(ck());
    Files.writeString(ck().resolve("checkpoint-notes.txt"), "");
    try (Checkpoints checkpoints = checkpoints()) {
      begin(checkpoints);
      checkpoints.resume("digits", TrainingIdentity.of(Map.of()));
      checkpoints.clear();
    }
    assertThat(names()).containsExactly("checkpoint-notes.txt");
  }

  @Test
  void aDamagedMarkerIsNoMarker() throws IOException {
    Files.createDirectories(ck());
    for (String json :
        new String[] {"", "{", "null", "[]", "{\"format\": \"onehot checkpoints 1\"}"}) {
      Files.writeString(ck().resolve("training.json"), json);
      assertThat(claim().ownerFile().read()).as(json).isNull();
    }
  }

  @Test
  void aMarkerCannotMakeARunNameOrAPendingNameOfItsOwn() throws IOException {
    String json =
        new CheckpointOwner(
                CheckpointOwner.FORMAT,
                Snapshots.HEADER.run(),
                "file:/model",
                UUID.randomUUID().toString(),
                List.of())
            .json();
    Files.createDirectories(ck());
    Files.writeString(ck().resolve("training.json"), json);
    assertThat(claim().ownerFile().read()).isNotNull();
    Files.writeString(ck().resolve("training.json"), json.replace("a-run", "../../a"));
    assertThat(claim().ownerFile().read()).isNull();
    Files.writeString(
        ck().resolve("training.json"), json.replaceFirst("\"pending\": \"[^\"]+", "$0/../x"));
    assertThat(claim().ownerFile().read()).isNull();
  }

  @Test
  void aRunThatIsRefusedForItsDataChangesNothing() throws IOException {
    UUID pending = UUID.randomUUID();
    Path abandoned = Files.createDirectory(folder.resolve(".model.pending-" + pending));
    CheckpointDirectory killed = claim();
    write(killed, 5);
    killed
        .ownerFile()
        .write(
            new CheckpointOwner(
                CheckpointOwner.FORMAT,
                Snapshots.HEADER.run(),
                folder.resolve("model").toString(),
                pending.toString(),
                List.of()));
    Files.write(
        ck().resolve(".training.json.%s.pending".formatted(UUID.randomUUID())), new byte[9]);
    Map<String, Object> before = contents();

    try (Checkpoints checkpoints = checkpoints()) {
      checkpoints.unfinished(Snapshots.HEADER.run().identity());
      begin(checkpoints);
      TrainingIdentity data = TrainingIdentity.of(Map.of("data fingerprint", "11ee"));
      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(() -> checkpoints.resume("digits", data))
          .withMessageContaining("is of a run with data fingerprint 00ff, but this one has data");
    }
    assertThat(contents()).isEqualTo(before);
    assertThat(abandoned).exists();
  }

  @Test
  void aDirectoryInUseIsRefusedAndItsRunGoesOn() throws IOException {
    try (Checkpoints first = checkpoints()) {
      begin(first);
      first.resume("digits", TrainingIdentity.of(Map.of()));
      Map<String, Object> before = contents();
      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(this::checkpoints)
          .withMessage(
              "checkpoint-dir file:%s: run new-run uses it (%s); wait for its end or end it, or name another directory",
              ck(), DriverProcess.current());
      assertThat(contents()).isEqualTo(before);
      first.resume("digits", TrainingIdentity.of(Map.of()));
    }
  }

  @Test
  void aRunWhosePlaceWasTakenWhileItSleptEndsAndTouchesNothing() throws IOException {
    try (Checkpoints checkpoints = checkpoints()) {
      begin(checkpoints);
      String claim = Files.readString(ck().resolve(".claim"));
      String id = claim.replaceAll("(?s).*\"id\": \"([^\"]+).*", "$1");
      Files.writeString(
          ck().resolve(".claim.after-" + id),
          claim.replace(id, UUID.randomUUID().toString()).replace("new-run", "other-run"));
      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(() -> checkpoints.resume("digits", TrainingIdentity.of(Map.of())))
          .withMessageContaining(
              ": run other-run has taken it meanwhile (" + DriverProcess.current() + "), and");
    }
    assertThat(names()).hasSize(2).allMatch(name -> name.startsWith(".claim"));
  }

  /** Names, contents and times. */
  private Map<String, Object> contents() throws IOException {
    Map<String, Object> contents = new TreeMap<>();
    for (String name : names()) {
      Path file = ck().resolve(name);
      contents.put(name, List.of(Files.readString(file, StandardCharsets.ISO_8859_1)));
      if (!name.startsWith(".claim")) {
        contents.put(name + " time", Files.getLastModifiedTime(file));
      }
    }
    return contents;
  }

  private void begin(Checkpoints checkpoints) {
    checkpoints.begin(
        Snapshots.HEADER.run(),
        folder.resolve("model").toString(),
        UUID.randomUUID(),
        new org.apache.hadoop.fs.Path(folder.resolve("model").toString()));
  }

  private Checkpoints checkpoints() {
    return Checkpoints.claim(
        new CheckpointOptions(new org.apache.hadoop.fs.Path(ck().toString()), 1),
        "new-run",
        Snapshots.HEADER.run().identity(),
        HADOOP,
        said::add);
  }

  /** Claimed, and given up again, so that it can be claimed anew. */
  private CheckpointDirectory claim() {
    CheckpointDirectory directory =
        CheckpointDirectory.claim(
            new org.apache.hadoop.fs.Path(ck().toString()), "a-run", HADOOP, said::add);
    directory.release();
    return directory;
  }

  private void write(CheckpointDirectory directory, int iteration) throws IOException {
    directory.write(Snapshots.HEADER, Snapshots.random(iteration, 10, random));
  }

  private String newest(CheckpointDirectory directory) throws IOException {
    return directory.newest(said::add).path().getName();
  }

  private void damage(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(ck().resolve(name));
    bytes[bytes.length / 2] ^= 1;
    Files.write(ck().resolve(name), bytes);
  }

  private Path ck() {
    return folder.resolve("ck");
  }

  private List<String> names() throws IOException {
    return names(ck());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
