/**
 * Calendar periods. Entry points: {@link io.cxmetrics.time.Grain} and {@link io.cxmetrics.time.Period}. This package
 * imports nothing else of the library.
 */
@NullMarked
package io.cxmetrics.time;

import org.jspecify.annotations.NullMarked;
