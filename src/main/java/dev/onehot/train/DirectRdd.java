package dev.onehot.train;

import java.io.Serializable;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The elements of another RDD, for a {@code treeAggregate} that is called again and again.
 *
 * <p>{@code RDD.treeAggregate} is {@code mapPartitions} and {@code fold}, and with these Spark
 * cleans closures of its own: for each it opens, inflates and parses the class files of {@code RDD}
 * or {@code SparkContext} anew, three times a call: some 4 of an iteration's 17 ms on MNIST. Here
 * both take the functions as they are. That is safe as long as these are classes or Spark's own
 * lambdas, which hold nothing but what they need.
 */
final class DirectRdd<S, T> extends RDD<T> {

  private static final long serialVersionUID = 1L;

  private final Function1<Iterator<S>, Iterator<T>> function;
  private final ClassTag<S> sourceTag;

  private DirectRdd(
      RDD<S> source,
      ClassTag<S> sourceTag,
      Function1<Iterator<S>, Iterator<T>> function,
      ClassTag<T> tag) {
    super(source, tag);
    this.sourceTag = sourceTag;
    this.function = function;
  }

  /** The same elements in the same partitions. */
  static <T> DirectRdd<T, T> of(RDD<T> source, ClassTag<T> tag) {
    return new DirectRdd<>(source, tag, new Identity<>(), tag);
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(sourceTag).partitions();
  }

  @Override
  public Iterator<T> compute(Partition split, TaskContext task) {
    return function.apply(firstParent(sourceTag).iterator(split, task));
  }

  @Override
  public <U> RDD<U> mapPartitions(
      Function1<Iterator<T>, Iterator<U>> each, boolean preservesPartitioning, ClassTag<U> tag) {
    return new DirectRdd<>(this, elementClassTag(), each, tag);
  }

  /**
   * @param zero changes nothing, and is given up to this method
   */
  @Override
  public T fold(T zero, Function2<T, T, T> op) {
    Total<T> total = new Total<>(zero, op);
    context().runJob(this, new Reduce<>(op), total, elementClassTag());
    return total.value;
  }

  private static final class Identity<T> extends AbstractFunction1<T, T> implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public T apply(T value) {
      return value;
    }
  }

  /** A partition's elements in one; null if there are none. */
  private static final class Reduce<T> extends AbstractFunction2<TaskContext, Iterator<T>, T>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Function2<T, T, T> op;

    Reduce(Function2<T, T, T> op) {
      this.op = op;
    }

    @Override
    public T apply(TaskContext task, Iterator<T> elements) {
      return elements.hasNext() ? elements.reduce(op) : null;
    }
  }

  /** On the driver: takes the partitions' results as they arrive. */
  private static final class Total<T> extends AbstractFunction2<Object, T, BoxedUnit> {

    private final Function2<T, T, T> op;
    private T value;

    Total(T zero, Function2<T, T, T> op) {
      this.value = zero;
      this.op = op;
    }

    @Override
    public BoxedUnit apply(Object partition, T result) {
      if (result != null) {
        value = op.apply(value, result);
      }
      return BoxedUnit.UNIT;
    }
  }
}
