package dev.onehot.checkpoint;

import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Snapshots of trainings that never were. */
final class Snapshots {

  static final CheckpointHeader HEADER = header(Map.of("seed", "7"));

  private Snapshots() {}

  static CheckpointHeader header(Map<String, String> settings) {
    CheckpointedRun run = new CheckpointedRun("a-run", "2026-11-23T14:50:12Z", settings);
    return new CheckpointHeader(run, "a file", Map.of("data fingerprint", "00ff"));
  }

  /** With numbers of any bits, among them infinities and subnormal ones. */
  static TrainingSnapshot random(int iteration, int weights, Random random) {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    arrays.put("weights", numbers(weights, random));
    arrays.put("empty", new double[0]);
    arrays.put("états", new double[] {Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE});
    List<IterationMetrics> history = new ArrayList<>();
    for (int i = 0; i < iteration; i++) {
      double[] n = numbers(9, random);
      boolean validated = i % 2 == 0;
      history.add(
          new IterationMetrics(
              i,
              n[0],
              n[1],
              n[2],
              n[3],
              n[4],
              n[5],
              random.nextLong(),
              numbers(3, random),
              validated ? n[6] : null,
              validated ? n[7] : null,
              n[8]));
    }
    return new TrainingSnapshot(arrays, history);
  }

  private static double[] numbers(int count, Random random) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      numbers[i] = Double.isNaN(any) ? i : any;
    }
    return numbers;
  }
}
