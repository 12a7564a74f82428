package io.cxmetrics.field;

/** Runs one expression over one record. */
final class Evaluation {
    /** What an expression may come to; a condition with a rejected operand that did not decide is still true or false. */
    enum State {
        MISSING,
        KNOWN,
        FALSE,
        REJECTED,
    }

    private final Column column;
    private final Rejection rejection;

    private Evaluation(Column column, Rejection rejection) {
        this.column = column;
        this.rejection = rejection;
    }

    static <E> Evaluation of(Expression expression, Fields<E> fields, E record) {
        Program<E> program = new Program<>(fields);
        Column column = program.add(expression);
        Batch<E> batch = new Batch<>();
        batch.add(record);
        program.run(batch);
        return new Evaluation(column, program.rejection(expression, 0));
    }

    State state() {
        int state = column.states()[0];
        return (state & Column.KNOWN) != 0
                ? State.KNOWN
                : (state & Column.FALSE) != 0
                        ? State.FALSE
                        : (state & Column.REJECTED) != 0 ? State.REJECTED : State.MISSING;
    }

    boolean isTouchedByRejection() {
        return (column.states()[0] & Column.REJECTED) != 0;
    }

    long encoded() {
        return column.values()[0];
    }

    String text() {
        return column.texts()[0];
    }

    Rejection rejection() {
        return rejection;
    }
}
