package io.cxmetrics.sql;

import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Histogram;
import io.cxmetrics.KeyedTotals;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Expression;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a query counts and sums for each cell, and how its answer becomes statistics. KPIs that agree on which rows they use
 * share an account, and what two of them sum alike is summed once.
 */
final class SqlSums {
    private final List<Kpi<?>> kpis;
    private final SqlDialect dialect;
    private final SqlExpressions expressions;

    /** What decides the outcome of a row. */
    private record Eligibility(Condition where, List<Expression> required) {
        static Eligibility of(Kpi<?> kpi) {
            return new Eligibility(kpi.where(), kpi.definition().required());
        }
    }

    /** What is summed over the rows that an account uses. */
    private record Summand(Eligibility over, Aggregate aggregate) {}

    SqlSums(List<Kpi<?>> kpis, SqlDialect dialect, SqlExpressions expressions) {
        this.kpis = kpis;
        this.dialect = dialect;
        this.expressions = expressions;
    }

    /** Calls for each account and summand once, in the order of the columns, with the first KPI that needs it. */
    private void forEach(BiConsumer<Kpi<?>, Eligibility> account, BiConsumer<String, Summand> summand) {
        Map<Eligibility, Kpi<?>> accounts = new LinkedHashMap<>();
        Map<Summand, String> summands = new LinkedHashMap<>();
        for (Kpi<?> kpi : kpis) {
            Eligibility eligibility = Eligibility.of(kpi);
            if (accounts.putIfAbsent(eligibility, kpi) == null) {
                account.accept(kpi, eligibility);
            }
            List<Aggregate> aggregates = kpi.definition().aggregates();
            for (int a = 0; a < aggregates.size(); a++) {
                Summand next = new Summand(eligibility, summed(aggregates.get(a)));
                String label = kpi.id() + ": total " + (a + 1);
                if (constant(aggregates.get(a)) == null && summands.putIfAbsent(next, label) == null) {
                    summand.accept(label, next);
                }
            }
        }
    }

    /** An aggregate without a constant factor. */
    private static Aggregate summed(Aggregate aggregate) {
        return aggregate instanceof Aggregate.Sum sum && !isReal(sum) && sum.times() instanceof Quantity.Constant<?>
                ? new Aggregate.Sum(sum.of(), null)
                : aggregate;
    }

    private static BigDecimal factor(Aggregate aggregate) {
        return aggregate instanceof Aggregate.Sum sum
                        && !isReal(sum)
                        && sum.times() instanceof Quantity.Constant<?> constant
                ? BigDecimal.valueOf(constant.encoded())
                : BigDecimal.ONE;
    }

    /** What is the same in every row that is used, or null if it is not: its sum follows from their number. */
    private static @Nullable BigDecimal constant(Aggregate aggregate) {
        return aggregate instanceof Aggregate.Sum sum
                        && !isReal(sum)
                        && sum.of() instanceof Quantity.Constant<?> constant
                        && (sum.times() == null || sum.times() instanceof Quantity.Constant<?>)
                ? BigDecimal.valueOf(constant.encoded()).multiply(factor(aggregate))
                : null;
    }

    private static boolean isReal(Aggregate.Sum sum) {
        return sum.of().type() == FieldType.NUMBER
                || (sum.times() != null && sum.times().type() == FieldType.NUMBER);
    }

    private String name(String what, Kpi<?> kpi) {
        return expressions.name(what, kpi.id());
    }

    /** What each account makes of a row, as columns: whether the row is used, ineligible or rejected; missing otherwise. */
    List<String> outcomes() {
        List<String> columns = new ArrayList<>();
        forEach(
                (kpi, eligibility) -> {
                    String where = expressions.value(eligibility.where());
                    StringJoiner used = new StringJoiner(" AND ");
                    StringJoiner rejected = new StringJoiner(" OR ");
                    rejected.setEmptyValue("FALSE");
                    if (!isForAll(eligibility)) {
                        used.add(where);
                        columns.add("NOT (" + where + ") AS " + name("is ineligible", kpi));
                    }
                    for (Expression required : eligibility.required()) {
                        used.add(expressions.known(required));
                        if (!expressions.rejected(required).equals("FALSE")) {
                            rejected.add(expressions.unknownByRejection(required));
                        }
                    }
                    columns.add(used + " AS " + name("is used", kpi));
                    if (canReject(eligibility)) {
                        columns.add((isForAll(eligibility)
                                        ? rejected.toString()
                                        : "CASE " + where + " WHEN TRUE THEN " + rejected
                                                + " WHEN FALSE THEN FALSE ELSE "
                                                + expressions.rejected(eligibility.where()) + " END")
                                + " AS " + name("is rejected", kpi));
                    }
                },
                (label, summand) -> {});
        return columns;
    }

    private static boolean isForAll(Eligibility eligibility) {
        return eligibility.where() instanceof Condition.Always;
    }

    private boolean canReject(Eligibility eligibility) {
        return !expressions.rejected(eligibility.where()).equals("FALSE")
                || eligibility.required().stream()
                        .anyMatch(required -> !expressions.rejected(required).equals("FALSE"));
    }

