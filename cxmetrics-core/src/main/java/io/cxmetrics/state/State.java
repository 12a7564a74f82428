package io.cxmetrics.state;

import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Statistics and results of scorecards as bytes, to be stored, sent and merged later without reading a row again. What is
 * read is {@code equals} to what was written; equal results have equal bytes.
 *
 * <pre>{@code
 * Files.write(file, State.write(yesterday));
 * ScorecardResult both = State.read(card, Files.readAllBytes(file)).merge(today);
 * }</pre>
 *
 * <p><b>Identity:</b> the canonical form of every KPI is stored. Reading takes the scorecard, or the KPIs, and refuses a
 * stored KPI of another definition with a message that names both.
 *
 * <p><b>Safety:</b> no Java serialization; nothing is run or resolved by name. Any bytes give an equal result or a
 * {@link StateException}. Memory is taken for bytes that are there only, not for lengths that are claimed, and a form has at most
 * 2<sup>28</sup> bytes. The checksum guards against accidents, not against forgery.
 *
 * <p><b>Size:</b> measured with 1000 rows a cell: a share takes 5 bytes a cell, NPS 14, a mean of durations 17, a ratio of
 * durations 40, a percentile of 1000 distinct durations 766 (less where values repeat; a further percentile of the same
 * quantity 1). What is clustered by customer is not small: for each customer of a cell some 8 bytes for the hash and 1 to 10
 * for each of two or three numbers. The definitions are stored once.
 *
 * <p><b>Privacy:</b> only the statistics by customer hold keys, hashed: {@link io.cxmetrics.KeyedTotals} says what that protects.
 *
 * <p><b>The form, version {@value #VERSION}.</b> Varints have seven bits a byte, lowest bits first, high bit set on all but
 * the last byte; signed ones are zigzag (0, −1, 1, −2 → 0, 1, 2, 3). A text is the number of its UTF-16 units and each as a
 * varint. A list is the number of its items and the items.
 * <ol>
 *   <li>{@code C5 43 58 4D}, a byte with the version, {@code 52} for a result or {@code 53} for one statistic, the length of
 *       the body as a varint, the body, and the CRC-32C of everything before, in four bytes, highest first;
 *   <li>the body of a statistic: the canonical form of its KPI and the statistic;
 *   <li>the body of a result: the list of the KPIs' canonical forms, the list of dimensions, the grain's word (empty if
 *       none), the zone's id (empty if none), the intake, for each dimension the list of its labels, the list of groups;
 *   <li>the intake: a byte (1 if partial), rows, broken lines, the list of reasons each with its count, the list of samples
 *       (source, line (signed), field, found, reason);
 *   <li>a label: 0 and its text, 1 for missing, 2 for rejected;
 *   <li>a group of cells of one period: 0 for no period, or 1 and the first day (signed, days of the epoch less those of the
 *       group before), and the list of cells: an index of a label for each dimension, a statistic for each KPI;
 *   <li>a statistic: a byte whose bits 0 to 3 say which of used, ineligible, missing and rejected are not 0 and follow; bit 4:
 *       the totals are those of no rows; bit 5: the account is that of the statistic before in the cell; bit 6: the totals
 *       are those of the first KPI in the cell that aggregates the same. Otherwise the totals follow: a tally as its counts;
 *       a histogram as a byte (1 if keys are values, 0 if numbers of buckets), the number of keys, the first key (signed),
 *       the others less the one before, and all counts; totals by key as the number of keys, the first hashed key (signed), the
 *       others less the one before, and for each number of a key the exact numbers of all keys; a number as below;
 *   <li>an exact number: a whole one of less than 62 bits as twice its zigzag; others as twice the length of the unscaled
 *       number in bytes, plus 1, then the scale (signed) and the unscaled number in two's complement, highest byte first.
 * </ol>
 *
 * <p>Stateless and thread-safe.
 *
 * @since 0.1
 */
public final class State {
    /** The version that is written. */
    public static final int VERSION = Frame.VERSION;

    private State() {}

    /**
     * The bytes of a statistic.
     *
     * @param statistic the statistic
     * @return its binary form
     */
    public static byte[] write(Statistic<?> statistic) {
        Output body = new Output();
        body.text(statistic.kpi().canonical());
        new StatisticForm(List.of(statistic.kpi())).write(List.of(statistic), body);
        return Frame.close(Frame.STATISTIC, body);
    }

    /**
     * Writes the bytes of a statistic.
     *
     * @param statistic the statistic
     * @param to where to write; neither flushed nor closed
     * @throws IOException if writing fails
     */
    public static void write(Statistic<?> statistic, OutputStream to) throws IOException {
        to.write(write(statistic));
    }

    /**
     * The bytes of a scorecard's result.
     *
     * @param result the result
     * @return its binary form
     * @throws IllegalArgumentException if the form would be longer than 2<sup>28</sup> bytes, or a statistic that was not
     *     made by this library contradicts itself
     */
    public static byte[] write(ScorecardResult result) {
        Output body = new Output();
        ScorecardResult.Shape shape = result.shape();
        body.varint(shape.kpis().size());
        shape.kpis().forEach(kpi -> body.text(kpi.canonical()));
        body.varint(shape.dimensions().size());
        shape.dimensions().forEach(body::text);
        Grain grain = shape.grain();
        ZoneId zone = shape.zone();
        body.text(grain == null ? "" : grain.word());
        body.text(zone == null ? "" : zone.getId());
        write(result.intake(), body);
        List<Map<Label, Integer>> labels = new ArrayList<>();
        for (int d = 0; d < shape.dimensions().size(); d++) {
            labels.add(labels(result, d, body));
        }
        Map<@Nullable Period, List<Cell>> groups = new HashMap<>();
        List<@Nullable Period> periods = new ArrayList<>();
        for (Cell cell : result.cells().keySet()) {
            groups.computeIfAbsent(cell.period(), period -> {
                        periods.add(period);
                        return new ArrayList<>();
                    })
                    .add(cell);
        }
        StatisticForm form = new StatisticForm(shape.kpis());
        body.varint(periods.size());
        long before = 0;
        for (Period period : periods) {
            body.octet(period == null ? 0 : 1);
            if (period != null) {
                body.signed(period.start().toEpochDay() - before);
                before = period.start().toEpochDay();
            }
            List<Cell> cells = groups.getOrDefault(period, List.of());
            body.varint(cells.size());
            for (Cell cell : cells) {
                for (int d = 0; d < labels.size(); d++) {
                    body.varint(labels.get(d).getOrDefault(cell.labels().get(d), 0));
                }
                form.write(result.cells().getOrDefault(cell, List.of()), body);
            }
        }
        return Frame.close(Frame.RESULT, body);
    }

    /**
     * Writes the bytes of a scorecard's result. Forms may follow each other in one stream.
     *
     * @param result the result
     * @param to where to write; neither flushed nor closed
     * @throws IOException if writing fails
     * @throws IllegalArgumentException as {@link #write(ScorecardResult)} throws it
     */
    public static void write(ScorecardResult result, OutputStream to) throws IOException {
        to.write(write(result));
    }

    private static void write(Intake intake, Output body) {
        body.octet(intake.isPartial() ? 1 : 0);
        body.varint(intake.rows());
        body.varint(intake.brokenLines());
        body.varint(intake.rejected().size());
        intake.rejected().forEach((reason, count) -> {
            body.text(reason);
            body.varint(count);
        });
        body.varint(intake.samples().size());
        for (Intake.Sample sample : intake.samples()) {
            body.text(sample.source());
            body.signed(sample.line());
            body.text(sample.field());
            body.text(sample.found());
            body.text(sample.reason());
        }
    }

    /** Writes the labels of a dimension in their order; returns their indices. */
    private static Map<Label, Integer> labels(ScorecardResult result, int dimension, Output body) {
        SortedMap<Label, Integer> indices = new TreeMap<>();
        result.cells().keySet().forEach(cell -> indices.put(cell.labels().get(dimension), 0));
        body.varint(indices.size());
        int next = 0;
        for (Map.Entry<Label, Integer> entry : indices.entrySet()) {
            entry.setValue(next++);
            switch (entry.getKey().kind()) {
                case VALUE -> {
                    body.octet(0);
                    body.text(entry.getKey().text());
                }
                case MISSING -> body.octet(1);
                case REJECTED -> body.octet(2);
            }
        }
        return indices;
    }

    /**
     * Reads a statistic.
     *
     * @param <S> the statistic
     * @param kpi the KPI that it is the answer to
     * @param bytes what {@link #write(Statistic)} gave
     * @return an equal statistic
     * @throws StateException if the bytes are not the form of a statistic of that KPI
     */
    public static <S extends Statistic<S>> S read(Kpi<S> kpi, byte[] bytes) {
        return statistic(kpi, Frame.open(Frame.STATISTIC, bytes));
    }

    /**
     * Reads a statistic from a stream, which is left behind the last byte of the form.
     *
     * @param <S> the statistic
     * @param kpi the KPI that it is the answer to
     * @param from where to read; not closed
     * @return an equal statistic
     * @throws IOException if reading fails
     * @throws StateException if the next bytes are not the form of a statistic of that KPI
     */
    public static <S extends Statistic<S>> S read(Kpi<S> kpi, InputStream from) throws IOException {
        return statistic(kpi, Frame.open(Frame.STATISTIC, from));
    }

    @SuppressWarnings("unchecked") // The form makes statistics of the KPI that it is given.
    private static <S extends Statistic<S>> S statistic(Kpi<S> kpi, Input in) {
        given(in.text(), List.of(kpi));
        S statistic = (S) new StatisticForm(List.of(kpi)).read(in).get(0);
        in.end();
        return statistic;
    }

    /**
     * Reads a result of a scorecard.
     *
     * @param scorecard the scorecard; its KPIs, dimensions and periods must be those of the stored result
     * @param bytes what {@link #write(ScorecardResult)} gave
     * @return an equal result
     * @throws StateException if the bytes are not the form of a result of that scorecard
     */
    public static ScorecardResult read(Scorecard<?> scorecard, byte[] bytes) {
        return result(scorecard.shape(), Frame.open(Frame.RESULT, bytes));
    }

    /**
     * Reads a result of a scorecard from a stream, which is left behind the last byte of the form.
     *
     * @param scorecard the scorecard; its KPIs, dimensions and periods must be those of the stored result
     * @param from where to read; not closed
     * @return an equal result
     * @throws IOException if reading fails
     * @throws StateException if the next bytes are not the form of a result of that scorecard
     */
    public static ScorecardResult read(Scorecard<?> scorecard, InputStream from) throws IOException {
        return result(scorecard.shape(), Frame.open(Frame.RESULT, from));
    }

    /**
     * Reads a result of any dimensions and periods.
     *
     * @param kpis at least the KPIs of the stored result, in any order
     * @param bytes what {@link #write(ScorecardResult)} gave
     * @return an equal result
     * @throws StateException if the bytes are not the form of a result, or one of its KPIs is not among the given ones
     */
    public static ScorecardResult read(Collection<? extends Kpi<?>> kpis, byte[] bytes) {
        return result(kpis, Frame.open(Frame.RESULT, bytes));
    }

    /**
     * Reads a result of any dimensions and periods from a stream, which is left behind the last byte of the form.
     *
     * @param kpis at least the KPIs of the stored result, in any order
     * @param from where to read; not closed
     * @return an equal result
     * @throws IOException if reading fails
     * @throws StateException if the next bytes are not the form of a result, or one of its KPIs is not among the given ones
     */
    public static ScorecardResult read(Collection<? extends Kpi<?>> kpis, InputStream from) throws IOException {
        return result(kpis, Frame.open(Frame.RESULT, from));
    }

    private static ScorecardResult result(ScorecardResult.Shape expected, Input in) {
        ScorecardResult result = result(expected.kpis(), in);
        ScorecardResult.Shape stored = result.shape();
        if (!stored.equals(expected)) {
            throw new StateException("the stored result is of another scorecard: stored is " + shown(stored)
                    + ", expected is " + shown(expected));
        }
        return result;
    }

    private static String shown(ScorecardResult.Shape shape) {
        Grain grain = shape.grain();
        ZoneId zone = shape.zone();
        return shape.kpis().stream().map(Kpi::id).toList() + " by " + shape.dimensions()
                + (grain == null ? " without periods" : " per " + grain.word())
                + (zone == null ? "" : " in " + zone);
    }

    private static ScorecardResult result(Collection<? extends Kpi<?>> known, Input in) {
        int size = in.length();
        List<Kpi<?>> kpis = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            kpis.add(given(in.text(), known));
        }
        size = in.length();
        List<String> dimensions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            dimensions.add(in.text());
        }
        try {
            String word = in.text();
            String id = in.text();
            Grain grain = word.isEmpty() ? null : Grain.parse(word);
            ZoneId zone = id.isEmpty() ? null : ZoneId.of(id);
            Intake intake = intake(in);
            ScorecardResult.Shape shape = new ScorecardResult.Shape(kpis, dimensions, grain, zone);
            ScorecardResult result = new ScorecardResult(shape, cells(shape, in), intake);
            in.end();
            return result;
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new StateException(
                    String.valueOf(in.damaged(String.valueOf(e.getMessage())).getMessage()), e);
        }
    }

    private static Intake intake(Input in) {
        int partial = in.octet();
        if (partial > 1) {
            throw in.damaged("expected 0 or 1 for a partial result");
        }
        long rows = in.count();
        long broken = in.count();
        Math.addExact(rows, broken);
        int size = in.length();
        SortedMap<String, Long> rejected = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            rejected.put(in.text(), in.count());
        }
        size = in.length();
        List<Intake.Sample> samples = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            samples.add(new Intake.Sample(in.text(), in.signed(), in.text(), in.text(), in.text()));
        }
        return new Intake(rows, broken, rejected, samples, partial == 1);
    }

    private static SortedMap<Cell, List<Statistic<?>>> cells(ScorecardResult.Shape shape, Input in) {
        List<List<Label>> labels = new ArrayList<>();
        for (int d = 0; d < shape.dimensions().size(); d++) {
            labels.add(labels(in));
        }
        StatisticForm form = new StatisticForm(shape.kpis());
        TreeMap<Cell, List<Statistic<?>>> cells = new TreeMap<>();
        int groups = in.length();
        long before = 0;
        for (int g = 0; g < groups; g++) {
            Period period = null;
            if (in.octet() != 0) {
                Grain grain = shape.grain();
                if (grain == null) {
                    throw in.damaged("found a period in a scorecard without periods");
                }
                before = Math.addExact(before, in.signed());
                period = new Period(grain, LocalDate.ofEpochDay(before));
            }
            int size = in.length();
            for (int c = 0; c < size; c++) {
                List<Label> own = new ArrayList<>();
                for (List<Label> known : labels) {
                    long index = in.varint();
                    if (index < 0 || index >= known.size()) {
                        throw in.damaged("expected one of " + known.size() + " labels");
                    }
                    own.add(known.get((int) index));
                }
                Cell cell = new Cell(period, own);
                if (!cells.isEmpty() && cells.lastKey().compareTo(cell) >= 0) {
                    throw in.damaged("expected cells in rising order");
                }
                cells.put(cell, form.read(in));
            }
        }
        return cells;
    }

    private static List<Label> labels(Input in) {
        int size = in.length();
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            switch (in.octet()) {
                case 0 -> labels.add(Label.of(in.text()));
                case 1 -> labels.add(Label.MISSING);
                case 2 -> labels.add(Label.REJECTED);
                default -> throw in.damaged("expected a label");
            }
        }
        return labels;
    }

    /** The given KPI with a stored canonical form. */
    private static Kpi<?> given(String canonical, Collection<? extends Kpi<?>> known) {
        String id = canonical.substring(0, Math.max(0, canonical.indexOf(' ')));
        List<String> ids = new ArrayList<>();
        for (Kpi<?> kpi : known) {
            if (kpi.canonical().equals(canonical)) {
                return kpi;
            }
            ids.add(kpi.id());
        }
        for (Kpi<?> kpi : known) {
            if (kpi.id().equals(id)) {
                throw new StateException(
                        "the stored KPI has another definition than the given one; stored: " + canonical
                                + "; given: " + kpi
                                + "; read it with the definition it was stored with, or give the new definition a new id");
            }
        }
        throw new StateException("the stored KPI is not among the given ones" + DidYouMean.suffix(id, ids)
                + "; stored: " + canonical + "; given: "
                + (known.size() == 1 ? known.iterator().next().toString() : ids.toString()));
    }
}
