package io.cxmetrics.state;

import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Histogram;
import io.cxmetrics.KeyedTotals;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.field.Condition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statistics of one cell after another: what repeats within a cell is written once. */
final class StatisticForm {
    private static final int EMPTY_TOTALS = 1 << 4;
    private static final int SAME_COUNTS = 1 << 5;
    private static final int SAME_TOTALS = 1 << 6;

    private final List<Kpi<?>> kpis;
    private final List<List<Aggregate>> aggregates = new ArrayList<>();
    private final List<List<Total>> empty = new ArrayList<>();

    /** For each KPI the first one with the same aggregates, which may be itself. */
    private final int[] twins;

    StatisticForm(List<? extends Kpi<?>> kpis) {
        this.kpis = List.copyOf(kpis);
        this.twins = new int[kpis.size()];
        Map<List<Aggregate>, Integer> first = new HashMap<>();
        for (int i = 0; i < twins.length; i++) {
            List<Aggregate> own = kpis.get(i).definition().aggregates();
            aggregates.add(own);
            empty.add(kpis.get(i).empty().totals());
            Integer earlier = first.putIfAbsent(own, i);
            twins[i] = earlier == null ? i : earlier;
        }
    }

    void write(List<? extends Statistic<?>> cell, Output out) {
        for (int i = 0; i < cell.size(); i++) {
            Statistic<?> statistic = cell.get(i);
            Counts counts = statistic.counts();
            List<Total> totals = statistic.totals();
            String misfit = misfit(aggregates.get(i), counts, totals);
            if (misfit != null) {
                throw new IllegalArgumentException(
                        "the statistic of " + kpis.get(i).id() + " contradicts itself: " + misfit);
            }
            boolean sameCounts = i > 0 && cell.get(i - 1).counts().equals(counts);
            boolean isEmpty = totals.equals(empty.get(i));
            boolean sameTotals =
                    !isEmpty && twins[i] < i && cell.get(twins[i]).totals().equals(totals);
            long[] four = {counts.used(), counts.ineligible(), counts.missing(), counts.rejected()};
            int head = sameCounts ? SAME_COUNTS : 0;
            for (int c = 0; c < four.length && !sameCounts; c++) {
                head |= four[c] == 0 ? 0 : 1 << c;
            }
            out.octet(head | (isEmpty ? EMPTY_TOTALS : 0) | (sameTotals ? SAME_TOTALS : 0));
            for (int c = 0; c < four.length; c++) {
                if ((head & (1 << c)) != 0) {
                    out.varint(four[c]);
                }
            }
            for (int t = 0; t < totals.size() && !isEmpty && !sameTotals; t++) {
                write(totals.get(t), out);
            }
        }
    }

    private static void write(Total total, Output out) {
        if (total instanceof Total.Exact exact) {
            out.exact(exact.value());
        } else if (total instanceof Total.Tally tally) {
            for (long count : tally.counts()) {
                out.varint(count);
            }
        } else if (total instanceof Histogram histogram) {
            long[] keys = histogram.keys();
            out.octet(histogram.isExact() ? 1 : 0);
            out.varint(keys.length);
            for (int k = 0; k < keys.length; k++) {
                if (k == 0) {
                    out.signed(keys[k]);
                } else {
                    out.varint(keys[k] - keys[k - 1]);
                }
            }
            for (long count : histogram.counts()) {
                out.varint(count);
            }
        } else if (total instanceof KeyedTotals keyed) {
            out.varint(keyed.size());
            for (int k = 0; k < keyed.size(); k++) {
                if (k == 0) {
                    out.signed(keyed.key(k));
                } else {
                    // May pass 2^63: as a varint it is a number of 64 bits without a sign.
                    out.varint(keyed.key(k) - keyed.key(k - 1));
                }
            }
            for (int a = 0; a < keyed.aggregates(); a++) {
                for (int k = 0; k < keyed.size(); k++) {
                    out.exact(keyed.sum(a, k));
                }
            }
        }
    }

    List<Statistic<?>> read(Input in) {
        List<Statistic<?>> cell = new ArrayList<>(kpis.size());
        for (int i = 0; i < kpis.size(); i++) {
            int head = in.octet();
            Counts counts = i > 0 ? cell.get(i - 1).counts() : Counts.NONE;
            if ((head & SAME_COUNTS) == 0) {
                long[] four = new long[4];
                for (int c = 0; c < four.length; c++) {
                    four[c] = (head & (1 << c)) == 0 ? 0 : in.count();
                }
                counts = new Counts(four[0], four[1], four[2], four[3]);
            }
            if (head > 0x7F || ((head & EMPTY_TOTALS) != 0 && (head & SAME_TOTALS) != 0)) {
                throw in.damaged("expected a statistic");
            }
            List<Total> totals;
            if ((head & EMPTY_TOTALS) != 0) {
                totals = empty.get(i);
            } else if ((head & SAME_TOTALS) != 0) {
                if (twins[i] == i) {
                    throw in.damaged("expected totals of " + kpis.get(i).id());
                }
                totals = cell.get(twins[i]).totals();
            } else {
                totals = new ArrayList<>();
                for (Aggregate aggregate : aggregates.get(i)) {
                    totals.add(total(aggregate, in));
                }
            }
            String misfit = misfit(aggregates.get(i), counts, totals);
            if (misfit != null) {
                throw in.damaged("the statistic of " + kpis.get(i).id() + " contradicts itself: " + misfit);
            }
            cell.add(statistic(kpis.get(i), counts, totals));
        }
        return cell;
    }

