package io.cxmetrics.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Column;
import io.cxmetrics.field.Columns;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Quantity;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Nps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Answers on a scale and the texts that decide cells take a way of their own from the source to the counters. Whatever a
 * source gives, in whatever class of number, the accounts are those of a plain count.
 */
class AnswersTest {
    private static final int ROWS = 5_000;
    private static final String[] CHANNELS = {"phone", "chat", null, "mail", "web"};

    private record Answer(
            @Nullable String channel, @Nullable Number score) {}

    /** The rows of a cell: used, missing, rejected, promoters, detractors. */
    private static final class Truth {
        private long used;
        private long missing;
        private long rejected;
        private long promoters;
        private long detractors;

        void add(@Nullable Number score) {
            if (score == null) {
                missing++;
                return;
            }
            BigDecimal value = new BigDecimal(score.toString());
            if (value.stripTrailingZeros().scale() > 0 || value.compareTo(BigDecimal.TEN) > 0 || value.signum() < 0) {
                rejected++;
                return;
            }
            used++;
            promoters += value.intValueExact() >= 9 ? 1 : 0;
            detractors += value.intValueExact() <= 6 ? 1 : 0;
        }

        List<Long> accounts() {
            return List.of(used, missing, rejected, promoters, detractors);
        }
    }

    private static List<Long> accounts(Nps nps) {
        return List.of(
                nps.counts().used(),
                nps.counts().missing(),
                nps.counts().rejected(),
                nps.promoters(),
                nps.detractors());
    }

