package dev.onehot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {

  private final Configuration hadoop = new Configuration();
  private final List<String> said = new ArrayList<>();

  @TempDir private Path folder;
  private FileSystem files;
  private org.apache.hadoop.fs.Path file;

  @BeforeEach
  void open() throws IOException {
    // Short, for waiting in vain; no test depends on how long it is.
    hadoop.set("onehot.claim.patience", "300ms");
    file = new org.apache.hadoop.fs.Path(folder.resolve(".model.claim").toUri());
    files = Storage.of(file, hadoop);
  }

  @Test
  void theFirstHasItUntilItGivesItUp() throws IOException {
    Claim first = take("first");
    assertThatExceptionOfType(ClaimedException.class)
        .isThrownBy(() -> take("second"))
        .satisfies(
            e -> {
              assertThat(e.holder()).isEqualTo("run first");
              assertThat(e.where()).isEqualTo(DriverProcess.current().toString());
            });
    first.close();
    try (Claim second = take("second")) {
      assertThat(second.abandoned()).isEmpty();
    }
    assertThat(names()).isEmpty();
    assertThat(said).isEmpty();
  }

  @Test
  void ofThoseThatWantItAtOnceOneHasIt() throws Exception {
    try (Races races = new Races(new org.apache.hadoop.fs.Path(folder.toUri()), hadoop)) {
      races.claim(300);
    }
  }

  @Test
  void theClaimOfAKilledRunIsTakenOverAndSaidToBe() throws IOException {
    UUID killed = Races.leaveBehind(files, file);
    Claim claim = take("next");
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("run killed (process ")
        .endsWith("since 2026-01-02T03:04:05Z) no longer lives: this run takes its place");
    assertThat(claim.abandoned()).containsExactly(killed);
    claim.inherit();
    claim.close();
    assertThat(names()).isEmpty();
  }

  @Test
  void whoeverTakesNothingOverLeavesItToTheNext() throws IOException {
    UUID killed = Races.leaveBehind(files, file);
    take("refused").close();
    assertThat(names()).containsExactly(".model.claim");
    try (Claim claim = take("next")) {
      assertThat(claim.abandoned()).containsExactly(killed);
    }
  }

  @Test
  void aRunOnAnotherMachineIsAliveAsLongAsItsHeartBeats() throws IOException {
    leaveElsewhere();
    hadoop.set("onehot.claim.patience", "1h");
    Heartbeat.Pulse fast = new Heartbeat.Pulse(Duration.ofMillis(1), Duration.ofHours(1));
    Heartbeat there = Heartbeat.start(files, file, fast);
    assertThatExceptionOfType(ClaimedException.class)
        .isThrownBy(() -> take("here"))
        .satisfies(e -> assertThat(e.holder()).isEqualTo("run elsewhere"));
    there.stop();
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("run elsewhere (process 7 on node8, since ")
        .endsWith(" cannot be seen from here: waiting up to 3600 s for a sign of life");
  }

  @Test
  void aRunOnAnotherMachineWhoseHeartNoLongerBeatsIsTakenOver() throws IOException {
    leaveElsewhere();
    try (Claim claim = take("here")) {
      assertThat(claim.abandoned()).hasSize(1);
    }
    assertThat(said)
        .last()
        .asString()
        .startsWith("run elsewhere (process 7 on node8, since ")
        .contains(" no longer lives");
  }

  @Test
  void whatCannotBeReadIsNobodysAfterAWhile() throws IOException {
    Files.writeString(folder.resolve(".model.claim"), "{");
    take("next").close();
    assertThat(names()).containsExactly(".model.claim");
  }

  @Test
  void aRunThatSleptForTooLongNoticesAndTouchesNothing() throws IOException {
    Claim asleep = take("asleep");
    leaveSuccessor(asleep.id());
    assertThatExceptionOfType(ClaimedException.class)
        .isThrownBy(asleep::require)
        .satisfies(e -> assertThat(e.owner().run()).isEqualTo("killed"));
    asleep.close();
    assertThat(names()).hasSize(2);
  }

  @Test
  void aClaimIsHeldNoLongerOnceAnotherRunHadIt() throws IOException {
    Claim asleep = take("asleep");
    assertThat(asleep.isHeld()).isTrue();
    Path successor = folder.resolve(".model.claim.after-" + asleep.id());
    leaveSuccessor(asleep.id());
    assertThat(asleep.isHeld()).isFalse();
    Files.delete(folder.resolve(".model.claim"));
    Files.delete(successor);
    assertThat(asleep.isHeld()).isFalse();
    asleep.close();
  }

  @Test
  void aClaimThatSomebodyRemovedIsNotAnotherRuns() throws IOException {
    try (Claim claim = take("run")) {
      Files.delete(folder.resolve(".model.claim"));
      assertThatNoException().isThrownBy(claim::require);
    }
  }

  private Claim take(String run) throws IOException {
    return Claim.take(files, file, run, hadoop, said::add);
  }

  private void leaveElsewhere() throws IOException {
    DriverProcess process = new DriverProcess("node8", "a boot", 7, "2026-01-02T03:04:05Z");
    Files.writeString(folder.resolve(".model.claim"), ClaimOwner.of("elsewhere", process).json());
  }

  private void leaveSuccessor(UUID id) throws IOException {
    Races.leaveBehind(files, file.suffix(".after-" + id));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(path -> path.getFileName().toString()).toList();
    }
  }
}
