package io.cxmetrics.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers what is wrong with a file while it is read to its end. Mutable, for one thread.
 *
 * @since 0.1
 */
public final class Problems {
    /** Past so many problems the reader stops gathering: somebody passed a wrong file. */
    private static final int MOST = 100;

    private final List<Problem> list = new ArrayList<>();

    /** No problems yet. */
    public Problems() {}

    /**
     * Notes that a value is not what was expected.
     *
     * @param at the value
     * @param expected what was expected
     */
    public void add(LocatedJson at, String expected) {
        add(at, at.describe(), expected);
    }

    /**
     * Notes a problem.
     *
     * @param at where
     * @param found what was found there
     * @param expected what was expected
     */
    public void add(LocatedJson at, String found, String expected) {
        if (list.size() < MOST) {
            list.add(new Problem(at.source(), at.line(), at.column(), at.pointer(), found, expected));
        }
    }

    /**
     * Whether nothing was wrong so far.
     *
     * @return true if there are no problems
     */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** Whether nothing was wrong since there were so many problems; past the most that are gathered nobody can tell. */
    boolean noneSince(int before) {
        return list.size() == before && before < MOST;
    }

    /** How many problems there are so far. */
    int count() {
        return list.size();
    }

    /**
     * The problems so far.
     *
     * @return the problems in the order of the file
     */
    public List<Problem> list() {
        return list.stream()
                .sorted(Comparator.comparing(Problem::source)
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column))
                .toList();
    }

    /**
     * Ends the reading.
     *
     * @throws JsonProblemsException if anything was wrong
     */
    public void throwIfAny() {
        if (!list.isEmpty()) {
            throw new JsonProblemsException(list());
        }
    }
}
