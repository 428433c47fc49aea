package dev.onehot.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FirstRowsTest {

  @Test
  void theSameRowsAreKeptInWhateverOrderTheyCome() {
    List<ScoredRow> rows = new ArrayList<>();
    Random random = new Random(3);
    for (long position = 0; position < 200; position++) {
      // Few different values, so that many rows are equal but for their positions.
      double probability = (5 + random.nextInt(5)) / 10.0;
      rows.add(new ScoredRow(position, 0, 1, probability, random.nextInt(4) / 10.0, null));
    }
    for (RowOrder order : RowOrder.values()) {
      List<Long> expected = rows.stream().sorted(order).limit(24).map(ScoredRow::position).toList();
      for (int seed = 0; seed < 20; seed++) {
        Collections.shuffle(rows, new Random(seed));
        FirstRows left = new FirstRows(24, order);
        FirstRows right = new FirstRows(24, order);
        rows.subList(0, 77).forEach(left::add);
        rows.subList(77, 200).forEach(right::add);
        left.addAll(right);
        assertThat(left.rows()).extracting(ScoredRow::position).isEqualTo(expected);
      }
      Collections.shuffle(rows, random);
    }
    assertThat(LongStream.range(0, 200).boxed().toList())
        .isEqualTo(rows.stream().map(ScoredRow::position).sorted().toList());
  }
}
