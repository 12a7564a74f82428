package io.cxmetrics.examples.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The same scorecard as somebody would write it who needs just this one and wants it fast: no rejects, no other zone, no
 * other KPI. The measure of what generality costs.
 */
final class HandWritten {
    static final ZoneId ZONE = ZoneId.of("Europe/Helsinki");

    /** A rating that is missing. */
    static final int MISSING = -1;

    private static final int SECONDS_PER_DAY = 86_400;
    private static final long MICROS = 1_000_000;

    /** Weeks since the Monday before the epoch; room for those of a few years. */
    private static final int FIRST_WEEK = 2_800;

    private static final int WEEKS = 256;

    private final ZoneRules rules = ZONE.getRules();
    private final Map<String, Cell[]> cells = new HashMap<>();
    private long offsetFrom = 1;
    private long offsetTo;
    private int offset;

    /** The totals of a channel in a week. */
    static final class Cell {
        private final long[] recommendation = new long[256];
        private final long[] satisfaction = new long[256];
        private final long[] effort = new long[256];
        private final int[] waits = new int[3_000];
        private long rows;
        private long automated;
        private long handled;
        private long handleTime;
        private long squaresLow;

        /** Summed so that the loop has what an interval of AHT needs. */
        @SuppressWarnings("UnusedVariable")
        private long squaresHigh;

        private long offered;
        private long fast;
        private long abandoned;

        /** Counts ratings by their lowest byte, missing ones too: no branch to mispredict. */
        void rate(int recommended, int satisfied, int easy) {
            recommendation[recommended & 0xFF]++;
            satisfaction[satisfied & 0xFF]++;
            effort[easy & 0xFF]++;
        }

        void handle(int automatic, int answered, int left, long waited, long handling) {
            rows++;
            automated += automatic;
            handled += answered;
            long counted = handling & -answered;
            handleTime += counted;
            long square = counted * counted;
            squaresLow += square;
            squaresHigh += Math.multiplyHigh(counted, counted)
                    + (squaresLow + Long.MIN_VALUE < square + Long.MIN_VALUE ? 1 : 0);
            offered += answered | left;
            fast += answered & (waited <= 20 * MICROS ? 1 : 0);
            abandoned += left;
            waits[bucket(waited)]++;
        }

        /** 64 buckets between a power of two and the next: at most 1.6 % wide, 0.8 % from their middle. */
        private static int bucket(long micros) {
            return micros == 0 ? 0 : (int) ((Double.doubleToRawLongBits((double) micros) >>> 46) - 65_472);
        }

        private static double middle(int bucket) {
            double from = Double.longBitsToDouble((bucket + 65_472L) << 46);
            double to = Double.longBitsToDouble((bucket + 65_473L) << 46);
            return bucket == 0 ? 0 : (from + to) / 2;
        }

        private double percentile(double p) {
            long rank = (long) Math.ceil(p * rows);
            int bucket = 0;
            for (long seen = waits[0]; seen < rank; seen += waits[bucket]) {
                bucket++;
            }
            return middle(bucket) / MICROS;
        }

        double[] figures() {
            long promoters = recommendation[9] + recommendation[10];
            long recommendations = 0;
            long detractors = 0;
            for (int i = 0; i <= 10; i++) {
                recommendations += recommendation[i];
                detractors += i <= 6 ? recommendation[i] : 0;
            }
            long satisfactions = 0;
            for (int i = 1; i <= 5; i++) {
                satisfactions += satisfaction[i];
            }
            long efforts = 0;
            long effortSum = 0;
            for (int i = 1; i <= 7; i++) {
                efforts += effort[i];
                effortSum += i * effort[i];
            }
            return new double[] {
                100.0 * (promoters - detractors) / recommendations,
                (double) (satisfaction[4] + satisfaction[5]) / satisfactions,
                (double) effortSum / efforts,
                (double) automated / rows,
                (double) handleTime / handled / MICROS,
                (double) fast / offered,
                (double) abandoned / offered,
                percentile(0.5),
                percentile(0.9),
                percentile(0.99)
            };
        }
    }

