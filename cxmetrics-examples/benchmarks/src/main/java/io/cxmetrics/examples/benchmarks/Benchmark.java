package io.cxmetrics.examples.benchmarks;

/** One question and its answer on this machine. */
@FunctionalInterface
interface Benchmark {
    Report run(Options options) throws Exception;
}