    private static <S extends Statistic<S>> Statistic<?> statistic(Kpi<S> kpi, Counts counts, List<Total> totals) {
        return kpi.definition().statistic(kpi, counts, totals);
    }

    private static Total total(Aggregate aggregate, Input in) {
        if (aggregate instanceof Aggregate.Tally tally) {
            long width = (long) tally.highest() - tally.lowest() + 1;
            if (width > in.remaining()) {
                throw in.damaged("expected " + width + " counts");
            }
            return new Total.Tally(counts((int) width, in));
        } else if (aggregate instanceof Aggregate.Histogram histogram) {
            int exact = in.octet();
            if (exact > 1) {
                throw in.damaged("expected 0 for buckets or 1 for values");
            }
            long[] keys = new long[in.length()];
            for (int k = 0; k < keys.length; k++) {
                keys[k] = k == 0 ? in.signed() : keys[k - 1] + in.varint();
            }
            long[] counts = counts(keys.length, in);
            try {
                return Histogram.of(histogram.of().type(), histogram.bits(), exact == 1, keys, counts);
            } catch (IllegalArgumentException e) {
                throw new StateException(
                        String.valueOf(
                                in.damaged(String.valueOf(e.getMessage())).getMessage()),
                        e);
            }
        } else if (aggregate instanceof Aggregate.Keyed keyed) {
            return keyed(keyed.of().size(), in);
        }
        return new Total.Exact(in.exact());
    }

    private static Total keyed(int aggregates, Input in) {
        int size = in.length();
        if ((aggregates + 1L) * size > in.remaining()) {
            throw in.damaged("expected " + size + " keys with " + aggregates + " numbers each");
        }
        long[] keys = new long[size];
        for (int k = 0; k < size; k++) {
            keys[k] = k == 0 ? in.signed() : keys[k - 1] + in.varint();
            if (k > 0 && keys[k] <= keys[k - 1]) {
                throw in.damaged("expected rising keys");
            }
        }
        BigDecimal[][] sums = new BigDecimal[aggregates][size];
        for (BigDecimal[] column : sums) {
            for (int k = 0; k < size; k++) {
                column[k] = in.exact();
            }
        }
        return KeyedTotals.of(keys, sums);
    }

    private static long[] counts(int length, Input in) {
        long[] counts = new long[length];
        for (int i = 0; i < length; i++) {
            counts[i] = in.count();
        }
        return counts;
    }

    /** What cannot be, or null: totals and account must be able to come from the same rows. */
    private static @Nullable String misfit(List<Aggregate> aggregates, Counts counts, List<Total> totals) {
        try {
            counts.rows();
            for (int i = 0; i < aggregates.size(); i++) {
                Total total = totals.get(i);
                long n = counts.used();
                boolean fits = true;
                if (aggregates.get(i) instanceof Aggregate.Count && total instanceof Total.Exact count) {
                    long hits = count.value().longValueExact();
                    fits = hits >= 0 && hits <= n;
                } else if (total instanceof Total.Tally tally) {
                    long sum = 0;
                    for (long each : tally.counts()) {
                        sum = Math.addExact(sum, each);
                        fits &= each >= 0;
                    }
                    fits &= sum == n;
                } else if (total instanceof Histogram histogram) {
                    fits = histogram.n() == n;
                } else if (total instanceof KeyedTotals keyed && aggregates.get(i) instanceof Aggregate.Keyed of) {
                    fits = fits(of, keyed, aggregates, n, totals);
                }
                if (!fits) {
                    return "total " + (i + 1) + " is " + total + " for n = " + n;
                }
            }
            return null;
        } catch (ArithmeticException e) {
            return "a count is out of range";
        }
    }

    /** Whether each key has a row, and what the keys came to is what all rows came to. */
    private static boolean fits(
            Aggregate.Keyed of, KeyedTotals keyed, List<Aggregate> aggregates, long n, List<Total> totals) {
        boolean fits = keyed.aggregates() == of.of().size() && keyed.size() <= n && (keyed.size() > 0 || n == 0);
        for (int a = 0; a < of.of().size() && fits; a++) {
            Aggregate one = of.of().get(a);
            int whole = aggregates.indexOf(one);
            BigDecimal sum = BigDecimal.ZERO;
            for (int k = 0; k < keyed.size(); k++) {
                BigDecimal number = keyed.sum(a, k);
                fits &= one instanceof Aggregate.Sum || number.longValueExact() >= 0;
                sum = sum.add(number);
            }
            if (whole >= 0) {
                fits &= new Total.Exact(sum).equals(totals.get(whole));
            } else if (one instanceof Aggregate.Count count) {
                long hits = sum.longValueExact();
                fits &= count.of().equals(Condition.always()) ? hits == n : hits <= n;
            }
        }
        return fits;
    }
}
