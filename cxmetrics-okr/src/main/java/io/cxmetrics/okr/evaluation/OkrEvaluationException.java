package io.cxmetrics.okr.evaluation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The scorecard results cannot answer what the plan asks; says everything that is wrong. This is not "no data": it does not
 * go away with more rows, only with another scorecard or another plan.
 *
 * @since 0.1
 */
public final class OkrEvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * A key result that the results cannot answer.
     *
     * @param keyResult the id of the key result
     * @param message why, and what to do
     */
    public record Problem(String keyResult, String message) {
        /** Such as {@code key result 'faster': the scorecard has no dimension 'touchpoint' …}. */
        @Override
        public String toString() {
            return "key result '" + keyResult + "': " + message;
        }
    }

    OkrEvaluationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * The problems.
     *
     * @return all problems, in the order of the plan
     */
    public List<Problem> problems() {
        return problems;
    }
}
