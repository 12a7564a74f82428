package io.cxmetrics.okr;

import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * How a level (at least, at most, between) that has to be <em>held</em> over a cycle is judged period by period. Without
 * this the current state decides. Immutable and thread-safe.
 *
 * <p>A period belongs to the cycle in which it ends, so that a week that straddles two quarters counts once.
 *
 * @param count what is counted
 * @param grain the length of the periods
 * @param planned for {@link Count#SUCCESSES}, how many periods have to be met; 0 for every period of the cycle
 * @since 0.1
 */
public record Hold(Count count, Grain grain, int planned) {

    /** What is counted. */
    public enum Count {
        /** Periods met / periods that have ended and have a value: how well it was held so far; 1 is expected at any time. */
        SHARE_OF_PERIODS,
        /** Periods met / periods planned: grows through the cycle; expected as the cycle passes. */
        SUCCESSES
    }

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative, over 3660, or given for a share of periods
     */
    public Hold {
        if (!(planned >= 0 && planned <= 3660)) {
            throw new IllegalArgumentException("from 1 to 3660 periods can be planned; found " + planned);
        }
        if (count == Count.SHARE_OF_PERIODS && planned != 0) {
            throw new IllegalArgumentException(
                    "a share of periods is of those that have ended; planned periods go with successes");
        }
    }

    /**
     * Periods met of those that have ended.
     *
     * @param grain the length of the periods
     * @return the way to judge
     */
    public static Hold shareOf(Grain grain) {
        return new Hold(Count.SHARE_OF_PERIODS, grain, 0);
    }

    /**
     * Periods met of every period of the cycle.
     *
     * @param grain the length of the periods
     * @return the way to judge
     */
    public static Hold successesOf(Grain grain) {
        return new Hold(Count.SUCCESSES, grain, 0);
    }

    /**
     * Periods met of so many.
     *
     * @param planned how many periods have to be met, 1 to 3660
     * @param grain the length of the periods
     * @return the way to judge
     * @throws IllegalArgumentException if the number is not in that range
     */
    public static Hold successes(int planned, Grain grain) {
        if (planned == 0) {
            throw new IllegalArgumentException("from 1 to 3660 periods can be planned; found 0");
        }
        return new Hold(Count.SUCCESSES, grain, planned);
    }

    /**
     * The periods that end in a cycle, up to a day.
     *
     * @param cycle the cycle
     * @param asOf the last day that counts
     * @return the periods in order; each has ended by the end of that day
     */
    public List<Period> periods(Cycle cycle, LocalDate asOf) {
        LocalDate end = (asOf.isBefore(cycle.end()) ? asOf : cycle.lastDay()).plusDays(1);
        List<Period> periods = new ArrayList<>();
        Period period = grain.of(cycle.start());
        while (!period.end().isAfter(end)) {
            periods.add(period);
            period = grain.of(period.end());
        }
        return List.copyOf(periods);
    }

    /**
     * How many periods have to be met for the target of a cycle.
     *
     * @param cycle the cycle
     * @return the planned number, or that of all periods that end in the cycle
     */
    public int plannedIn(Cycle cycle) {
        return planned > 0 ? planned : periods(cycle, cycle.lastDay()).size();
    }
}
