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
        private final long[] recommendation = new long[11];
        private final long[] satisfaction = new long[6];
        private final long[] effort = new long[8];
        private final int[] waits = new int[3_000];
        private long rows;
        private long automated;
        private long handled;
        private long handleTime;
        private long squaresLow;
        private long squaresHigh;
        private long offered;
        private long fast;
        private long abandoned;

        void rate(int recommended, int satisfied, int easy) {
            if (recommended >= 0 && recommended <= 10) {
                recommendation[recommended]++;
            }
            if (satisfied >= 1 && satisfied <= 5) {
                satisfaction[satisfied]++;
            }
            if (easy >= 1 && easy <= 7) {
                effort[easy]++;
            }
        }

        void handle(boolean automatic, boolean answered, boolean left, long waited, long handling) {
            rows++;
            if (automatic) {
                automated++;
            }
            if (answered) {
                handled++;
                handleTime += handling;
                long low = handling * handling;
                squaresHigh += Math.multiplyHigh(handling, handling);
                long before = squaresLow;
                squaresLow += low;
                if (Long.compareUnsigned(squaresLow, before) < 0) {
                    squaresHigh++;
                }
            }
            if (answered || left) {
                offered++;
                if (answered && waited <= 20 * MICROS) {
                    fast++;
                }
                if (left) {
                    abandoned++;
                }
            }
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
                    contact.botInvolved() && contact.botResolved(),
                    answered,
                    contact.abandoned(),
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

    private static long micros(Duration duration) {
        return duration.getSeconds() * MICROS + duration.getNano() / 1_000;
    }

    /** Over arrays. */
    static Answer columns(ContactColumns contacts) {
        HandWritten hand = new HandWritten();
        Cell[][] cells = new Cell[Contacts.CHANNELS.size()][WEEKS];
        for (int i = 0; i < contacts.size(); i++) {
            Cell cell = cell(cells[contacts.channel[i]], hand.week(contacts.second[i]));
            cell.rate(contacts.recommendation[i], contacts.satisfaction[i], contacts.effort[i]);
            cell.handle(
                    contacts.botInvolved[i] && contacts.botResolved[i],
                    contacts.answered[i],
                    contacts.abandoned[i],
                    contacts.waited[i] * MICROS,
                    (contacts.talk[i] + contacts.hold[i] + contacts.afterContactWork[i]) * MICROS);
        }
        for (int channel = 0; channel < cells.length; channel++) {
            hand.cells.put(Contacts.CHANNELS.get(channel), cells[channel]);
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
