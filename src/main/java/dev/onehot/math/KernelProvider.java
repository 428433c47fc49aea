package dev.onehot.math;

import java.util.function.Function;

/**
 * Chooses the block kernel of this JVM, once.
 *
 * @param factory makes kernels
 * @param description what they are, for people to read
 */
record KernelProvider(Function<RoundedWeights, BlockKernel> factory, String description) {

  private static final String MODULE = "jdk.incubator.vector";

  /** Only its name, because without the module the class can be neither compiled nor loaded. */
  private static final String VECTOR_FACTORY = "dev.onehot.math.VectorBlockKernel$Factory";

  /** A system property: its value {@code scalar} turns the vector kernel off. */
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
