package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.Digits;
import dev.onehot.data.Gzip;
import dev.onehot.data.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are damaged at random are trained on or refused with one line, whatever they hold. */
class DamagedFilesIT {

  private static final int FILES_OF_A_KIND = 10;
  private static final int ROWS = 60;
  private static final int HEADER_BYTES = 16;
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  private static int refused;

  @TempDir private Path folder;

  private enum Damage {
    /** One byte of the header is another. */
    HEADER {
      @Override
      byte[] of(byte[] whole, SplittableRandom random) {
        return changed(whole, random.nextInt(Math.min(HEADER_BYTES, whole.length)), random);
      }
    },
    /** The file ends early. */
    CUT {
      @Override
      byte[] of(byte[] whole, SplittableRandom random) {
        return Arrays.copyOf(whole, random.nextInt(whole.length));
      }
    },
    /** Bytes follow. */
    LONGER {
      @Override
      byte[] of(byte[] whole, SplittableRandom random) {
        return Arrays.copyOf(whole, whole.length + random.nextInt(1, 100));
      }
    },
    /** Single bytes anywhere are others. */
    BYTES {
      @Override
      byte[] of(byte[] whole, SplittableRandom random) {
        byte[] damaged = whole;
        for (int i = 0; i < 3; i++) {
          damaged = changed(damaged, random.nextInt(whole.length), random);
        }
        return damaged;
      }
    },
    /** All bytes are random. */
    NOISE {
      @Override
      byte[] of(byte[] whole, SplittableRandom random) {
        byte[] noise = new byte[random.nextInt(2 * whole.length)];
        random.nextBytes(noise);
        return noise;
      }
    },
    /** A gzip stream is cut, too long, or has another byte. */
    GZIP {
      @Override
      byte[] of(byte[] whole, SplittableRandom random) throws IOException {
        List<Damage> others = List.of(CUT, LONGER, BYTES);
        return others.get(random.nextInt(others.size())).of(Gzip.compressed(whole), random);
      }
    };

    abstract byte[] of(byte[] whole, SplittableRandom random) throws IOException;

    static byte[] changed(byte[] whole, int at, SplittableRandom random) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) random.nextInt(1, 256);
      return damaged;
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRunEndsWithAModelOrWithOneLine(Damage damage) throws IOException {
    SplittableRandom random = new SplittableRandom(damage.ordinal());
    for (int n = 0; n < FILES_OF_A_KIND; n++) {
      Path input = Files.createDirectory(folder.resolve("input-" + n));
      Digits.random(n, ROWS, new ImageShape(4, 5)).write(input, "");
      Path file = input.resolve(random.nextBoolean() ? IMAGES : LABELS);
      Files.write(file, damage.of(Files.readAllBytes(file), random));
      Path model = folder.resolve("model-" + n);

      CommandRun run =
          CommandRun.of("train", "--data=" + input, "--out=" + model, "--iterations=1");

      String what = "%s %d of %s: %s".formatted(damage, n, file.getFileName(), run.err());
      assertThat(run.exitCode()).as(what).isIn(0, 3);
      List<String> failures = run.err().lines().filter(line -> !isProgress(line)).toList();
      if (run.exitCode() == 0) {
        assertThat(failures).as(what).isEmpty();
        assertThat(model.resolve("run.json")).exists();
      } else {
        assertThat(failures).as(what).hasSize(1);
        assertThat(failures.get(0)).startsWith("onehot: " + input);
        assertThat(model).doesNotExist();
        refused++;
      }
    }
  }

  private static boolean isProgress(String line) {
    return line.matches(
        "(training rows|test rows|kernel|warning|preconditioning|iteration|read)\\b.*");
  }

  @AfterAll
  static void mostWereRefused() {
    assertThat(refused).isGreaterThan(2 * FILES_OF_A_KIND);
  }

  @Test
  void whatIsWholeIsTrainedOn() throws IOException {
    Digits.random(1, ROWS, new ImageShape(4, 5)).write(folder, "");
    CommandRun run =
        CommandRun.of(
            "train", "--data=" + folder, "--out=" + folder.resolve("model"), "--iterations=1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("test rows: none, so the model is not tested");
  }
}
