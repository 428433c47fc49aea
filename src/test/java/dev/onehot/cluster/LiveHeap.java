package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The reachable objects of a process, counted by class; the counts are in a file, on no heap. */
final class LiveHeap {

  private static final int CLASSES_TOLD = 8;

  /** A heap that shrinks by less between two collections is steady. */
  private static final long STEADY_BYTES = 1 << 14;

  private final Path histogram;

  private LiveHeap(Path histogram) {
    this.histogram = histogram;
  }

  /**
   * Has a JVM count them, after full collections: what a collection has found unused, Spark's
   * cleaner still has to let go of. A leak isn't let go of, however often it is counted.
   */
  static LiveHeap of(ProcessHandle process, Path folder) throws IOException {
    LiveHeap heap = count(process, folder);
    while (true) {
      LiveHeap next = count(process, folder);
      if (next.bytes() > heap.bytes() - STEADY_BYTES) {
        return next;
      }
      heap = next;
    }
  }

  private static LiveHeap count(ProcessHandle process, Path folder) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Path histogram = Files.createTempFile(folder, "heap-", null);
      int code =
          new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
              .redirectOutput(histogram.toFile())
              .start()
              .waitFor();
      assertThat(code).isZero();
      return new LiveHeap(histogram);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By how many bytes it has grown, and by which classes most. */
  record Growth(long bytes, String classes) {}

  Growth since(LiveHeap early) throws IOException {
    Map<String, Long> growth = bytesByClass();
    early.bytesByClass().forEach((name, bytes) -> growth.merge(name, -bytes, Long::sum));
    long total = growth.values().stream().mapToLong(bytes -> bytes).sum();
    String most =
        growth.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(CLASSES_TOLD)
            .map(e -> "%s %+,d".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return new Growth(total, "%+,d bytes, most by %s".formatted(total, most));
  }

  private long bytes() throws IOException {
    return bytesByClass().values().stream().mapToLong(bytes -> bytes).sum();
  }

  private Map<String, Long> bytesByClass() throws IOException {
    Map<String, Long> bytes = new HashMap<>();
    List<String> lines = Files.readAllLines(histogram);
    assertThat(lines.get(lines.size() - 1)).startsWith("Total");
    for (String line : lines) {
      // Such as "   1:      1234      56789  [B (java.base@17)".
      String[] words = line.strip().split("\\s+");
      if (words.length > 3 && words[0].endsWith(":")) {
        bytes.merge(words[3], Long.parseLong(words[2]), Long::sum);
      }
    }
    return bytes;
  }
}
