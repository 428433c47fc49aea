package dev.onehot.bench;

import org.openjdk.jmh.annotations.Fork;

/** Without the vector module, and so with the scalar kernel. */
@Fork(1)
public class ScalarKernelBenchmark extends KernelBenchmark {}
