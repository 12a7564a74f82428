package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.Target;

/**
 * How much of the way from the start to the target is done. Immutable and thread-safe.
 *
 * <p><b>Formula:</b> (current − start) / (target − start), one signed formula for both directions. A target without a start
 * is met (1) or not (0). Of milestones it is the share of the weight that is done. Of a level that is held over periods it is
 * the share of periods; see {@link Held}.
 *
 * <p><b>Unit and range:</b> a share. {@link #raw} is below 0 when the value is worse than the start and above 1 past the
 * target; {@link #clamped} is not.
 *
 * @param raw the progress as computed
 * @since 0.1
 */
public record Progress(double raw) {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public Progress {
        if (!Double.isFinite(raw)) {
            throw new IllegalArgumentException("progress is a finite number; found " + raw);
        }
    }

    /**
     * The progress at a value.
     *
     * @param target the target
     * @param current the value, in the base unit of the target
     * @return the progress
     * @throws IllegalArgumentException if the value is not finite, or the target is a baseline, which has no progress
     */
    public static Progress of(Target target, double current) {
        if (!Double.isFinite(current)) {
            throw new IllegalArgumentException("progress needs a finite value; found " + current);
        }
        if (target instanceof Target.Baseline) {
            throw new IllegalArgumentException("a baseline has no progress");
        } else if (target instanceof Target.Milestones) {
            return new Progress(current);
        } else if (target instanceof Target.Bound bound && bound.start().isPresent()) {
            return new Progress(Decimals.way(bound.start().getAsDouble(), current, bound.goal()));
        }
        return new Progress(target.isMet(current) ? 1 : 0);
    }

    /**
     * The progress that counts in an objective.
     *
     * @return the raw progress cut to 0…1
     */
    public double clamped() {
        return Math.max(0, Math.min(1, raw));
    }
}
