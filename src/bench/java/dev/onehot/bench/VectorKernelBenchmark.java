package dev.onehot.bench;

import org.openjdk.jmh.annotations.Fork;

/** With the vector module, as Spark's launcher starts its JVMs. */
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class VectorKernelBenchmark extends KernelBenchmark {}
