package io.cxmetrics.json;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A JSON file is not what it should be; says everything that is wrong with it.
 *
 * @since 0.1
 */
public final class JsonProblemsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * An exception with all problems of a file.
     *
     * @param problems at least one problem
     */
    public JsonProblemsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * The problems.
     *
     * @return all problems, in the order of the file
     */
    public List<Problem> problems() {
        return problems;
    }
}
