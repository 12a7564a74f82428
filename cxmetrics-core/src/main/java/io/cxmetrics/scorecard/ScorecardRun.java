package io.cxmetrics.scorecard;

import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Tabulation;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Located;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.field.Rejection;
import io.cxmetrics.field.Text;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows one by one for a scorecard. {@link #result} may be asked for at any time; adding may go on.
 *
 * <p>Mutable, for one thread. For several threads give each its own and merge the results.
 *
 * @param <E> the type of the records
 * @since 0.1
 */
public final class ScorecardRun<E> {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int SECONDS_PER_DAY = 86_400;

    private final Scorecard<E> scorecard;
    private final List<Expression> keys;
    private final @Nullable Grain grain;
    private final ZoneRules rules;
    private final Tabulation<E> tabulation;
    private final Intake.Recorder recorder = new Intake.Recorder();
    private final Map<Cell, Integer> numbers = new HashMap<>();
    private final Map<Long, Period> periods = new HashMap<>();
    private final long rowsBefore;
    private ScorecardResult merged;

    /** The stretch of the time line for which the zone's offset is known to be constant, in epoch seconds. */
    private long offsetFrom = 1;

    private long offsetTo;
    private int offset;

    ScorecardRun(Scorecard<E> scorecard, long rowsBefore) {
        this.scorecard = scorecard;
        this.keys = scorecard.keys();
        this.grain = scorecard.grain();
        this.rules = scorecard.zone().getRules();
        this.rowsBefore = rowsBefore;
        this.tabulation = new Tabulation<>(scorecard.fields(), scorecard.kpis(), keys, this::assign, this::rejected);
        this.merged = new ScorecardResult(scorecard.shape(), new TreeMap<>(), Intake.NONE);
    }

    /**
     * Adds a row.
     *
     * @param row the row, not null
     */
    public void add(E row) {
        tabulation.add(row);
    }

    /**
     * Adds the rows behind a result of the same scorecard.
     *
     * @param result the result
     * @throws IllegalArgumentException if it is of another scorecard
     */
    public void add(ScorecardResult result) {
        merged = merged.merge(result);
    }

    /**
     * Counts a line that could not be read as a row.
     *
     * @param source the name of the source
     * @param line the line
     * @param found the line or its beginning
     * @param reason why it could not be read
     */
    public void broken(String source, long line, String found, String reason) {
        Rejection cut = new Rejection("", found, reason);
        recorder.broken(new Intake.Sample(source, line, "", cut.found(), cut.reason()));
    }

    /**
     * The number of rows added, not counting those behind added results.
     *
     * @return the rows
     */
    public long rows() {
        return tabulation.rows();
    }

    /**
     * The scorecard of all rows added so far.
     *
     * @return the result
     */
    public ScorecardResult result() {
        tabulation.flush();
        SortedMap<Cell, List<Statistic<?>>> cells = new TreeMap<>();
        numbers.forEach((cell, number) -> {
            List<Statistic<?>> statistics = new ArrayList<>();
            for (Kpi<?> kpi : scorecard.kpis()) {
                statistics.add(tabulation.statistic(number, kpi));
            }
            cells.put(cell, statistics);
        });
        return new ScorecardResult(scorecard.shape(), cells, recorder.intake(tabulation.rows())).merge(merged);
    }

    private void rejected(E row, long index, Rejection rejection) {
        String source = row instanceof Located located ? located.source() : "row";
        long line = row instanceof Located located ? located.line() : rowsBefore + index;
        recorder.rejected(new Intake.Sample(source, line, rejection.field(), rejection.found(), rejection.reason()));
    }

    private void assign(List<Column> columns, int size, int[] cells) {
        int dimensions = grain == null ? columns.size() : columns.size() - 1;
        List<Label> labels = List.of();
        Period period = null;
        int number = -1;
        for (int i = 0; i < size; i++) {
            Period nextPeriod = grain == null ? null : period(columns.get(dimensions), i, grain);
            if (number < 0 || !Objects.equals(period, nextPeriod) || !isLabelled(labels, columns, i)) {
                labels = labels(columns, dimensions, i);
                period = nextPeriod;
                number = numbers.computeIfAbsent(new Cell(period, labels), cell -> numbers.size());
            }
            cells[i] = number;
        }
    }

    private boolean isLabelled(List<Label> labels, List<Column> columns, int row) {
        for (int d = 0; d < labels.size(); d++) {
            if (!label(columns.get(d), keys.get(d), row).equals(labels.get(d))) {
                return false;
            }
        }
        return true;
    }

    private List<Label> labels(List<Column> columns, int dimensions, int row) {
        List<Label> labels = new ArrayList<>(dimensions);
        for (int d = 0; d < dimensions; d++) {
            labels.add(label(columns.get(d), keys.get(d), row));
        }
        return labels;
    }

    private static Label label(Column column, Expression key, int row) {
        byte state = column.states()[row];
        if ((state & (Column.KNOWN | Column.FALSE)) == 0) {
            return state == Column.MISSING ? Label.MISSING : Label.REJECTED;
        } else if (key instanceof Text) {
            return Label.of(column.texts()[row]);
        } else if (key instanceof Quantity<?> quantity) {
            return Label.of(quantity.type().text(column.values()[row]));
        }
        return Label.of(Boolean.toString((state & Column.KNOWN) != 0));
    }

    private @Nullable Period period(Column column, int row, Grain length) {
        if (column.states()[row] != Column.KNOWN) {
            return null;
        }
        long value = column.values()[row];
        boolean isDate = ((Quantity<?>) keys.get(keys.size() - 1)).type() == FieldType.DATE;
        long day = isDate ? value : localDay(Math.floorDiv(value, MICROS_PER_SECOND));
        return periods.computeIfAbsent(day, d -> length.of(LocalDate.ofEpochDay(d)));
    }

    /** The day of the zone's calendar in which a second lies. */
    private long localDay(long second) {
        if (second < offsetFrom || second >= offsetTo) {
            Instant instant = Instant.ofEpochSecond(second);
            ZoneOffset now = rules.getOffset(instant);
            ZoneOffsetTransition next = rules.nextTransition(instant);
            offset = now.getTotalSeconds();
            ZoneOffsetTransition last = rules.previousTransition(instant.plusSeconds(1));
            offsetFrom = last == null ? Long.MIN_VALUE : last.toEpochSecond();
            offsetTo = next == null ? Long.MAX_VALUE : next.toEpochSecond();
        }
        return Math.floorDiv(second + offset, SECONDS_PER_DAY);
    }
}
