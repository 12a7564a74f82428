/**
 * Customer journeys: the plan, what customers do, how well it goes, and what goes with what.
 *
 * <p>Entry points: {@link io.cxmetrics.journey.Journey} is the plan; {@link io.cxmetrics.journey.Funnel} and
 * {@link io.cxmetrics.journey.Paths} read from events how far and which ways customers come;
 * {@link io.cxmetrics.journey.JourneyScores} scores its places from scorecards; {@link io.cxmetrics.journey.Drivers} says which
 * of them goes with the whole; {@link io.cxmetrics.journey.JourneyMap} prints and draws it. What a change is worth says
 * {@code io.cxmetrics.money.Worth}.
 *
 * <p>A scorecard measures the touchpoints of a journey by a dimension named {@code touchpoint} whose values are their ids.
 * This package imports {@code io.cxmetrics}, {@code io.cxmetrics.field}, {@code io.cxmetrics.stats} and
 * {@code io.cxmetrics.scorecard}.
 */
@NullMarked
package io.cxmetrics.journey;

import org.jspecify.annotations.NullMarked;
