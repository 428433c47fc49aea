package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import dev.onehot.data.Gzip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each bad input ends a training with one line and exit code 3, and leaves nothing. */
class BadInputIT {

  private static final Path GOLDEN = ProjectHome.resolve("src/test/resources/bad-input.txt");

  private static final int ROWS = 40;

  @TempDir private Path folder;

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  @Test
  void eachIsOneLineThatSaysWhatAndWhere() throws IOException {
    csv();
    libsvm();
    wholeFiles();
    List<String> messages = new ArrayList<>();
    for (var file : files.entrySet()) {
      messages.add(file.getKey() + ": " + message(file.getKey(), file.getValue()));
    }
    Files.write(ProjectHome.resolve("target/bad-input.txt"), messages);
    assertThat(messages).containsExactlyElementsOf(Files.readAllLines(GOLDEN));
  }

  private void csv() {
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("short", "0.5,1,a");
    bad.put("long", "0.5,1,2,3,a");
    bad.put("text", "0.5,tall,2,a");
    bad.put("nan", "0.5,NaN,2,a");
    bad.put("missing", "0.5,,2,a");
    bad.put("infinite", "0.5,inf,2,a");
    bad.put("beyond", "0.5,1e39,2,a");
    bad.put("quote", "0.5,\"1,2,a");
    bad.forEach(
        (name, row) ->
            put(
                name + ".csv",
                "length,width,height,species\n" + rows("0.25,%d,0,%s", row, ROWS / 2)));
  }

  private void libsvm() {
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("zero", "1 0:3 2:4");
    bad.put("descending", "1 3:1 2:1");
    bad.put("twice", "1 2:1 2:1");
    bad.put("ranking", "1 qid:3 1:2");
    bad.put("text", "1 1:one");
    bad.put("nan", "1 1:nan");
    bad.put("infinite", "1 1:-inf");
    bad.put("beyond", "1 1:-4e38");
    bad.put("no-value", "1 1:");
    bad.put("large-index", "1 1048577:1");
    bad.forEach((name, row) -> put(name + ".libsvm", rows("%2$d 1:0.25 3:%1$d", row, ROWS / 2)));
  }

  /** Rows, of which one is bad. */
  private static String rows(String format, String bad, int at) {
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < ROWS; r++) {
      Object label = format.startsWith("%2") ? (Object) (r % 2) : r % 2 == 0 ? "a" : "b";
      text.append(r == at ? bad : String.format(format, r, label)).append('\n');
    }
    return text.toString();
  }

  private void wholeFiles() throws IOException {
    String good = "length,width,height,species\n" + rows("0.25,%d,0,%s", "", -1);
    byte[] compressed = Gzip.compressed(good.getBytes(StandardCharsets.UTF_8));
    files.put("truncated.csv.gz", Arrays.copyOf(compressed, compressed.length / 2));
    files.put("utf16.csv", good.getBytes(StandardCharsets.UTF_16));
    put("empty.csv", "");
    put("header-alone.csv", "length,width,height,species\n");
    put("one-class.csv", good.replace(",b\n", ",a\n"));
    put("empty.libsvm", "");
    files.put("truncated.npy", Arrays.copyOf(npy("(9, 2)"), 100));
    files.put("objects.npy", npy("(9, 2)").clone());
    files.put("not-an-array.npy", "length,width\n".getBytes(StandardCharsets.UTF_8));
    files.put("empty.npy", new byte[0]);
    files.put("not-a-zip.npz", "PK\3\4 but no more".getBytes(StandardCharsets.ISO_8859_1));
    files.put("empty.npz", new byte[0]);
    String objects = new String(files.get("objects.npy"), StandardCharsets.ISO_8859_1);
    files.put(
        "objects.npy", objects.replace("'<f8'", "'|O' ").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] npy(String shape) {
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }";
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    return ("\u0093NUMPY\1\0v\0" + padded + "\0".repeat(9 * 2 * 8))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private void put(String name, String content) {
    files.put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void filesWhoseColumnsDifferAreRefused() throws IOException {
    Path shards = Files.createDirectory(folder.resolve("shards"));
    Files.writeString(shards.resolve("a.csv"), "x,y,label\n1,2,a\n3,4,b\n");
    Files.writeString(shards.resolve("b.csv"), "x,z,label\n1,2,a\n3,4,b\n");
    assertThat(refusal(shards)).contains("b.csv", "z", "y");

    Files.writeString(shards.resolve("b.csv"), "y,x,label\n2,1,a\n4,3,b\n");
    CommandRun run = train(shards);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void weightsThatAreAllZeroAreRefused() throws IOException {
    Path rows =
        Files.writeString(folder.resolve("weights.csv"), "x,w,label\n1,0,a\n2,0,b\n3,0,a\n");
    CommandRun run =
        CommandRun.of(
            "train", "--train=" + rows, "--weight-column=w", "--out=" + folder.resolve("weighted"));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("weights.csv: found a weight of 0 on every row");
    assertThat(folder.resolve("weighted")).doesNotExist();
  }

  @Test
  void aLabelThatIsNotInTheTrainingRowsIsRefused() throws IOException {
    Path test = Files.writeString(folder.resolve("test.csv"), "1,a\n2,c\n");
    Path train =
        Files.writeString(
            folder.resolve("train.csv"),
            IntStream.range(0, 9).mapToObj(i -> i + ".5,a\n4,b\n").reduce("", String::concat));
    CommandRun run =
        CommandRun.of(
            "train", "--train=" + train, "--test=" + test, "--out=" + folder.resolve("model"));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError()).contains("test.csv", "row 2", "\"c\"", "\"a\", \"b\"");
    assertThat(folder.resolve("model")).doesNotExist();
  }

  private String message(String name, byte[] content) throws IOException {
    return refusal(Files.write(folder.resolve(name), content));
  }

  private String refusal(Path path) throws IOException {
    CommandRun run = train(path);
    assertThat(run.exitCode()).as(path + ": " + run.err()).isEqualTo(3);
    assertThat(run.err().lines().filter(line -> line.startsWith("onehot: "))).hasSize(1);
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("model")).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(file -> file.contains("model"));
    }
    return run.lastError()
        .replace("onehot: ", "")
        .replace("file:" + folder + "/", "")
        .replace(folder + "/", "");
  }

  private CommandRun train(Path path) {
    return SparkSettings.with(
        Map.of("spark.master", "local[2]"),
        () ->
            CommandRun.of(
                "train", "--train=" + path, "--iterations=3", "--out=" + folder.resolve("model")));
  }
}
