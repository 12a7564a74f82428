package io.cxmetrics.journey;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Program;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Correction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What goes with the score of a journey: for each driver, such as the score of a touchpoint, its correlation with the outcome
 * and its share of the variation that all drivers account for together. One row is one customer's answers.
 *
 * <p><b>Formula.</b> The share is that of Lindeman, Merenda and Gold (LMG), which is the Shapley value of R²: the increase of R²
 * when the driver enters the regression, averaged over all orders of entry. It is computed over all subsets, exactly.
 *
 * <p><b>What it is not.</b> These are associations in data that were observed. Neither a high correlation nor a large share says
 * that improving a touchpoint will raise the score; that is found out by changing it for some customers and not for others.
 *
 * <p><b>Missing, off scale:</b> rows in which the outcome or a driver is missing or rejected are left out and counted. A driver
 * or an outcome that does not vary, too few rows and drivers that say the same are named in the result.
 *
 * <p><b>Multiplicity:</b> p-values of the correlations are corrected (Holm unless said otherwise). <b>Intervals:</b> of a
 * correlation by Fisher's z, of a share by the percentile bootstrap over rows with a fixed seed.
 *
 * <p><b>Order:</b> rows are sorted before anything is drawn or summed, so that their order does not matter.
 *
 * <p><b>Cost:</b> rows × drivers² + 2^drivers, for each resample; all values are held. Immutable and thread-safe.
 *
 * <p><b>Reference:</b> R. Lindeman, P. Merenda, R. Gold (1980), Introduction to bivariate and multivariate analysis; U. Grömping
 * (2006), Relative importance for linear regression in R: the package relaimpo, Journal of Statistical Software 17(1).
 *
 * <pre>{@code
 * DriverAnalysis analysis = Drivers.over(fields).outcome("overall", whole("overall"))
 *         .driver("Payment", whole("payment-score"), 1, 5)
 *         .driver("Search", whole("search-score"), 1, 5)
 *         .compute(answers);
 * }</pre>
 *
 * @param <E> the type of the rows
 * @since 0.1
 */
public final class Drivers<E> {
    /** The greatest number of drivers. */
    public static final int MOST = 12;

    private static final int USUAL_RESAMPLES = 1000;
    private static final int FEWEST_RESAMPLES = 100;

    record Named(String name, Expression of, OptionalDouble worst, OptionalDouble best) {}

    private final Fields<E> fields;
    private final @Nullable Named outcome;
    private final List<Named> drivers;
    private final Correction correction;
    private final int resamples;
    private final long seed;

    private Drivers(
            Fields<E> fields,
            @Nullable Named outcome,
            List<Named> drivers,
            Correction correction,
            int resamples,
            long seed) {
        this.fields = fields;
        this.outcome = outcome;
        this.drivers = drivers;
        this.correction = correction;
        this.resamples = resamples;
        this.seed = seed;
    }

    /**
     * Drivers over some fields, still without outcome.
     *
     * @param <E> the type of the rows
     * @param fields how a row supplies the fields
     * @return the drivers
     */
    public static <E> Drivers<E> over(Fields<E> fields) {
        return new Drivers<>(fields, null, List.of(), Correction.HOLM, USUAL_RESAMPLES, 1);
    }

    /**
     * These drivers of an outcome.
     *
     * @param name the name for people
     * @param of a quantity, or a condition, which counts 1 where it holds and 0 where not
     * @return the drivers
     * @throws IllegalArgumentException if it is a text
     */
    public Drivers<E> outcome(String name, Expression of) {
        return new Drivers<>(
                fields,
                new Named(name, numeric(of), OptionalDouble.empty(), OptionalDouble.empty()),
                drivers,
                correction,
                resamples,
                seed);
    }

    /**
     * These drivers and one more, without a place on the importance–performance map.
     *
     * @param name the name for people
     * @param of a quantity, or a condition, which counts 1 where it holds and 0 where not
     * @return the drivers
     * @throws IllegalArgumentException if it is a text, the name is taken, or there are {@value #MOST} already
     */
    public Drivers<E> driver(String name, Expression of) {
        return with(new Named(name, numeric(of), OptionalDouble.empty(), OptionalDouble.empty()));
    }

    /**
     * These drivers and one more, whose mean is its performance.
     *
     * @param name the name for people
     * @param of a quantity, or a condition, which counts 1 where it holds and 0 where not
     * @param worst the value whose performance is 0
     * @param best the value whose performance is 100; less than the worst if low is good
     * @return the drivers
     * @throws IllegalArgumentException if it is a text, the name is taken, there are {@value #MOST} already, or worst and best are
     *     not two different finite values
     */
    public Drivers<E> driver(String name, Expression of, double worst, double best) {
        if (!Double.isFinite(worst) || !Double.isFinite(best) || worst == best) {
            throw new IllegalArgumentException("the worst and the best value of driver '" + name
                    + "' are two different numbers; found " + worst + " and " + best);
        }
        return with(new Named(name, numeric(of), OptionalDouble.of(worst), OptionalDouble.of(best)));
    }

