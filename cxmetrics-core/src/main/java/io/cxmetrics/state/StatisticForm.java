package io.cxmetrics.state;

import io.cxmetrics.Aggregate;
import io.cxmetrics.Counts;
import io.cxmetrics.Histogram;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
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
        }
        return new Total.Exact(in.exact());
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
}
