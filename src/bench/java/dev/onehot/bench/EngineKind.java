package dev.onehot.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The engines that are compared. */
enum EngineKind {
  ONEHOT("Onehot", OnehotEngine.class, 10),
  MLLIB("Spark MLlib", MllibEngine.class, 1),
  SKLEARN("scikit-learn", "sklearn_engine.py", "import numpy, scipy, sklearn", 1),
  NUMPY("numpy float32", "numpy_engine.py", "import numpy", 0),
  LOOPS("numpy loops", "loops_engine.py", "import numpy", 0);

  private final String label;
  private final Class<?> program;
  private final String script;
  private final String imports;
  private final int repetitions;

  EngineKind(String label, Class<?> program, int repetitions) {
    this(label, program, null, null, repetitions);
  }

  EngineKind(String label, String script, String imports, int repetitions) {
    this(label, null, script, imports, repetitions);
  }

  EngineKind(String label, Class<?> program, String script, String imports, int repetitions) {
    this.label = label;
    this.program = program;
    this.script = script;
    this.imports = imports;
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

  /** Whether it has a bare pass, without Spark, and takes turns with others. */
  boolean hasPasses() {
    return this == ONEHOT || this == NUMPY;
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