    private Drivers<E> with(Named driver) {
        if (drivers.stream().anyMatch(d -> d.name().equals(driver.name()))) {
            throw new IllegalArgumentException("two drivers are named '" + driver.name() + "'");
        }
        if (drivers.size() == MOST) {
            throw new IllegalArgumentException("at most " + MOST + " drivers are compared at once, as all "
                    + (1 << MOST) + " subsets are; '" + driver.name() + "' is one too many");
        }
        List<Named> more = new ArrayList<>(drivers);
        more.add(driver);
        return new Drivers<>(fields, outcome, List.copyOf(more), correction, resamples, seed);
    }

    private static Expression numeric(Expression of) {
        if (of instanceof Quantity<?> || of instanceof Condition) {
            return of;
        }
        throw new IllegalArgumentException(of + " is neither a quantity nor a condition");
    }

    /**
     * These drivers with another correction of the correlations' p-values.
     *
     * @param newCorrection the correction
     * @return the drivers
     */
    public Drivers<E> with(Correction newCorrection) {
        return new Drivers<>(fields, outcome, drivers, newCorrection, resamples, seed);
    }

    /**
     * These drivers with another bootstrap; without this it is {@value #USUAL_RESAMPLES} resamples from the seed 1.
     *
     * @param newResamples the number of resamples, at least {@value #FEWEST_RESAMPLES}; or 0 for no intervals of shares
     * @param newSeed the seed of the random numbers
     * @return the drivers
     * @throws IllegalArgumentException if there are too few resamples
     */
    public Drivers<E> resampled(int newResamples, long newSeed) {
        if (newResamples != 0 && newResamples < FEWEST_RESAMPLES) {
            throw new IllegalArgumentException(
                    "a bootstrap needs at least " + FEWEST_RESAMPLES + " resamples; found " + newResamples);
        }
        return new Drivers<>(fields, outcome, drivers, correction, newResamples, newSeed);
    }

    /**
     * Computes the analysis with 95 % intervals.
     *
     * @param rows the rows in any order
     * @return the analysis
     * @throws IllegalStateException if outcome or drivers have not been given
     * @throws IllegalArgumentException if a field is not supplied or of another type
     */
    public DriverAnalysis compute(Iterable<? extends E> rows) {
        if (outcome == null || drivers.isEmpty()) {
            throw new IllegalStateException("what goes with what? Give an outcome(…) and at least one driver(…)");
        }
        Program<E> program = new Program<>(fields);
        List<Expression> parts = new ArrayList<>();
        parts.add(outcome.of());
        drivers.forEach(driver -> parts.add(driver.of()));
        List<Column> columns = parts.stream().map(program::add).toList();
        Table table = new Table(parts, columns);
        Batch<E> batch = new Batch<>();
        for (E row : rows) {
            if (batch.add(row)) {
                program.run(batch);
                table.append(batch.size());
                batch.clear();
            }
        }
        program.run(batch);
        table.append(batch.size());
        return DriverAnalysis.of(
                outcome.name(), drivers, table.rows, table.missing, table.rejected, correction, resamples, seed);
    }

    /** The complete rows, the outcome first. */
    private static final class Table {
        private final List<Expression> parts;
        private final List<Column> columns;
        final List<double[]> rows = new ArrayList<>();
        long missing;
        long rejected;

        Table(List<Expression> parts, List<Column> columns) {
            this.parts = parts;
            this.columns = columns;
        }

        void append(int size) {
            for (int row = 0; row < size; row++) {
                double[] values = new double[columns.size()];
                boolean isRejected = false;
                boolean isMissing = false;
                for (int i = 0; i < values.length; i++) {
                    byte state = columns.get(i).states()[row];
                    isRejected |= (state & Column.REJECTED) != 0;
                    isMissing |= (state & (Column.KNOWN | Column.FALSE)) == 0;
                    values[i] = parts.get(i) instanceof Quantity<?> quantity
                            ? number(quantity.type(), columns.get(i).values()[row])
                            : (state & Column.KNOWN) != 0 ? 1 : 0;
                }
                if (isRejected) {
                    rejected++;
                } else if (isMissing) {
                    missing++;
                } else {
                    rows.add(values);
                }
            }
        }

        private static double number(FieldType type, long encoded) {
            return type == FieldType.NUMBER ? FieldType.decodeNumber(encoded) : (double) encoded / type.unitsPerBase();
        }
    }
}
