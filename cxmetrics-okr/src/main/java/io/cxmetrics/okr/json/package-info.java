/**
 * Plans and reports as JSON; key results and check-ins also as tables, whose rows the reader of the JSON reads. Entry points:
 * {@link io.cxmetrics.okr.json.OkrJson} and {@link io.cxmetrics.okr.json.OkrCsv}.
 *
 * <p>Everything wrong with a file is said at once, each thing with its file, line and column, JSON pointer, what was found
 * and what was expected. Nothing is guessed: a share is written {@code "40%"}, because 0.4 could also mean 0.4 %.
 *
 * <p>This package imports {@code io.cxmetrics.okr} with its evaluation, forecast, priority and tracking packages, and the
 * core with its {@code json} package.
 */
@NullMarked
package io.cxmetrics.okr.json;

import org.jspecify.annotations.NullMarked;
