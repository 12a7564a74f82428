package io.cxmetrics.okr.evaluation;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How the parts of a plan stood on a day: what is kept of a report to say later what has changed. Immutable and thread-safe.
 *
 * @param asOf the day
 * @param parts the objectives and key results in the order of the plan
 * @since 0.1
 */
public record Standings(LocalDate asOf, List<Standing> parts) {
    /** What a standing is of. */
    public enum Kind {
        /** An objective. */
        OBJECTIVE,
        /** A key result. */
        KEY_RESULT
    }

    /**
     * How a part stood.
     *
     * @param kind what it is
     * @param id its id; that of an objective and of a key result may be the same
     * @param status its status
     * @param progress its progress, if it had one
     * @param probability its chance, if there was a forecast
     */
    public record Standing(Kind kind, String id, Status status, OptionalDouble progress, OptionalDouble probability) {}

    /** Copies the list. */
    public Standings {
        parts = List.copyOf(parts);
    }
}
