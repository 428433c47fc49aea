package dev.onehot.math;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Chooses the block kernel of this JVM, once.
 *
 * <p>Until the JVM has compiled the vector kernel it is a thousand times slower than later, as each
 * vector is an object then: the first pass over MNIST took a second instead of 12 ms. So it is
 * compiled on a thread of its own, at work on made-up rows, and until then the scalar kernel, whose
 * bits are the same, does the work.
 */
final class KernelProvider {

  private static final String MODULE = "jdk.incubator.vector";

  /** By name, because the class cannot be loaded, nor compiled along, without the module. */
  private static final String VECTOR_FACTORY = "dev.onehot.math.VectorBlockKernel$Factory";

  static final KernelProvider CHOSEN = choose();

  private final Function<Layer, BlockKernel> factory;
  private final String description;
  private final AtomicBoolean started;
  private volatile boolean compiled;

  private KernelProvider(
      Function<Layer, BlockKernel> factory, String description, boolean needsNoWarmUp) {
    this.factory = factory;
    this.description = description;
    started = new AtomicBoolean(needsNoWarmUp);
    compiled = needsNoWarmUp;
  }

  private static KernelProvider choose() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return scalar("without --add-modules " + MODULE);
    }
    try {
      @SuppressWarnings("unchecked")
      Function<Layer, BlockKernel> factory =
          (Function<Layer, BlockKernel>)
              Class.forName(VECTOR_FACTORY).getDeclaredConstructor().newInstance();
      return new KernelProvider(factory, factory.toString(), false);
    } catch (ReflectiveOperationException | LinkageError e) {
      return scalar("the vector kernel does not load: " + e);
    }
  }

  private static KernelProvider scalar(String reason) {
    return new KernelProvider(ScalarBlockKernel::new, "scalar float32 (" + reason + ")", true);
  }

  /** What was chosen, for people to read. */
  String description() {
    return description;
  }

  /** The kernel that was chosen, compiled or not. */
  BlockKernel chosen(Layer layer) {
    return factory.apply(layer);
  }

  /** The kernel that is the fastest at this moment. */
  BlockKernel fastest(Layer layer) {
    if (compiled) {
      return factory.apply(layer);
    }
    warmUp(layer.activation());
    return new ScalarBlockKernel(layer);
  }

  /** Begins to compile the chosen kernel, unless that was begun already. */
  void warmUp(Activation activation) {
    if (started.compareAndSet(false, true)) {
      Thread thread = new Thread(() -> compile(activation), "onehot-kernel-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void compile(Activation activation) {
    KernelWarmUp.run(factory, activation);
    compiled = true;
  }
}
