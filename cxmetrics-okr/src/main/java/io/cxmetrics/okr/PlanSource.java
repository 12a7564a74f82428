package io.cxmetrics.okr;

/**
 * Where a plan was read from. A plan carries it so that what was read can be written back in its order and with the members
 * that mean nothing to this library; only the reader that made it looks inside.
 *
 * @since 0.1
 */
public interface PlanSource {

    /**
     * The name for people.
     *
     * @return such as {@code plan.json}
     */
    String name();
}
