package io.cxmetrics.okr;

import java.util.Objects;

/**
 * What an objective's progress and status are made of. Immutable and thread-safe.
 *
 * <p>Progress is Σ wᵢpᵢ / Σ wᵢ over the parts that have data, each cut to 0…1; what has none is named.
 *
 * @param of the parts
 * @param status how the status follows
 * @since 0.1
 */
public record RollUp(Parts of, Judged status) {
    /** Its key results, judged by its own line: what holds if a plan says nothing. */
    public static final RollUp DEFAULT = new RollUp(Parts.KEY_RESULTS, Judged.OWN);

    /** The parts of an objective. */
    public enum Parts {
        /** Its key results. */
        KEY_RESULTS,
        /** The objectives that name it as their parent. */
        CHILDREN,
        /** Key results and children alike. */
        BOTH
    }

    /** How the status of an objective follows. */
    public enum Judged {
        /** Its progress against its own line: the share of its own days that have passed. */
        OWN,
        /** Its progress against what is expected of its parts, weighted like their progress; by probability, the weighted
         * chance. */
        WEIGHTED,
        /** The worst status of its parts, in the order at risk, behind, stale, no data, on track. */
        WORST
    }

    /** Checks that both are there. */
    public RollUp {
        Objects.requireNonNull(of, "of");
        Objects.requireNonNull(status, "status");
    }
}
