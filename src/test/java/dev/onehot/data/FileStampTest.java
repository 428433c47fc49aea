package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileStampTest {

  private static final FileStamp SEEN = new FileStamp(100, 1_000, "here");

  @Test
  void aFileThatStayedDoesNotDiffer() {
    assertThat(SEEN.difference(new FileStamp(100, 1_000, "here"), true)).isEmpty();
  }

  @Test
  void anotherLengthDiffersWhateverTheTimes() {
    assertThat(SEEN.difference(new FileStamp(99, 1_000, "there"), true))
        .contains("length 100, now 99");
    assertThat(SEEN.difference(new FileStamp(99, 2_000, "here"), true))
        .contains("length 100, now 99; modified 1970-01-01T00:00:01Z, now 1970-01-01T00:00:02Z");
  }

  @Test
  void anotherTimeDiffersOnOneMachineAndInASharedStore() {
    String modified = "length still 100; modified 1970-01-01T00:00:01Z, now 1970-01-01T00:00:02Z";
    assertThat(SEEN.difference(new FileStamp(100, 2_000, "here"), true)).contains(modified);
    assertThat(SEEN.difference(new FileStamp(100, 2_000, "there"), false)).contains(modified);
  }

  @Test
  void copiesOfALocalFileOnOtherMachinesMayHaveOtherTimes() {
    assertThat(SEEN.difference(new FileStamp(100, 2_000, "there"), true)).isEmpty();
  }

  @Test
  void aStoreWithoutTimesIsGoneByLength() {
    FileStamp untimed = new FileStamp(100, 0, "here");
    assertThat(untimed.difference(new FileStamp(100, 2_000, "here"), false)).isEmpty();
    assertThat(SEEN.difference(untimed, false)).isEmpty();
  }
}