    /** The number of the week of an epoch second. */
    int week(long second) {
        if (second < offsetFrom || second >= offsetTo) {
            Instant instant = Instant.ofEpochSecond(second);
            ZoneOffsetTransition last = rules.previousTransition(instant.plusSeconds(1));
            ZoneOffsetTransition next = rules.nextTransition(instant);
            offset = rules.getOffset(instant).getTotalSeconds();
            offsetFrom = last == null ? Long.MIN_VALUE : last.toEpochSecond();
            offsetTo = next == null ? Long.MAX_VALUE : next.toEpochSecond();
        }
        return (int) ((Math.floorDiv(second + offset, (long) SECONDS_PER_DAY) + 3) / 7 - FIRST_WEEK);
    }

    /** The totals to which a contact belongs. */
    Cell cell(String channel, long second) {
        int week = week(second);
        Cell[] weeks = cells.get(channel);
        if (weeks == null) {
            weeks = new Cell[WEEKS];
            cells.put(channel, weeks);
        }
        return cell(weeks, week);
    }

    private static Cell cell(Cell[] weeks, int week) {
        Cell cell = weeks[week];
        if (cell == null) {
            cell = new Cell();
            weeks[week] = cell;
        }
        return cell;
    }

    /** Over records. */
    static Answer records(List<Contact> contacts) {
        HandWritten hand = new HandWritten();
        for (Contact contact : contacts) {
            Cell cell = hand.cell(contact.channel(), contact.started().getEpochSecond());
            cell.rate(rating(contact.recommendation()), rating(contact.satisfaction()), rating(contact.effort()));
            boolean answered = contact.answered();
            cell.handle(
                    bit(contact.botInvolved()) & bit(contact.botResolved()),
                    bit(answered),
                    bit(contact.abandoned()),
                    micros(contact.waited()),
                    answered
                            ? micros(contact.talk()) + micros(contact.hold()) + micros(contact.afterContactWork())
                            : 0);
        }
        return hand.answer();
    }

    private static int rating(@org.jspecify.annotations.Nullable Integer rating) {
        return rating == null ? MISSING : rating;
    }

    static int bit(boolean flag) {
        return flag ? 1 : 0;
    }

    private static long micros(Duration duration) {
        return duration.getSeconds() * MICROS + duration.getNano() / 1_000;
    }

    /** Over arrays. */
    static Answer columns(ContactColumns contacts) {
        HandWritten hand = new HandWritten();
        Cell[][] cells = new Cell[Contacts.CHANNELS.size()][WEEKS];
        int[] channel = contacts.channel;
        long[] second = contacts.second;
        byte[] recommendation = contacts.recommendation;
        byte[] satisfaction = contacts.satisfaction;
        byte[] effort = contacts.effort;
        boolean[] botInvolved = contacts.botInvolved;
        boolean[] botResolved = contacts.botResolved;
        boolean[] answered = contacts.answered;
        boolean[] abandoned = contacts.abandoned;
        long[] waited = contacts.waited;
        long[] talk = contacts.talk;
        long[] hold = contacts.hold;
        long[] afterContactWork = contacts.afterContactWork;
        int size = contacts.size();
        for (int i = 0; i < size; i++) {
            Cell cell = cell(cells[channel[i]], hand.week(second[i]));
            cell.rate(recommendation[i], satisfaction[i], effort[i]);
            cell.handle(
                    bit(botInvolved[i]) & bit(botResolved[i]),
                    bit(answered[i]),
                    bit(abandoned[i]),
                    waited[i] * MICROS,
                    (talk[i] + hold[i] + afterContactWork[i]) * MICROS);
        }
        for (int code = 0; code < cells.length; code++) {
            hand.cells.put(Contacts.CHANNELS.get(code), cells[code]);
        }
        return hand.answer();
    }

    /** The figures of all cells. */
    Answer answer() {
        SortedMap<String, double[]> figures = new TreeMap<>();
        cells.forEach((channel, weeks) -> {
            for (int week = 0; week < WEEKS; week++) {
                Cell cell = weeks[week];
                if (cell != null) {
                    LocalDate monday = LocalDate.ofEpochDay((week + FIRST_WEEK) * 7L - 3);
                    figures.put(channel + " " + monday, cell.figures());
                }
            }
        });
        return new Answer(figures);
    }
}
