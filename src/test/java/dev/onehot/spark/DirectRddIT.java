package dev.onehot.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;

class DirectRddIT {

  private static final ClassTag<Long> LONG = ClassTag$.MODULE$.apply(Long.class);

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("DirectRddIT")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1",
    "1, 1, 1",
    "10, 3, 1",
    "3, 10, 1",
    "1000, 64, 1",
    "1000, 64, 2",
    "99, 64, 3"
  })
  void treeAggregateGivesWhatTheRddItselfGives(int elements, int partitions, int depth) {
    JavaRDD<Long> source = numbers(elements, partitions);
    assertThat(sum(DirectRdd.of(source), depth))
        .isEqualTo(sum(source.rdd(), depth))
        .isEqualTo(elements * (elements + 1L) / 2);
  }

  @Test
  void theSameRddCanBeSummedAgainAndAgain() {
    var direct = DirectRdd.of(numbers(100, 4));
    for (int i = 0; i < 3; i++) {
      assertThat(sum(direct, 1)).isEqualTo(5050);
    }
  }

  @Test
  void partitionsAndTheirOrderAreTheSources() {
    JavaRDD<Long> source = numbers(20, 6);
    assertThat(JavaRDD.fromRDD(DirectRdd.of(source), LONG).glom().collect())
        .isEqualTo(source.glom().collect());
  }

  @Test
  void mapGivesWhatTheRddItselfGives() {
    JavaRDD<Long> source = numbers(20, 6);
    assertThat(DirectRdd.map(source, new Squared(), Long.class).glom().collect())
        .isEqualTo(source.map(number -> number * number).glom().collect());
  }

  @Test
  void anAggregatorTakesEachElementOnce() {
    for (int depth = 1; depth <= 3; depth++) {
      assertThat(DirectRdd.of(numbers(100, 16)).treeAggregate(new Sum(), depth).value)
          .isEqualTo(5050);
    }
  }

  private static JavaRDD<Long> numbers(int last, int partitions) {
    List<Long> numbers = LongStream.rangeClosed(1, last).boxed().toList();
    return spark.parallelize(numbers, partitions);
  }

  private static long sum(RDD<Long> rdd, int depth) {
    return rdd.treeAggregate(0L, new Plus(), new Plus(), depth, LONG);
  }

  private static final class Plus extends AbstractFunction2<Long, Long, Long>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public Long apply(Long a, Long b) {
      return a + b;
    }
  }

  private static final class Squared extends AbstractFunction1<Long, Long> implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public Long apply(Long number) {
      return number * number;
    }
  }

  private static final class Sum implements Aggregator<Long, Sum> {

    private static final long serialVersionUID = 1L;

    private long value;

    @Override
    public Sum add(Long element) {
      value += element;
      return this;
    }

    @Override
    public Sum merge(Sum other) {
      value += other.value;
      return this;
    }
  }
}
