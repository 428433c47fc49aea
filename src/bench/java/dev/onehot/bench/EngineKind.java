package dev.onehot.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The engines that are compared. */
enum EngineKind {
  ONEHOT("Onehot", OnehotEngine.class, OnehotPasses.class, 10),
  MLLIB("Spark MLlib", MllibEngine.class, null, 1),
  SKLEARN("scikit-learn", "sklearn_engine.py", "import numpy, scipy, sklearn", false, 1),
  NUMPY("numpy float32", "numpy_engine.py", "import numpy", true, 0),
  LOOPS("numpy loops", "loops_engine.py", "import numpy", false, 0);

  private final String label;
  private final Class<?> program;
  private final Class<?> passes;
  private final String script;
  private final String imports;
  private final boolean hasPasses;
  private final int repetitions;

  EngineKind(String label, Class<?> program, Class<?> passes, int repetitions) {
    this.label = label;
    this.program = program;
    this.passes = passes;
    script = null;
    imports = null;
    hasPasses = passes != null;
    this.repetitions = repetitions;
  }

  EngineKind(String label, String script, String imports, boolean hasPasses, int repetitions) {
    this.label = label;
    program = null;
    passes = null;
    this.script = script;
    this.imports = imports;
    this.hasPasses = hasPasses;
    this.repetitions = repetitions;
  }

  /** For people. */
  String label() {
    return label;
  }

  /** For options and files. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class with a main method; null of an engine in Python. */
  Class<?> program() {
    return program;
  }

  /** The class that takes turns of bare passes; null of an engine that has none or is in Python. */
  Class<?> passes() {
    return passes;
  }

  /** Whether it has a bare pass, without Spark. */
  boolean hasPasses() {
    return hasPasses;
  }

  /** The file in {@code src/bench/python}; null of an engine in Java. */
  String script() {
    return script;
  }

  /** What a Python must know for it; null of an engine in Java. */
  String imports() {
    return imports;
  }

  /** Whether it trains to a test accuracy. */
  boolean trains() {
    return repetitions > 0;
  }

  /** Arguments of a process that looks for the trainings that reach the targets. */
  static List<String> searching(List<Double> targets) {
    List<String> arguments = new ArrayList<>();
    targets.forEach(target -> arguments.addAll(List.of("--target", target.toString())));
    return arguments;
  }

  /** Arguments of a process whose first training is the first of these, before it repeats all. */
  List<String> measuring(List<Fit> fits) {
    List<String> arguments = new ArrayList<>(List.of("--repetitions", "" + repetitions));
    fits.forEach(fit -> arguments.addAll(List.of("--fit", fit.argument())));
    return arguments;
  }

  /** Arguments of a process that trains once and ends. */
  static List<String> cold(Fit fit) {
    return List.of("--fit", fit.argument());
  }
}
