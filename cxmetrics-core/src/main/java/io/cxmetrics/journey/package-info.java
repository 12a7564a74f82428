/**
 * Customer journeys. Entry point: {@link io.cxmetrics.journey.Journey}.
 *
 * <p>A scorecard measures the touchpoints of a journey by a dimension named {@code touchpoint} whose values are their ids.
 * This package imports nothing else of the library.
 */
@NullMarked
package io.cxmetrics.journey;

import org.jspecify.annotations.NullMarked;
