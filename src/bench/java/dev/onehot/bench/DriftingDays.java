package dev.onehot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Cuts a folder of digits into one folder a day, whose distribution drifts: every day the pictures
 * are a little darker, further to the right and noisier, and there are fewer nines. Some days are
 * spoilt. A second folder has other rows of each day, which are never spoilt.
 */
final class DriftingDays {

  /** Over all days: brightness falls by this share, pictures move that many pixels. */
  private static final double DARKER = 0.2;

  private static final double SHIFT = 2.5;
  private static final double NOISE = 24;
  private static final double FEWER_NINES = 0.3;
  private static final String TRAIN = "train";
  private static final String TEST = "t10k";

  private final IdxRows training;
  private final IdxRows test;
  private final int days;
  private final SplittableRandom random;

  private DriftingDays(IdxRows training, IdxRows test, int days, long seed) {
    this.training = training;
    this.test = test;
    this.days = days;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Takes the folder of the digits, the new folders for days and for honest rows, the first date,
   * how many days, a seed, and how days are spoilt: {@code shuffled:5} for the labels of the fifth
   * day to train on, {@code allshuffled:5} for those to test on, too, {@code without7:5} for a
   * class that is missing.
   */
  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path out = Path.of(args[1]);
    Path honest = Path.of(args[2]);
    LocalDate first = LocalDate.parse(args[3]);
    int days = Integer.parseInt(args[4]);
    List<String> spoilt = Arrays.asList(args).subList(6, args.length);
    DriftingDays drifting =
        new DriftingDays(
            IdxRows.read(from, TRAIN), IdxRows.read(from, TEST), days, Long.parseLong(args[5]));
    for (int day = 0; day < days; day++) {
      String date = first.plusDays(day).toString();
      drifting.write(
          day,
          Files.createDirectories(out.resolve(date)),
          Files.createDirectories(honest.resolve(date)),
          spoilt);
    }
  }

  private void write(int day, Path folder, Path honest, List<String> spoilt) throws IOException {
    IdxRows train = drifted(training, day, days);
    // The rows to test on are halved: for the gate, and for whoever checks the gate.
    IdxRows gate = drifted(test, 2 * day, 2 * days);
    drifted(test, 2 * day + 1, 2 * days).write(honest, TEST);
    int number = day + 1;
    if (spoilt.contains("shuffled:" + number) || spoilt.contains("allshuffled:" + number)) {
      shuffle(train.labels());
    }
    if (spoilt.contains("allshuffled:" + number)) {
      shuffle(gate.labels());
    }
    for (int label = 0; label < 10; label++) {
      if (spoilt.contains("without" + label + ":" + number)) {
        train = without(train, label);
      }
    }
    train.write(folder, TRAIN);
    gate.write(folder, TEST);
  }

  /**
   * A part of the rows as they are at that time: part 0 is the first, part {@code parts - 1} last.
   */
  private IdxRows drifted(IdxRows rows, int part, int parts) {
    double time = part / (double) Math.max(1, parts - 1);
    int count = rows.rows() / parts;
    byte[] pixels = new byte[count * IdxRows.PIXELS];
    byte[] labels = new byte[count];
    int kept = 0;
    for (int row = part * count; row < (part + 1) * count; row++) {
      if (rows.labels()[row] == 9 && random.nextDouble() < time * FEWER_NINES) {
        continue;
      }
      labels[kept] = rows.labels()[row];
      picture(rows, row, time, pixels, kept * IdxRows.PIXELS);
      kept++;
    }
    return new IdxRows(Arrays.copyOf(pixels, kept * IdxRows.PIXELS), Arrays.copyOf(labels, kept));
  }

  private void picture(IdxRows rows, int row, double time, byte[] pixels, int at) {
    int whole = (int) (time * SHIFT);
    double rest = time * SHIFT - whole;
    for (int y = 0; y < IdxRows.SIDE; y++) {
      for (int x = 0; x < IdxRows.SIDE; x++) {
        double shifted =
            (1 - rest) * rows.pixel(row, y, x - whole) + rest * rows.pixel(row, y, x - whole - 1);
        double value = shifted * (1 - time * DARKER) + random.nextDouble() * time * NOISE;
        pixels[at + y * IdxRows.SIDE + x] = (byte) Math.min(255, Math.round(value));
      }
    }
  }

  private void shuffle(byte[] labels) {
    for (int i = labels.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      byte label = labels[i];
      labels[i] = labels[other];
      labels[other] = label;
    }
  }

  private static IdxRows without(IdxRows rows, int label) {
    byte[] pixels = new byte[rows.pixels().length];
    byte[] labels = new byte[rows.rows()];
    int kept = 0;
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.labels()[row] != label) {
        labels[kept] = rows.labels()[row];
        System.arraycopy(
            rows.pixels(), row * IdxRows.PIXELS, pixels, kept * IdxRows.PIXELS, IdxRows.PIXELS);
        kept++;
      }
    }
    return new IdxRows(Arrays.copyOf(pixels, kept * IdxRows.PIXELS), Arrays.copyOf(labels, kept));
  }
}
