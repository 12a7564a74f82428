package io.cxmetrics;

import io.cxmetrics.field.Column;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Program;
import io.cxmetrics.field.Rejection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes many KPIs in many numbered cells in one pass: the engine beneath {@link Accumulator} and scorecards. Rows are
 * gathered into batches; fields and expressions that KPIs share are evaluated once per batch.
 *
 * <p>Mutable, for one thread.
 *
 * @param <E> the type of the records
 * @since 0.1
 */
public final class Tabulation<E> {

    /** Decides to which cell each row of a batch belongs. */
    @FunctionalInterface
    public interface CellAssigner {
        /**
         * Sets the cell of each row of a batch.
         *
         * @param keys the columns of the key expressions, in their order
         * @param size the number of rows
         * @param cells to be set, 0 or greater for rows 0 to {@code size − 1}
         */
        void assign(List<Column> keys, int size, int[] cells);
    }

    /**
     * Is told of the values that were set aside: once for each row, field and reason, in the order of the rows.
     *
     * @param <E> the type of the records
     */
    @FunctionalInterface
    public interface RejectionListener<E> {
        /**
         * A value was set aside.
         *
         * @param record the record
         * @param index the record's number in the order of adding, from 1
         * @param rejection the value and the reason
         */
        void rejected(E record, long index, Rejection rejection);
    }

    /** A KPI with its columns and its cells. */
    private record Task(Kpi<?> kpi, Column where, List<Column> required, Cells cells) {}

    private final Program<E> program;
    private final List<Task> tasks = new ArrayList<>();
    private final List<Expression> keys;
    private final List<Column> keyColumns = new ArrayList<>();
    private final CellAssigner assigner;
    private final @Nullable RejectionListener<? super E> listener;
    private final Map<Integer, Set<Rejection>> rejections = new TreeMap<>();
    private final List<E> batch = new ArrayList<>(Program.BATCH);
    private final int[] cells = new int[Program.BATCH];
    private final byte[] outcomes = new byte[Program.BATCH];
    private long rows;

    /**
     * One cell for all rows.
     *
     * @param fields how a record supplies the fields
     * @param kpis the KPIs
     * @throws IllegalArgumentException if a field is not supplied or of another type; the message names the KPI
     */
    public Tabulation(Fields<E> fields, List<? extends Kpi<?>> kpis) {
        this(fields, kpis, List.of(), (keys, size, cells) -> {}, null);
    }

    /**
     * Many cells.
     *
     * @param fields how a record supplies the fields
     * @param kpis the KPIs
     * @param keys what decides the cell of a row
     * @param assigner assigns cells from the keys
     * @param listener is told of rejected values; may be null
     * @throws IllegalArgumentException if a field is not supplied or of another type; the message names the KPI
     */
    public Tabulation(
            Fields<E> fields,
            List<? extends Kpi<?>> kpis,
            List<? extends Expression> keys,
            CellAssigner assigner,
            @Nullable RejectionListener<? super E> listener) {
        this.program = new Program<>(fields);
        for (Kpi<?> kpi : kpis) {
            tasks.add(task(kpi));
        }
        this.keys = List.copyOf(keys);
        for (Expression key : keys) {
            keyColumns.add(program.add(key));
        }
        this.assigner = assigner;
        this.listener = listener;
    }

    private Task task(Kpi<?> kpi) {
        try {
            Column where = program.add(kpi.where());
            List<Column> required = new ArrayList<>();
            for (Expression expression : kpi.definition().required()) {
                required.add(program.add(expression));
            }
            List<Cells.Kernel> kernels = new ArrayList<>();
            for (Aggregate aggregate : kpi.definition().aggregates()) {
                kernels.add(Cells.kernel(aggregate, program::add));
            }
            return new Task(kpi, where, required, new Cells(kernels));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("KPI " + kpi.id() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Adds a row.
     *
     * @param record the record, not null
     */
    public void add(E record) {
        batch.add(Objects.requireNonNull(record, "record"));
        if (batch.size() == Program.BATCH) {
            flush();
        }
    }

    /**
     * The number of rows added.
     *
     * @return the rows
     */
    public long rows() {
        return rows + batch.size();
    }

    /** Evaluates the rows that wait for a full batch. */
    public void flush() {
        int size = batch.size();
        if (size == 0) {
            return;
        }
        program.run(batch, size);
        assigner.assign(keyColumns, size, cells);
        for (Task task : tasks) {
            boolean rejected = decide(task, size);
            task.cells().add(outcomes, cells, size);
            if (rejected && listener != null) {
                gather(task, size);
            }
        }
        if (listener != null) {
            report(size, listener);
        }
        rows += size;
        batch.clear();
    }

    /** Sets the outcome of each row for one KPI; eligibility comes first. */
    private boolean decide(Task task, int size) {
        byte[] where = task.where().states();
        for (int i = 0; i < size; i++) {
            int w = where[i];
            outcomes[i] = (w & Column.KNOWN) != 0
                    ? Cells.USED
                    : (w & Column.FALSE) != 0
                            ? Cells.INELIGIBLE
                            : (w & Column.REJECTED) != 0 ? Cells.REJECTED : Cells.MISSING;
        }
        for (Column column : task.required()) {
            byte[] states = column.states();
            for (int i = 0; i < size; i++) {
                int s = states[i];
                if ((s & (Column.KNOWN | Column.FALSE)) == 0 && outcomes[i] != Cells.INELIGIBLE) {
                    boolean rejected = (s & Column.REJECTED) != 0 && isEligible(where[i]);
                    outcomes[i] = rejected || outcomes[i] == Cells.REJECTED ? Cells.REJECTED : Cells.MISSING;
                }
            }
        }
        boolean any = false;
        for (int i = 0; i < size; i++) {
            any |= outcomes[i] == Cells.REJECTED;
        }
        return any;
    }

    private static boolean isEligible(int where) {
        return (where & Column.KNOWN) != 0;
    }

    private void gather(Task task, int size) {
        for (int i = 0; i < size; i++) {
            if (outcomes[i] == Cells.REJECTED) {
                if (!isEligible(task.where().states()[i])) {
                    gather(task.kpi().where(), i);
                } else {
                    for (Expression expression : task.kpi().definition().required()) {
                        gather(expression, i);
                    }
                }
            }
        }
    }

    private void gather(Expression expression, int row) {
        Rejection rejection = program.rejection(expression, row);
        if (rejection != null) {
            rejections.computeIfAbsent(row, r -> new LinkedHashSet<>()).add(rejection);
        }
    }

    private void report(int size, RejectionListener<? super E> to) {
        for (int k = 0; k < keys.size(); k++) {
            for (int i = 0; i < size; i++) {
                if ((keyColumns.get(k).states()[i] & Column.REJECTED) != 0) {
                    gather(keys.get(k), i);
                }
            }
        }
        rejections.forEach((row, set) -> set.forEach(r -> to.rejected(batch.get(row), rows + row + 1, r)));
        rejections.clear();
    }

    /**
     * The statistic of a KPI in a cell; of a cell without rows, the empty one.
     *
     * @param <S> the statistic
     * @param cell the cell
     * @param kpi a KPI of this tabulation
     * @return the statistic of all rows added so far
     * @throws IllegalArgumentException if the KPI is not part of this tabulation
     */
    public <S extends Statistic<S>> S statistic(int cell, Kpi<S> kpi) {
        flush();
        for (Task task : tasks) {
            if (task.kpi().equals(kpi)) {
                return task.cells().statistic(cell, kpi);
            }
        }
        throw new IllegalArgumentException(kpi + " is not computed here");
    }
}
