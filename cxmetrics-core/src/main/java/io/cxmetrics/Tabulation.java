package io.cxmetrics;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Program;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Rejection;
import io.cxmetrics.field.RowBlock;
import io.cxmetrics.field.ScaleCodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
         * @return a number above all of them
         */
        int assign(List<Column> keys, int size, int[] cells);
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

    /** What decides the outcome of a row; KPIs that agree in it share one account. */
    private record Eligibility(Condition where, List<Expression> required) {}

    private final Program<E> program;
    private final Map<Eligibility, Cells> accounts = new LinkedHashMap<>();
    private final Map<Kpi<?>, Cells.Answer<?>> answers = new HashMap<>();
    private final List<Cells.Answer<?>> inOrder = new ArrayList<>();
    private final List<Expression> keys;
    private final List<Column> keyColumns = new ArrayList<>();
    private final CellAssigner assigner;
    private final @Nullable RejectionListener<? super E> listener;
    private final Map<Integer, Set<Rejection>> rejections = new TreeMap<>();
    private final Batch<E> batch = new Batch<>();
    private final int[] cells = new int[Batch.CAPACITY];
    private long rows;
    private long rowsBefore;

    /**
     * One cell for all rows.
     *
     * @param fields how a record supplies the fields
     * @param kpis the KPIs
     * @throws IllegalArgumentException if a field is not supplied or of another type; the message names the KPI
     */
    public Tabulation(Fields<E> fields, List<? extends Kpi<?>> kpis) {
        this(fields, kpis, List.of(), (keys, size, cells) -> 1, null);
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
        Map<Eligibility, List<Kpi<?>>> together = new LinkedHashMap<>();
        for (Kpi<?> kpi : kpis) {
            together.computeIfAbsent(
                            new Eligibility(kpi.where(), kpi.definition().required()), same -> new ArrayList<>())
                    .add(kpi);
        }
        together.forEach(this::prepare);
        kpis.forEach(kpi -> inOrder.add(Objects.requireNonNull(answers.get(kpi))));
        this.keys = List.copyOf(keys);
        for (Expression key : keys) {
            keyColumns.add(program.addKey(key));
        }
        this.assigner = assigner;
        this.listener = listener;
    }

    private void prepare(Eligibility eligibility, List<Kpi<?>> kpis) {
        Kpi<?> current = kpis.get(0);
        try {
            Cells account = account(eligibility, kpis);
            accounts.put(eligibility, account);
            for (Kpi<?> kpi : kpis) {
                current = kpi;
                for (Aggregate aggregate : kpi.definition().aggregates()) {
                    account.add(aggregate, program::add);
                }
                answers.put(kpi, account.answer(kpi));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("KPI " + current.id() + ": " + e.getMessage(), e);
        }
    }

    private Cells account(Eligibility eligibility, List<Kpi<?>> kpis) {
        List<Aggregate> aggregates = kpis.stream()
                .flatMap(kpi -> kpi.definition().aggregates().stream())
                .distinct()
                .toList();
        if (eligibility.where() instanceof Condition.Always
                && aggregates.size() == 1
                && aggregates.get(0) instanceof Aggregate.Tally tally
                && tally.of() instanceof Quantity.Within<Long> scale
                && scale.low() == tally.lowest()
                && scale.high() == tally.highest()
                && eligibility.required().equals(List.of(scale))) {
            ScaleCodes answers = program.answers(scale);
            if (answers != null) {
                return new Cells(tally, new Ledger.OfAnswers(tally, answers));
            }
        }
        return new Cells(program.add(eligibility.where(), eligibility.required()));
    }

    /**
     * Says that these rows follow others of the same source, for the place that a failure names.
     *
     * @param before how many rows were before
     */
    public void follow(long before) {
        rowsBefore = before;
    }

    /**
     * Adds a row.
     *
     * @param record the record, not null
     */
    public void add(E record) {
        if (batch.add(record)) {
            flush();
        }
    }

    /**
     * Adds a part of a list.
     *
     * @param records the list; its records are not null
     * @param from the index of the first row
     * @param to the index behind the last row
     */
    public void addAll(List<? extends E> records, int from, int to) {
        for (int next = from; next < to; ) {
            next += batch.addAll(records, next, to);
            if (batch.size() == Batch.CAPACITY) {
                flush();
            }
        }
        if (records instanceof RowBlock) {
            // Whoever fills a block fills it again when this returns.
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
        try {
            evaluate();
            int all = assigner.assign(keyColumns, size, cells);
            for (Map.Entry<Eligibility, Cells> entry : accounts.entrySet()) {
                Cells account = entry.getValue();
                account.addBatch(cells, all, size);
                if (listener != null && account.anyRejected()) {
                    gather(entry.getKey(), account, size);
                }
            }
            if (listener != null) {
                report(size, listener);
            }
            rows += size;
        } finally {
            // When an accessor throws, none of the batch is counted; what is added next must not meet these rows again.
            batch.clear();
        }
    }

    private void evaluate() {
        try {
            program.run(batch);
        } catch (RuntimeException e) {
            program.explain(e, batch, rowsBefore + rows);
            throw e;
        }
    }

    private void gather(Eligibility eligibility, Cells account, int size) {
        for (int i = 0; i < size; i++) {
            if (account.isRejected(i)) {
                if (account.isEligible(i)) {
                    for (Expression expression : eligibility.required()) {
                        gather(expression, i);
                    }
                } else {
                    gather(eligibility.where(), i);
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
            boolean anyRejected = keyColumns.get(k).anyRejected(size);
            for (int i = 0; anyRejected && i < size; i++) {
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
        Cells.Answer<?> answer = answers.get(kpi);
        if (answer == null) {
            throw new IllegalArgumentException(kpi + " is not computed here");
        }
        @SuppressWarnings("unchecked") // The answer of a KPI makes its statistics.
        S statistic = (S) answer.statistic(cell);
        return statistic;
    }

    /**
     * The statistics of all KPIs in a cell; of a cell without rows, the empty ones.
     *
     * @param cell the cell
     * @return one statistic for each KPI, in the order in which they were given
     */
    public List<Statistic<?>> statistics(int cell) {
        flush();
        Statistic<?>[] statistics = new Statistic<?>[inOrder.size()];
        for (int k = 0; k < statistics.length; k++) {
            statistics[k] = inOrder.get(k).statistic(cell);
        }
        return List.of(statistics);
    }
}