    /** Whether any account rejects a row. */
    String anyRejected() {
        StringJoiner any = new StringJoiner(" OR ");
        forEach(
                (kpi, eligibility) -> {
                    if (canReject(eligibility)) {
                        any.add(name("is rejected", kpi));
                    }
                },
                (label, summand) -> {});
        return any.toString();
    }

    /** The columns of accounts and sums by their labels. */
    Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        Map<Eligibility, Kpi<?>> first = new HashMap<>();
        forEach(
                (kpi, eligibility) -> {
                    first.put(eligibility, kpi);
                    columns.put(kpi.id() + ": used", count(name("is used", kpi)));
                    columns.put(
                            kpi.id() + ": ineligible", isForAll(eligibility) ? "0" : count(name("is ineligible", kpi)));
                    columns.put(
                            kpi.id() + ": rejected", canReject(eligibility) ? count(name("is rejected", kpi)) : "0");
                },
                (label, summand) -> column(
                        label, summand, name("is used", Objects.requireNonNull(first.get(summand.over()))), columns));
        return columns;
    }

    private static String count(String condition) {
        return "count(*) FILTER (WHERE " + condition + ")";
    }

    /** The value of what is summed: every row that is summed is used, so what an account requires is known. */
    private String value(Quantity<?> of, Summand summand) {
        return summand.over().required().contains(of) ? expressions.valueIfKnown(of) : expressions.value(of);
    }

    private void column(String label, Summand summand, String used, Map<String, String> columns) {
        Aggregate aggregate = summand.aggregate();
        String filter = " FILTER (WHERE " + used + ")";
        if (aggregate instanceof Aggregate.Count count) {
            columns.put(label, count(used + " AND " + expressions.value(count.of())));
        } else if (aggregate instanceof Aggregate.Tally tally && dialect.countsAllValuesAtOnce()) {
            columns.put(label, dialect.occurrencesOfWhole(value(tally.of(), summand), filter));
        } else if (aggregate instanceof Aggregate.Tally tally) {
            for (int v = tally.lowest(); v <= tally.highest(); v++) {
                columns.put(label + " at " + v, count(used + " AND " + value(tally.of(), summand) + " = " + v));
            }
        } else if (aggregate instanceof Aggregate.Histogram histogram) {
            columns.put(label, occurrences(histogram.of(), summand, filter));
        } else if (aggregate instanceof Aggregate.Keyed keyed) {
            columns.put(label, dialect.occurrences(keyed(keyed)) + filter);
        } else if (aggregate instanceof Aggregate.Sum sum) {
            columns.put(label, sum(sum, summand) + filter);
        }
    }

    private String occurrences(Quantity<?> of, Summand summand, String filter) {
        return of.type() == FieldType.NUMBER
                ? dialect.occurrences(text(of)) + filter
                : dialect.occurrencesOfWhole(value(of, summand), filter);
    }

    private String text(Expression of) {
        return "CAST(" + expressions.value(of) + " AS " + dialect.text() + ")";
    }

    private String sum(Aggregate.Sum sum, Summand summand) {
        Quantity<?> times = sum.times();
        if (isReal(sum)) {
            return dialect.occurrences(text(sum.of()) + (times == null ? "" : " || ' ' || " + text(times)));
        }
        return "sum(CAST(" + value(sum.of(), summand) + " AS " + dialect.huge() + ")"
                + (times == null ? "" : " * (" + value(times, summand) + ")") + ")";
    }

    /** A hashed key with its values, written with blanks between. */
    private String keyed(Aggregate.Keyed keyed) {
        StringJoiner row = new StringJoiner(" || ' ' || ");
        row.add("substr(" + dialect.hash(expressions.value(keyed.key())) + ", 1, 16)");
        for (Aggregate of : keyed.of()) {
            if (of instanceof Aggregate.Count count) {
                row.add("(CASE WHEN " + expressions.value(count.of()) + " THEN '1' ELSE '0' END)");
            } else if (of instanceof Aggregate.Sum sum) {
                row.add(text(sum.of()));
            }
        }
        return row.toString();
    }

    /** The statistics of a cell, from the values of its columns in their order. */
    List<Statistic<?>> read(long rows, Iterator<?> values) {
        Map<Eligibility, Counts> accounts = new HashMap<>();
        Map<Summand, Total> totals = new HashMap<>();
        forEach(
                (kpi, eligibility) -> {
                    long used = number(values);
                    long ineligible = number(values);
                    long rejected = number(values);
                    accounts.put(
                            eligibility, new Counts(used, ineligible, rows - used - ineligible - rejected, rejected));
                },
                (label, summand) -> totals.put(summand, total(summand.aggregate(), values)));
        List<Statistic<?>> statistics = new ArrayList<>();
        for (Kpi<?> kpi : kpis) {
            statistics.add(statistic(kpi, accounts, totals));
        }
        return statistics;
    }

    private static <S extends Statistic<S>> S statistic(
            Kpi<S> kpi, Map<Eligibility, Counts> accounts, Map<Summand, Total> totals) {
        Eligibility eligibility = Eligibility.of(kpi);
        Counts counts = Objects.requireNonNull(accounts.get(eligibility));
        List<Total> own = new ArrayList<>();
        for (Aggregate aggregate : kpi.definition().aggregates()) {
            BigDecimal constant = constant(aggregate);
            Total total = totals.get(new Summand(eligibility, summed(aggregate)));
            if (constant != null) {
                own.add(new Total.Exact(constant.multiply(BigDecimal.valueOf(counts.used()))));
            } else if (total instanceof Total.Exact exact) {
                own.add(new Total.Exact(exact.value().multiply(factor(aggregate))));
            } else {
                own.add(Objects.requireNonNull(total));
            }
        }
        return kpi.definition().statistic(kpi, counts, own);
    }

    private Total total(Aggregate aggregate, Iterator<?> values) {
        if (aggregate instanceof Aggregate.Tally tally) {
            long[] tallied = new long[tally.highest() - tally.lowest() + 1];
            if (dialect.countsAllValuesAtOnce()) {
                occurrences(values.next())
                        .forEach((value, count) -> tallied[Integer.parseInt(value) - tally.lowest()] = count);
            } else {
                for (int v = 0; v < tallied.length; v++) {
                    tallied[v] = number(values);
                }
            }
            return new Total.Tally(tallied);
        } else if (aggregate instanceof Aggregate.Histogram histogram) {
            return histogram(histogram, occurrences(values.next()));
        } else if (aggregate instanceof Aggregate.Keyed keyed) {
            return keyed(keyed.of(), occurrences(values.next()));
        } else if (aggregate instanceof Aggregate.Sum sum && isReal(sum)) {
            return new Total.Exact(sum(occurrences(values.next())));
        }
        Object value = values.next();
        return new Total.Exact(value == null ? BigDecimal.ZERO : new BigDecimal(value.toString()));
    }

    private static long number(Iterator<?> values) {
        return Long.parseLong(String.valueOf(values.next()));
    }

    /** How often each text occurs, from a map, from the text of a map of whole numbers, or from a list of them. */
    private static Map<String, Long> occurrences(@Nullable Object counted) {
        Map<String, Long> occurrences = new HashMap<>();
        if (counted instanceof Map<?, ?> map) {
            map.forEach((text, count) -> occurrences.put(text.toString(), Long.parseLong(count.toString())));
        } else if (counted instanceof Collection<?> texts) {
            texts.forEach(text -> occurrences.merge(String.valueOf(text), 1L, Math::addExact));
        } else if (counted instanceof String map && map.length() > 2) {
            for (String entry : map.substring(1, map.length() - 1).split(", ", -1)) {
                int sign = entry.indexOf('=');
                occurrences.put(entry.substring(0, sign), Long.parseLong(entry.substring(sign + 1)));
            }
        } else if (counted != null && !counted.equals("{}")) {
            throw new IllegalArgumentException(
                    "expected a map, its text or a collection of texts from the engine, found " + counted.getClass());
        }
        return occurrences;
    }

    private static Total histogram(Aggregate.Histogram aggregate, Map<String, Long> counted) {
        FieldType type = aggregate.of().type();
        TreeMap<Long, Long> sorted = new TreeMap<>();
        counted.forEach((text, count) -> {
            long encoded =
                    type == FieldType.NUMBER ? FieldType.encodeNumber(Double.parseDouble(text)) : Long.parseLong(text);
            sorted.merge(encoded, count, Math::addExact);
        });
        long[] values = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] counts = sorted.values().stream().mapToLong(Long::longValue).toArray();
        return Histogram.ofValues(type, aggregate.bits(), values, counts);
    }

    private static Total keyed(List<Aggregate> of, Map<String, Long> counted) {
        Map<Long, List<BigDecimal>> byKey = new HashMap<>();
        counted.forEach((row, count) -> {
            String[] parts = row.split(" ", -1);
            List<BigDecimal> sums = byKey.computeIfAbsent(
                    KeyedTotals.parse(parts[0]),
                    key -> new ArrayList<>(Collections.nCopies(of.size(), BigDecimal.ZERO)));
            for (int a = 0; a < of.size(); a++) {
                boolean real = of.get(a) instanceof Aggregate.Sum sum && isReal(sum);
                BigDecimal value =
                        real ? new BigDecimal(Double.parseDouble(parts[a + 1])) : new BigDecimal(parts[a + 1]);
                sums.set(a, sums.get(a).add(value.multiply(BigDecimal.valueOf(count))));
            }
        });
        return KeyedTotals.of(of.size(), byKey);
    }

    /** The exact sum of values, or of products of two values divided by a blank, each times its count. */
    private static BigDecimal sum(Map<String, Long> occurrences) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, Long> entry : occurrences.entrySet()) {
            BigDecimal term = BigDecimal.valueOf(entry.getValue());
            for (String factor : entry.getKey().split(" ", -1)) {
                term = term.multiply(new BigDecimal(Double.parseDouble(factor)));
            }
            sum = sum.add(term);
        }
        return sum;
    }
}
