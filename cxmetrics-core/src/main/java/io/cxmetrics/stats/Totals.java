package io.cxmetrics.stats;

import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import java.math.BigDecimal;

/** Reads the totals of a statistic. */
final class Totals {

    private Totals() {}

    static BigDecimal exact(Statistic<?> statistic, int index) {
        return ((Total.Exact) statistic.totals().get(index)).value();
    }

    static long count(Statistic<?> statistic, int index) {
        return exact(statistic, index).longValueExact();
    }

    static long[] tally(Statistic<?> statistic, int index) {
        return ((Total.Tally) statistic.totals().get(index)).counts();
    }
}
