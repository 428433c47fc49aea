package dev.onehot.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberedFilesTest {

  @TempDir private Path folder;
  private NumberedFiles history;

  @BeforeEach
  void open() {
    history = TempRegistry.in(folder).registry().history();
  }

  @Test
  void eachFileGetsTheNextNumber() throws IOException {
    assertThat(history.numbers()).isEmpty();
    assertThat(history.last()).isZero();
    assertThat(history.append("a")).isEqualTo(1);
    assertThat(history.append("b")).isEqualTo(2);
    assertThat(history.numbers()).containsExactly(1, 2);
    assertThat(history.text(2)).isEqualTo("b");
    assertThat(folder.resolve("history")).isDirectoryContaining("glob:**/000002.json");
  }

  @Test
  void aNumberIsTakenOnce() throws IOException {
    history.create(7, "first");
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> history.create(7, "second"));
    assertThat(history.text(7)).isEqualTo("first");
    assertThat(history.append("next")).isEqualTo(8);
    assertThat(Files.list(folder.resolve("history"))).hasSize(2);
  }

  @Test
  void whatAKilledWriterHasLeftIsRemovedOnceItsNumberIsTaken() throws IOException {
    Path left = folder.resolve("history/.000001.json." + UUID.randomUUID() + ".pending");
    Files.writeString(left, "half");

    history.removeLeftovers();
    assertThat(left).exists();

    history.create(1, "whole");
    history.removeLeftovers();
    assertThat(left).doesNotExist();
    assertThat(history.text(1)).isEqualTo("whole");
  }

  @Test
  void numbersAreSortedAsNumbersAndOtherFilesAreNone() throws IOException {
    history.create(1_000_000, "a million");
    history.create(999_999, "before");
    Files.writeString(folder.resolve("history/.000003.json.0.pending"), "");
    Files.writeString(folder.resolve("history/latest.json"), "");
    Files.writeString(folder.resolve("history/000004.json.bak"), "");
    assertThat(history.numbers()).containsExactly(999_999, 1_000_000);
    assertThat(history.append("next")).isEqualTo(1_000_001);
  }

  @Test
  void aFileThatIsNamedByAnotherRuleIsNone() throws IOException {
    history.append("first");
    for (String name : List.of("7.json", "00007.json", "0000007.json", "1000000000.json")) {
      Files.writeString(folder.resolve("history/" + name), "somebody else's");
    }
    assertThat(history.numbers()).containsExactly(1);
    assertThat(history.append("second")).isEqualTo(2);
  }

  @Test
  void afterTheLastNumberNothingIsCreatedThatNobodyWouldFind() throws IOException {
    Files.writeString(folder.resolve("history/999999999.json"), "somebody else's");
    assertThatIOException()
        .isThrownBy(() -> history.append("next"))
        .withMessageContaining("999999999.json is the last one");
    assertThat(Files.list(folder.resolve("history"))).hasSize(1);
  }

  @Test
  void withoutAFolderThereIsNoFile() throws IOException {
    Files.delete(folder.resolve("history"));
    assertThat(history.last()).isZero();
  }

  @Test
  void writersThatAppendAtOnceAllGetANumberOfTheirOwn() throws Exception {
    int writers = 16;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    CyclicBarrier start = new CyclicBarrier(writers);
    List<Future<Integer>> numbers = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      String text = "writer " + w;
      numbers.add(
          threads.submit(
              () -> {
                start.await();
                return history.append(text);
              }));
    }
    List<Integer> got = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      got.add(numbers.get(w).get());
      assertThat(history.text(got.get(w))).isEqualTo("writer " + w);
    }
    threads.shutdown();
    assertThat(got)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, writers).boxed().toList());
  }
}
