package dev.onehot.spark;

import java.io.Serializable;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The elements of another RDD, or the results of a function on them. Spark does not clean the
 * closures of this RDD.
 *
 * <p>Spark cleans closures, even its own: for each closure it opens, inflates and parses the class
 * files of {@code RDD} or {@code SparkContext} again. {@code RDD.treeAggregate} calls {@code
 * mapPartitions} and {@code fold}, and cleans three closures a call: about 4 of an iteration's 17
 * ms on MNIST. A short run also pays half a second of processor time for the parser, most of it to
 * compile the parser. Cleaning is not needed if functions are classes or Spark's own lambdas, which
 * hold only what they need.
 *
 * @param <S> the type of the other RDD's elements
 * @param <T> the type of this RDD's elements
 */
public final class DirectRdd<S, T> extends RDD<T> {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Spark's functions are serializable; their type does not say so.
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
  public static <T> DirectRdd<T, T> of(JavaRDD<T> source) {
    return new DirectRdd<>(source.rdd(), source.classTag(), new Identity<>(), source.classTag());
  }

  /**
   * Applies a function to each element.
   *
   * @param each a class that holds only what it needs, not a lambda
   */
  public static <S, T> JavaRDD<T> map(JavaRDD<S> source, Function1<S, T> each, Class<T> type) {
    ClassTag<T> tag = ClassTag$.MODULE$.apply(type);
    return new DirectRdd<>(source.rdd(), source.classTag(), new Each<>(each), tag).toJavaRDD();
  }

  /**
   * Adds up all elements by {@link RDD#treeAggregate}.
   *
   * @param empty the empty aggregator that every partition starts with
   * @param depth the depth of the tree, see {@link TreeDepth}
   */
  public <A extends Aggregator<T, A>> A treeAggregate(A empty, int depth) {
    ClassTag<A> tag = ClassTag$.MODULE$.apply(empty.getClass());
    RDD<A> partials = new DirectRdd<>(this, elementClassTag(), new Sum<>(empty), tag);
    A sum = partials.treeAggregate(null, new Merge<A>(), new Merge<A>(), depth, tag);
    return sum == null ? empty : sum;
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
   * @param zero the neutral element; this method may change it
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

  private static final class Each<S, T> extends AbstractFunction1<Iterator<S>, Iterator<T>>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Spark's functions are serializable; their type does not say so.
    private final Function1<S, T> function;

    Each(Function1<S, T> function) {
      this.function = function;
    }

    @Override
    public Iterator<T> apply(Iterator<S> elements) {
      return elements.map(function);
    }
  }

  /** Adds up a partition's elements. */
  private static final class Sum<T, A extends Aggregator<T, A>>
      extends AbstractFunction1<Iterator<T>, Iterator<A>> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Each task has one of its own, as Spark serializes it. */
    private final A empty;

    Sum(A empty) {
      this.empty = empty;
    }

    @Override
    public Iterator<A> apply(Iterator<T> elements) {
      A sum = empty;
      while (elements.hasNext()) {
        sum = sum.add(elements.next());
      }
      sum.finish();
      return Iterator$.MODULE$.single(sum);
    }
  }

  private static final class Merge<A extends Aggregator<?, A>> extends AbstractFunction2<A, A, A>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public A apply(A sum, A other) {
      return sum == null ? other : other == null ? sum : sum.merge(other);
    }
  }

  /** Reduces a partition's elements to one; null if there are none. */
  private static final class Reduce<T> extends AbstractFunction2<TaskContext, Iterator<T>, T>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Spark's functions are serializable; their type does not say so.
    private final Function2<T, T, T> op;

    Reduce(Function2<T, T, T> op) {
      this.op = op;
    }

    @Override
    public T apply(TaskContext task, Iterator<T> elements) {
      return elements.hasNext() ? elements.reduce(op) : null;
    }
  }

  /** Combines the results of partitions on the driver, as they arrive. */
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