    private static @Nullable Number score(Random random) {
        int whole = random.nextInt(20) == 0 ? random.nextInt(600) - 300 : random.nextInt(11);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> null;
            case 3 -> (long) whole;
            case 4 -> (short) whole;
            case 5 -> (byte) Math.max(-128, Math.min(127, whole));
            case 6 -> BigInteger.valueOf(whole);
            case 7 -> BigDecimal.valueOf(whole);
            case 8 -> (double) whole;
            case 9 -> random.nextInt(4) == 0 ? (Number) (whole + 0.5) : Long.valueOf(Long.MAX_VALUE);
            default -> whole;
        };
    }

    private static List<Answer> answers() {
        Random random = new Random(7);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            answers.add(new Answer(CHANNELS[random.nextInt(CHANNELS.length)], score(random)));
        }
        return answers;
    }

    private static Map<String, Truth> truth(List<Answer> answers) {
        Map<String, Truth> truth = new TreeMap<>();
        for (Answer answer : answers) {
            truth.computeIfAbsent(String.valueOf(answer.channel()), channel -> new Truth())
                    .add(answer.score());
        }
        return truth;
    }

    private static void assertTrue(Map<String, Truth> truth, ScorecardResult result, Kpi<Nps> kpi) {
        assertEquals(truth.size(), result.cells().size());
        truth.forEach((channel, expected) -> {
            Label label = channel.equals("null") ? Label.MISSING : Label.of(channel);
            Cell cell = result.cells().keySet().stream()
                    .filter(c -> c.labels().equals(List.of(label)))
                    .findFirst()
                    .orElseThrow();
            assertEquals(expected.accounts(), accounts(result.get(kpi, cell)), channel);
        });
        long rejected = truth.values().stream().mapToLong(t -> t.rejected).sum();
        assertEquals(rejected, result.intake().rejectedValues());
    }

    private static final Kpi<Nps> NPS = Nps.kpi("nps", "score");

    private static final Fields<Answer> FIELDS =
            Fields.of(Answer.class).text("channel", Answer::channel).whole("score", Answer::score);

    @Test
    void accessorsOfAnyNumber() {
        List<Answer> answers = answers();
        assertTrue(
                truth(answers), Scorecard.over(FIELDS).by("channel").kpis(NPS).compute(answers), NPS);
    }

    /** A KPI that looks at the values, a condition and a cell too: the answers come from the values then. */
    @Test
    void whatElseLooksAtTheFieldSeesTheSame() {
        List<Answer> answers = answers();
        Quantity<Long> score = Field.whole("score");
        Kpi<Mean> mean = Mean.kpi("mean", score, Direction.NEUTRAL);
        Kpi<Nps> phone = Nps.kpi("phone", "score").where(Field.text("channel").is("phone"));
        ScorecardResult alone = Scorecard.over(FIELDS).by("channel").kpis(NPS).compute(answers);
        ScorecardResult together =
                Scorecard.over(FIELDS).by("channel").kpis(mean, phone, NPS).compute(answers);
        for (Cell cell : alone.cells().keySet()) {
            assertEquals(alone.get(NPS, cell), together.get(NPS, cell));
        }
        Cell calls = together.cells().keySet().stream()
                .filter(c -> c.labels().equals(List.of(Label.of("phone"))))
                .findFirst()
                .orElseThrow();
        assertEquals(accounts(together.get(NPS, calls)), accounts(together.get(phone, calls)));
        ScorecardResult byScore =
                Scorecard.over(FIELDS).by("score", "channel").kpis(NPS).compute(answers);
        assertEquals(
                alone.cells().keySet().stream()
                        .mapToLong(c -> alone.get(NPS, c).counts().used())
                        .sum(),
                byScore.cells().keySet().stream()
                        .mapToLong(c -> byScore.get(NPS, c).counts().used())
                        .sum());
    }

    /** Every value of a byte, and one by one instead of in ranges. */
    @Test
    void columnsOfBytesIntsAndLongs() {
        byte[] bytes = new byte[256];
        int[] ints = new int[256];
        long[] longs = new long[256];
        int[] codes = new int[256];
        Map<String, Truth> truth = new TreeMap<>();
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
            ints[i] = bytes[i] == Byte.MIN_VALUE ? Integer.MIN_VALUE : bytes[i];
            longs[i] = bytes[i] == Byte.MIN_VALUE ? Long.MIN_VALUE : bytes[i];
            codes[i] = i % 3 - 1;
            truth.computeIfAbsent(codes[i] < 0 ? "null" : codes[i] == 0 ? "phone" : "chat", c -> new Truth())
                    .add(bytes[i] == Byte.MIN_VALUE ? null : bytes[i]);
        }
        // A list with a text that no row has, and one twice.
        List<String> dictionary = List.of("phone", "chat", "unused", "phone");
        Columns named = Columns.named("answers").text("channel", codes, dictionary);
        for (Columns columns :
                List.of(named.whole("score", bytes), named.whole("score", ints), named.whole("score", longs))) {
            Scorecard<Columns.Row> scorecard =
                    Scorecard.over(columns.fields()).by("channel").kpis(NPS);
            ScorecardResult result = scorecard.compute((Iterable<Columns.Row>) columns);
            assertTrue(truth, result, NPS);
            ScorecardRun<Columns.Row> run = scorecard.start();
            columns.forEach(run::add);
            assertEquals(result, run.result());
        }
    }

    /** A reader of one's own knows nothing of codes. */
    @Test
    void readersThatSetColumns() {
        List<Answer> answers = answers();
        Fields<Answer> none = Fields.named("answers");
        Fields<Answer> own = none.with(Field.of("channel", FieldType.TEXT), (batch, into) -> {
            for (int i = 0; i < batch.size(); i++) {
                String channel = batch.get(i).channel();
                if (channel == null) {
                    into.setMissing(i);
                } else {
                    into.setText(i, channel);
                }
            }
        });
        Fields<Answer> both = own.with(Field.of("score", FieldType.WHOLE), (batch, into) -> {
            for (int i = 0; i < batch.size(); i++) {
                set(batch.get(i).score(), into, i);
            }
        });
        assertTrue(truth(answers), Scorecard.over(both).by("channel").kpis(NPS).compute(answers), NPS);
    }

    private static void set(@Nullable Number score, Column into, int row) {
        if (score == null) {
            into.setMissing(row);
        } else if (score.doubleValue() != score.longValue() || Math.abs(score.doubleValue()) > 1e9) {
            into.reject(row, score.toString(), "expected a whole number");
        } else {
            into.set(row, score.longValue());
        }
    }

    /** Scales at the ends of what a byte can hold, and beyond. */
    @Test
    void scalesOfAnyPlace() {
        int[] values = new int[700];
        for (int i = 0; i < values.length; i++) {
            values[i] = i - 350;
        }
        Columns columns = Columns.named("answers").whole("score", values);
        int[][] scales = {{-126, 127}, {-127, 127}, {-126, 128}, {120, 127}, {-300, 300}, {0, 1}};
        for (int[] scale : scales) {
            Kpi<Nps> kpi =
                    Nps.kpi("nps", new Nps.Definition(Field.whole("score"), scale[0], scale[1], scale[1], scale[0]));
            Nps nps = Scorecard.over(columns.fields())
                    .kpis(kpi)
                    .compute((Iterable<Columns.Row>) columns)
                    .get(kpi, new Cell(null, List.of()));
            assertEquals(scale[1] - scale[0] + 1, nps.counts().used());
            assertEquals(700 - (scale[1] - scale[0] + 1), nps.counts().rejected());
            assertEquals(1, nps.promoters());
        }
    }
}
