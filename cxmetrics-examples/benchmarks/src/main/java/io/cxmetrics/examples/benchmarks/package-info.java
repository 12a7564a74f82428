/**
 * What cxmetrics costs beside what one would use instead. {@link io.cxmetrics.examples.benchmarks.Benchmarks} runs the
 * contests; each has a class of its own that names its question.
 */
@NullMarked
package io.cxmetrics.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
