package dev.onehot.math;

import java.util.function.Function;

/**
 * Chooses the block kernel of this JVM, once.
 *
 * @param factory makes kernels
 * @param description which they are, for people to read
 */
record KernelProvider(Function<RoundedWeights, BlockKernel> factory, String description) {

  private static final String MODULE = "jdk.incubator.vector";

  /** By name, because the class cannot be loaded, nor compiled along, without the module. */
  private static final String VECTOR_FACTORY = "dev.onehot.math.VectorBlockKernel$Factory";

  /** A system property: {@code scalar} keeps the vector kernel off. */
  private static final String CHOICE = "onehot.kernel";

  static final KernelProvider CHOSEN = choose();

  private static KernelProvider choose() {
    if ("scalar".equals(System.getProperty(CHOICE))) {
      return scalar("-D" + CHOICE + "=scalar");
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return scalar("without --add-modules " + MODULE);
    }
    try {
      @SuppressWarnings("unchecked")
      Function<RoundedWeights, BlockKernel> factory =
          (Function<RoundedWeights, BlockKernel>)
              Class.forName(VECTOR_FACTORY).getDeclaredConstructor().newInstance();
      return new KernelProvider(factory, factory.toString());
    } catch (ReflectiveOperationException | LinkageError e) {
      return scalar("the vector kernel does not load: " + e);
    }
  }

  private static KernelProvider scalar(String reason) {
    return new KernelProvider(ScalarBlockKernel::new, "scalar float32 (" + reason + ")");
  }
}
