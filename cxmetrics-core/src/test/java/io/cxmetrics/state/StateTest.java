package io.cxmetrics.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.cxmetrics.Catalogue;
import io.cxmetrics.CatalogueRows;
import io.cxmetrics.Counts;
import io.cxmetrics.Direction;
import io.cxmetrics.KeyedTotals;
import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.Total;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Row;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.ResultJson;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Intake;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.scorecard.ScorecardRun;
import io.cxmetrics.stats.Clustered;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Percentile;
import io.cxmetrics.stats.Ratings;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import io.cxmetrics.stats.SignalShare;
import io.cxmetrics.survey.SurveyKpis;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is stored is read back equal by this and every earlier version of the form, and nothing else is read at all. */
class StateTest {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");

    private static Scorecard<Row> catalogue() {
        return Scorecard.over(CatalogueRows.fields())
                .by("channel")
                .every(Grain.DAY, "at", HELSINKI)
                .kpis(Catalogue.list());
    }

    /** A KPI of each family and shape of totals. */
    private static List<Kpi<?>> families() {
        return List.of(
                SurveyKpis.nps(),
                Catalogue.kpis().get("BotKpis.botExperienceScore()"),
                Catalogue.kpis().get("BotKpis.weightedBotExperienceScore(weights)"),
                Share.kpi("quick", Field.duration("wait").lt(Duration.ofMinutes(5))),
                Mean.kpi("real", Field.number("real"), Direction.NEUTRAL),
                Ratio.kpi("talk-per-wait", Field.duration("talk"), Field.duration("wait"), Direction.NEUTRAL),
                Percentile.kpi("p50", Field.duration("wait"), 0.5, Direction.NEUTRAL),
                Percentile.kpi("p90", Field.duration("wait"), 0.9, Direction.NEUTRAL),
                Percentile.kpi(
                        "real-p50",
                        new Percentile.Definition(
                                Field.number("real"),
                                0.5,
                                Percentile.Method.INTERPOLATED,
                                Percentile.Precision.ONE_PER_MILLE),
                        Direction.NEUTRAL));
    }

    private static Scorecard<Row> golden() {
        return Scorecard.over(CatalogueRows.fields())
                .by("channel", "answered")
                .every(Grain.MONTH, "day", ZoneOffset.UTC)
                .kpis(families());
    }

    private static ScorecardResult goldenResult() {
        ScorecardRun<Row> run = golden().start();
        CatalogueRows.rows(20260214, 120).forEach(run::add);
        run.broken("events.csv", 121, "\"phone", "the quote is not closed");
        ScorecardResult whole = run.result();
        Intake read = whole.intake();
        return new ScorecardResult(
                whole.shape(),
                whole.cells(),
                new Intake(read.rows(), read.brokenLines(), read.rejected(), read.samples(), true));
    }

    private record Answer(String customer, String channel, Long score, Double spent, Boolean solved, Duration talk) {
        static final Fields<Answer> FIELDS = Fields.of(Answer.class)
                .text("customer", Answer::customer)
                .text("channel", Answer::channel)
                .whole("recommendation", Answer::score)
                .number("spent", Answer::spent)
                .flag("solved", Answer::solved)
                .duration("talk", Answer::talk);

        /** Of customers who answer several times, with everything missing now and then. */
        static List<Answer> list(long seed, int n) {
            Random random = new Random(seed);
            return Stream.generate(() -> new Answer(
                            random.nextInt(9) == 0 ? null : "customer " + random.nextInt(1 + n / 3),
                            random.nextBoolean() ? "chat" : "phone",
                            random.nextInt(9) == 0 ? null : Long.valueOf(random.nextInt(12)),
                            random.nextInt(9) == 0 ? null : Double.valueOf((random.nextInt(900) - 300) * 0.1),
                            random.nextInt(9) == 0 ? null : Boolean.valueOf(random.nextInt(3) > 0),
                            random.nextInt(9) == 0 ? null : Duration.ofMillis(random.nextInt(1_000_000))))
                    .limit(n)
                    .toList();
        }
    }

    /** Every family that can be clustered, each with its plain one beside it. */
    private static Scorecard<Answer> clustered() {
        List<Kpi<?>> plain = List.of(
                Share.kpi("solved", Field.flag("solved")),
                SignalShare.kpi("clean", Map.of("unsolved", Field.flag("solved").not())),
                Mean.kpi("spent", Field.number("spent"), Direction.NEUTRAL),
                Mean.kpi("talk", Field.duration("talk"), Direction.LOWER_IS_BETTER),
                Ratio.kpi("spent-per-talk", Field.number("spent"), Field.duration("talk"), Direction.NEUTRAL),
                SurveyKpis.nps(),
                ratings("net", new Ratings.Net(9, 6)),
                ratings("top", new Ratings.Box(9, 10)),
                ratings("mean", new Ratings.Average()));
        List<Kpi<?>> kpis = new ArrayList<>(plain);
        plain.forEach(kpi -> kpis.add(Clustered.by(Field.text("customer"), kpi)));
        return Scorecard.over(Answer.FIELDS).by("channel").kpis(kpis);
    }

    private static Kpi<Ratings> ratings(String id, Ratings.Reading reading) {
        return Ratings.kpi(
                id, new Ratings.Definition(Field.whole("recommendation"), 0, 10, reading), Direction.HIGHER_IS_BETTER);
    }

    private static final List<Answer> GOLDEN_ANSWERS = Answer.list(20261122, 60);

    @Test
    void everyKpiOfTheCatalogueIsReadBackEqual() {
        ScorecardResult result = catalogue().compute(CatalogueRows.rows(1, 3_000));
        assertTrue(result.cells().size() > 300);
        assertEquals(result, State.read(catalogue(), State.write(result)));
        assertEquals(result, State.read(Catalogue.list(), State.write(result)));
        assertArrayEquals(State.write(result), State.write(State.read(catalogue(), State.write(result))));
        for (Kpi<?> kpi : Catalogue.list()) {
            assertReadBackEqual(result, kpi);
        }
    }

    private static <S extends Statistic<S>> void assertReadBackEqual(ScorecardResult result, Kpi<S> kpi) {
        S total = result.total(kpi);
        assertEquals(total, State.read(kpi, State.write(total)));
        assertEquals(kpi.empty(), State.read(kpi, State.write(kpi.empty())));
    }

    @Property(tries = 40)
    void whatIsClusteredIsReadBackEqualAndMergesLikeTheRows(@ForAll long seed, @ForAll @IntRange(max = 3_000) int n) {
        Scorecard<Answer> card = clustered();
        List<Answer> answers = Answer.list(seed, n);
        ScorecardResult whole = card.compute(answers);
        assertEquals(whole, State.read(card, State.write(whole)));
        assertArrayEquals(State.write(whole), State.write(State.read(card, State.write(whole))));
        for (Kpi<?> kpi : whole.kpis()) {
            assertReadBackEqual(whole, kpi);
        }
        ScorecardResult a = card.compute(answers.subList(0, n / 3));
        ScorecardResult b = card.compute(answers.subList(n / 3, n));
        ScorecardResult storedA = State.read(card, State.write(a));
        ScorecardResult storedB = State.read(card, State.write(b));
        assertEquals(whole.cells(), storedA.merge(storedB).cells());
        assertEquals(whole.cells(), storedB.merge(a).cells());
        for (Kpi<?> kpi : whole.kpis()) {
            assertEquals(
                    whole.total(kpi).interval(),
                    storedA.merge(storedB).total(kpi).interval());
        }
    }

    @Test
    void whatIsClusteredIsReadBackEqualFromJsonToo() {
        List<Answer> answers = new ArrayList<>(GOLDEN_ANSWERS);
        for (double extreme : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0.1, -0.0}) {
            answers.add(new Answer("ä€𝄞", "chat", 9L, extreme, true, Duration.ofMillis(1)));
        }
        for (List<Answer> rows : List.of(answers, GOLDEN_ANSWERS, List.<Answer>of())) {
            ScorecardResult result = clustered().compute(rows);
            String json = ResultJson.write(result);
            ScorecardResult read = ResultJson.read(LocatedJson.parse("result.json", json));
            assertEquals(result, read);
            assertEquals(json, ResultJson.write(read));
            assertArrayEquals(State.write(result), State.write(read));
            assertEquals(
                    result.merge(result).cells(),
                    read.merge(State.read(clustered(), State.write(result))).cells());
        }
    }

    @Test
    void keysAreStoredHashedAndEachOnce() {
        Kpi<Clustered> kpi = Clustered.by(Field.text("customer"), Share.kpi("solved", Field.flag("solved")));
        List<Answer> answers = List.of(
                new Answer("", "chat", 1L, 1.0, true, Duration.ZERO),
                new Answer("", "chat", 1L, 1.0, false, Duration.ZERO),
                new Answer("ann", "chat", 1L, 1.0, true, Duration.ZERO));
        Output out = new Output();
        new StatisticForm(List.of(kpi)).write(List.of(kpi.of(Answer.FIELDS, answers)), out);
        // By hand: 3 used; 2 hits, as a doubled zigzag 8; 2 keys. SHA-256 begins e3b0c44298fc1c14 for "" and
        // 49915e0d7d4b402e for "ann" (sha256sum); as a signed number the first is negative, so it comes first, and
        // the difference follows. Hits 1, 1; answers 2, 1.
        Output expected = new Output();
        expected.octets(HexFormat.of().parseHex("01030802"));
        expected.signed(0xe3b0c44298fc1c14L);
        expected.varint(0x49915e0d7d4b402eL - 0xe3b0c44298fc1c14L);
        expected.octets(HexFormat.of().parseHex("04040804"));
        assertEquals(HexFormat.of().formatHex(expected.bytes()), HexFormat.of().formatHex(out.bytes()));
    }

    @Test
    void keysThatSpanTheWholeRangeIsReadBackEqual() {
        Kpi<Clustered> kpi = Clustered.by(Field.text("customer"), Share.kpi("solved", Field.flag("solved")));
        KeyedTotals keyed = KeyedTotals.of(
                2,
                Map.of(
                        Long.MIN_VALUE,
                        List.of(BigDecimal.ONE, BigDecimal.ONE),
                        -1L,
                        List.of(BigDecimal.ZERO, BigDecimal.ONE),
                        Long.MAX_VALUE,
                        List.of(BigDecimal.ONE, new BigDecimal("1E+2"))));
        Clustered statistic =
                kpi.definition().statistic(kpi, new Counts(102, 0, 0, 0), List.of(Total.Exact.of(2), keyed));
        assertEquals(statistic, State.read(kpi, State.write(statistic)));
    }

    /** The body of a stored share by customer: 1 hit of 2, and then what the test says about keys. */
    private static String refusalOfKeys(String hexOfKeys) {
        Kpi<Clustered> kpi = Clustered.by(Field.text("customer"), Share.kpi("solved", Field.flag("solved")));
        Output body = new Output();
        body.text(kpi.canonical());
        body.octets(HexFormat.of().parseHex("010204" + hexOfKeys));
        byte[] bytes = Frame.close(Frame.STATISTIC, body);
        return message(() -> State.read(kpi, bytes));
    }

    @Test
    void keysThatContradictThemselvesOrTheTotalsAreRefused() {
        // Two keys, 0 and 0 + difference, hits 1 and 0, answers 1 and 1: that is read; everything else is not.
        assertThrows(AssertionError.class, () -> refusalOfKeys("02000104000404"));
        assertTrue(refusalOfKeys("02000004000404").contains("expected rising keys"));
        assertTrue(refusalOfKeys("0200ffffffffffffffffff0104000404").contains("expected rising keys"));
        assertTrue(refusalOfKeys("02000104040404").contains("contradicts itself: total 2 is 2 keys for n = 2"));
        assertTrue(refusalOfKeys("02000104000400").contains("contradicts itself: total 2"));
        // More hits of a key than there are, taken back by a negative number of another.
        assertTrue(refusalOfKeys("02000108020404").contains("contradicts itself: total 2"));
        assertTrue(refusalOfKeys("03000101040000000404").contains("contradicts itself: total 2 is 3 keys"));
        assertTrue(refusalOfKeys("00").contains("contradicts itself: total 2 is 0 keys for n = 2"));
        assertTrue(refusalOfKeys("020001030201040404").contains("a count is out of range"));
        // A million keys, for which there are no bytes.
        assertTrue(refusalOfKeys("c0843d00").contains("expected 1000000 things, found 1 bytes"));
        assertTrue(refusalOfKeys("0400010101010101").contains("expected 4 keys with 2 numbers each"));
    }

    @Test
    void theFormIsTheDocumentedOne() {
        Share share = Share.of(860, 1000);
        // By hand: 1000 = 0b111_1101000 → E8 07; 860 → zigzag 1720 → doubled 3440 = 0b11010_1110000 → F0 1A.
        HexFormat hex = HexFormat.of();
        String canonical = share.kpi().canonical();
        String body = hex.formatHex(new byte[] {(byte) canonical.length()})
                + hex.formatHex(canonical.getBytes(java.nio.charset.StandardCharsets.US_ASCII)) + "01e807f01a";
        String expected = "c543584d" + "01" + "53" + hex.toHexDigits((byte) (body.length() / 2)) + body;
        String written = hex.formatHex(State.write(share));
        assertEquals(expected, written.substring(0, written.length() - 8));
        // The check value of CRC-32C from its catalogues: "123456789" → e3069283; the form has it highest byte first.
        CRC32C checksum = new CRC32C();
        checksum.update("123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertEquals(0xE3069283L, checksum.getValue());
        checksum.reset();
        checksum.update(hex.parseHex(expected));
        assertEquals(String.format("%08x", checksum.getValue()), written.substring(written.length() - 8));
    }

    @Test
    void storedFilesOfEveryVersionAreReadAndTheBytesOfThisVersionStayTheSame() throws IOException {
        Path folder = Path.of("src", "test", "resources", "state");
        if (Boolean.getBoolean("cxmetrics.golden.write")) {
            Files.createDirectories(folder);
            Files.write(folder.resolve("v" + State.VERSION + "-result.cxm"), State.write(goldenResult()));
            Files.write(
                    folder.resolve("v" + State.VERSION + "-statistic.cxm"),
                    State.write(goldenResult().total(SurveyKpis.nps())));
            Files.write(
                    folder.resolve("v" + State.VERSION + "-clustered.cxm"),
                    State.write(clustered().compute(GOLDEN_ANSWERS)));
        }
        for (int version = 1; version <= State.VERSION; version++) {
            byte[] result = stored("v" + version + "-result.cxm");
            byte[] statistic = stored("v" + version + "-statistic.cxm");
            byte[] clustered = stored("v" + version + "-clustered.cxm");
            assertEquals(goldenResult(), State.read(golden(), result));
            assertEquals(clustered().compute(GOLDEN_ANSWERS), State.read(clustered(), clustered));
            assertEquals(goldenResult().total(SurveyKpis.nps()), State.read(SurveyKpis.nps(), statistic));
            if (version == State.VERSION) {
                assertArrayEquals(result, State.write(goldenResult()));
                assertArrayEquals(statistic, State.write(goldenResult().total(SurveyKpis.nps())));
                assertArrayEquals(clustered, State.write(clustered().compute(GOLDEN_ANSWERS)));
            }
        }
    }

    private static byte[] stored(String file) throws IOException {
        try (InputStream in = StateTest.class.getResourceAsStream("/state/" + file)) {
            assertTrue(in != null, "no stored file " + file);
            return in.readAllBytes();
        }
    }

    @Test
    void everyFlippedBitAndEveryTruncationIsRefused() throws IOException {
        refusesEveryChange(golden(), stored("v1-result.cxm"));
    }

    @Test
    void everyFlippedBitAndEveryTruncationOfWhatIsClusteredIsRefused() throws IOException {
        refusesEveryChange(clustered(), stored("v1-clustered.cxm"));
    }

    private static void refusesEveryChange(Scorecard<?> card, byte[] good) {
        for (int i = 0; i < good.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) (1 << bit);
                assertThrows(StateException.class, () -> State.read(card, bad));
            }
            byte[] cut = Arrays.copyOf(good, i);
            assertThrows(StateException.class, () -> State.read(card, cut));
            assertThrows(StateException.class, () -> State.read(card, new ByteArrayInputStream(cut)));
        }
    }

    /** Corrects the checksum, so that what is tested is what lies behind it. */
    private static byte[] resealed(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - 4);
        for (int i = 0; i < 4; i++) {
            bytes[bytes.length - 4 + i] = (byte) (checksum.getValue() >>> (24 - 8 * i));
        }
        return bytes;
    }

    @Test
    void forgedBytesGiveAnExceptionOrAResultButNothingElse() throws IOException {
        forge(golden(), "v1-result.cxm", new int[] {0});
        forge(clustered(), "v1-clustered.cxm", new int[] {0});
    }

    @Test
    @Tag("full")
    void forgedBytesOfMoreKinds() throws IOException {
        forge(golden(), "v1-result.cxm", new int[] {1, 2, 3, 4, 5, 6});
        forge(clustered(), "v1-clustered.cxm", new int[] {1, 2, 3, 4, 5, 6});
    }

    private static void forge(Scorecard<?> card, String file, int[] kinds) throws IOException {
        byte[] good = stored(file);
        int read = 0;
        for (int i = 6; i < good.length - 4; i++) {
            int[] values = {good[i] + 1, 0, 1, 0x7F, 0x80, 0xFF, good[i] - 1};
            for (int kind : kinds) {
                byte[] bad = good.clone();
                bad[i] = (byte) values[kind];
                read += survives(card, resealed(bad)) ? 1 : 0;
            }
        }
        // Counts and totals that fit each other cannot be told from the true ones.
        assertTrue(read > 0);
    }

    private static boolean survives(Scorecard<?> card, byte[] bytes) {
        try {
            ScorecardResult result = State.read(card, bytes);
            assertEquals(result, State.read(card, State.write(result)));
            return true;
        } catch (StateException e) {
            return false;
        }
    }

    @Test
    @Tag("full")
    void millionsOfMutationsGiveAnExceptionOrAResult() throws IOException {
        long seed = Long.getLong("cxmetrics.seed", System.nanoTime());
        System.out.println("StateTest: -Dcxmetrics.seed=" + seed);
        Random random = new Random(seed);
        byte[] good = stored("v1-statistic.cxm");
        byte[] result = stored("v1-result.cxm");
        byte[] clustered = stored("v1-clustered.cxm");
        Scorecard<Row> card = golden();
        Scorecard<Answer> byCustomer = clustered();
        for (int i = 0; i < 3_000_000; i++) {
            byte[] bad = (i % 20 == 0 ? result : i % 20 == 1 ? clustered : good).clone();
            for (int m = random.nextInt(4); m >= 0; m--) {
                bad[6 + random.nextInt(bad.length - 10)] = (byte) random.nextInt(256);
            }
            byte[] cut = random.nextInt(8) == 0 ? Arrays.copyOf(bad, 4 + random.nextInt(bad.length - 4)) : bad;
            try {
                if (i % 20 == 0) {
                    State.read(card, resealed(cut));
                } else if (i % 20 == 1) {
                    State.read(byCustomer, resealed(cut));
                } else {
                    State.read(SurveyKpis.nps(), resealed(cut));
                }
            } catch (StateException e) {
                assertTrue(e.getMessage().length() > 10);
            }
        }
    }

    @Test
    void hugeCountsAreRefusedBeforeAnythingIsAllocatedForThem() {
        // 2^40 KPIs; a text of 2^31 - 1 characters; a body of 2^28 - 100 bytes, of which none is there.
        for (String body : List.of("808080808020", "01ffffffff07")) {
            String head = "c543584d0152" + String.format("%02x", body.length() / 2) + body + "00000000";
            byte[] bytes = resealed(HexFormat.of().parseHex(head));
            assertTrue(assertThrows(StateException.class, () -> State.read(golden(), bytes))
                    .getMessage()
                    .contains("damaged binary form, near byte"));
        }
        byte[] long28 = HexFormat.of().parseHex("c543584d01529cffff7f");
        assertTrue(assertThrows(StateException.class, () -> State.read(golden(), new ByteArrayInputStream(long28)))
                .getMessage()
                .contains("cut off"));
        byte[] long63 = HexFormat.of().parseHex("c543584d0152ffffffffffffffff7f");
        assertThrows(StateException.class, () -> State.read(golden(), new ByteArrayInputStream(long63)));
        assertThrows(StateException.class, () -> State.read(golden(), long63));
    }

    @Test
    void aNumberWithAHugeScaleIsRefused() {
        Kpi<Mean> mean = Mean.kpi("m", Field.number("x"), Direction.NEUTRAL);
        Output body = new Output();
        body.text(mean.canonical());
        body.octet(1);
        body.varint(2);
        body.varint(3);
        body.signed(Integer.MIN_VALUE);
        body.octet(1);
        assertTrue(assertThrows(StateException.class, () -> State.read(mean, Frame.close(Frame.STATISTIC, body)))
                .getMessage()
                .contains("expected an exact number of at most 2048 bytes"));
    }

    @Test
    void aStatisticThatContradictsItselfIsRefused() {
        Output body = new Output();
        body.text(Share.of(1, 2).kpi().canonical());
        body.octet(1);
        body.varint(2);
        body.varint(3 * 4);
        assertTrue(assertThrows(
                        StateException.class,
                        () -> State.read(Share.of(1, 2).kpi(), Frame.close(Frame.STATISTIC, body)))
                .getMessage()
                .contains("the statistic of share contradicts itself: total 1 is Exact[value=3] for n = 2"));
    }

    @Property(tries = 60)
    void storingInBetweenChangesNothing(@ForAll long seed, @ForAll @IntRange(max = 200) int n) {
        Scorecard<Row> card = golden();
        ScorecardResult a = card.compute(CatalogueRows.rows(seed, n));
        ScorecardResult b = card.compute(CatalogueRows.rows(~seed, n, n / 2));
        ScorecardResult stored = State.read(card, State.write(a));
        assertEquals(a.merge(b), stored.merge(b));
        assertEquals(a.merge(b), b.merge(stored));
        List<Row> both = new ArrayList<>(CatalogueRows.rows(seed, n));
        both.addAll(CatalogueRows.rows(~seed, n, n / 2));
        assertEquals(card.compute(both), stored.merge(b));
    }

    @Test
    void anotherDefinitionIsRefusedAndBothAreNamed() {
        byte[] stored = State.write(Nps.of(9, 10, 3));
        Kpi<Nps> given = SurveyKpis.nps().where(Field.flag("vip"));
        String message = assertThrows(StateException.class, () -> State.read(given, stored))
                .getMessage();
        assertTrue(message.contains(SurveyKpis.nps().canonical()), message);
        assertTrue(message.contains(given.canonical()), message);
        String unknown = assertThrows(
                        StateException.class, () -> State.read(SurveyKpis.nps().withId("npss"), stored))
                .getMessage();
        assertTrue(unknown.contains("did you mean \"npss\"?"), unknown);
        ScorecardResult result = goldenResult();
        String other = assertThrows(
                        StateException.class,
                        () -> State.read(
                                Scorecard.over(CatalogueRows.fields())
                                        .by("channel")
                                        .kpis(families()),
                                State.write(result)))
                .getMessage();
        assertTrue(other.contains("by [channel, answered] per month, expected is ["), other);
        assertTrue(other.contains("by [channel] without periods"), other);
    }

    @Test
    void otherBytesAreRefusedWithTheirReason() {
        byte[] result = State.write(goldenResult());
        assertEquals(
                "the binary form holds the result of a scorecard, not one statistic",
                message(() -> State.read(SurveyKpis.nps(), result)));
        byte[] later = result.clone();
        later[4] = 2;
        assertEquals(
                "the binary form has version 2; this release reads version 1, a later release may read it",
                message(() -> State.read(golden(), later)));
        assertEquals(
                "these bytes are not a binary form of this library: expected them to begin with C5 43 58 4D",
                message(() ->
                        State.read(golden(), "{\"version\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertTrue(message(() -> State.read(golden(), Arrays.copyOf(result, result.length - 1)))
                .startsWith("the binary form is cut off"));
    }

    private static String message(org.junit.jupiter.api.function.Executable executable) {
        return assertThrows(StateException.class, executable).getMessage();
    }

    @Test
    void formsFollowEachOtherInAStream() throws IOException {
        ScorecardResult a = golden().compute(CatalogueRows.rows(1, 10));
        ScorecardResult b = golden().compute(CatalogueRows.rows(2, 20));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        State.write(a, out);
        State.write(b, out);
        State.write(Nps.of(9), out);
        InputStream in = new ByteArrayInputStream(out.toByteArray());
        assertEquals(a, State.read(golden(), in));
        assertEquals(b, State.read(families(), in));
        assertEquals(Nps.of(9), State.read(Nps.of(9).kpi(), in));
        assertEquals(-1, in.read());
    }

    @Test
    void textOfAnyKindAndDatesOfAnyAgeSurvive() {
        record Event(String label, LocalDate day) {}
        Fields<Event> fields =
                Fields.of(Event.class).text("label", Event::label).date("day", Event::day);
        Scorecard<Event> card = Scorecard.over(fields)
                .by("label")
                .every(Grain.WEEK, "day", ZoneOffset.UTC)
                .kpis(Share.kpi("all", io.cxmetrics.field.Condition.always()));
        List<Event> events = new ArrayList<>();
        for (String label : new String[] {"", "\ud834\udd1e", "\udd1e lone", "a\u0000b", "ß".repeat(300), null}) {
            for (LocalDate day :
                    new LocalDate[] {LocalDate.of(1, 1, 1), LocalDate.of(1969, 12, 31), LocalDate.of(9999, 12, 31), null
                    }) {
                events.add(new Event(label, day));
            }
        }
        ScorecardResult result = card.compute(events);
        assertEquals(24, result.cells().size());
        assertEquals(result, State.read(card, State.write(result)));
    }

    @Test
    void aStatisticOfOtherOriginThatContradictsItselfIsNotWritten() {
        Kpi<Share> kpi = Share.of(1, 2).kpi();
        Share wrong =
                kpi.definition().statistic(kpi, io.cxmetrics.Counts.NONE, List.of(io.cxmetrics.Total.Exact.of(5)));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> State.write(wrong))
                .getMessage()
                .contains("the statistic of share contradicts itself"));
    }

    @Test
    void theFormIsAsCompactAsItsDocumentationSays() {
        record Call(boolean quick, Integer score, Duration talk, Duration queued) {}
        Random random = new Random(5);
        List<Call> calls = Stream.generate(() -> new Call(
                        random.nextInt(5) > 0,
                        random.nextInt(11),
                        Duration.ofMillis(random.nextInt(600_000)),
                        Duration.ofMillis((long) (20_000 * -Math.log(1 - random.nextDouble())))))
                .limit(1_000)
                .toList();
        Fields<Call> fields = Fields.of(Call.class)
                .flag("quick", Call::quick)
                .whole("recommendation", Call::score)
                .duration("talk", Call::talk)
                .duration("wait", Call::queued);
        Map<Kpi<?>, Integer> most = new java.util.LinkedHashMap<>();
        most.put(Share.kpi("quick", Field.flag("quick")), 6);
        most.put(SurveyKpis.nps(), 19);
        most.put(Mean.kpi("talk", Field.duration("talk"), Direction.NEUTRAL), 24);
        most.put(Ratio.kpi("share-of-wait", Field.duration("wait"), Field.duration("talk"), Direction.NEUTRAL), 50);
        most.put(Percentile.kpi("p90", Field.duration("wait"), 0.9, Direction.NEUTRAL), 1_100);
        Map<String, Integer> found = new TreeMap<>();
        most.forEach((kpi, bytes) -> found.put(kpi.id() + " at most " + bytes, size(fields, calls, kpi)));
        most.forEach((kpi, bytes) -> assertTrue(size(fields, calls, kpi) <= bytes, found.toString()));
        Scorecard<Call> one = Scorecard.over(fields).kpis(families().get(6));
        Scorecard<Call> two = one.kpis(families().get(7));
        int more = State.write(two.compute(calls)).length - State.write(one.compute(calls)).length;
        // The canonical form with its length, and one byte in the cell: the distribution is stored once.
        assertEquals(families().get(7).canonical().length() + 1 + 1, more);
    }

    private static <E, S extends Statistic<S>> int size(Fields<E> fields, List<E> rows, Kpi<S> kpi) {
        Output out = new Output();
        new StatisticForm(List.of(kpi)).write(List.of(kpi.of(fields, rows)), out);
        return out.size();
    }

    @Test
    void cellsAreToldApartByPeriodAndLabel() {
        ScorecardResult result = goldenResult();
        ScorecardResult read = State.read(families(), State.write(result));
        assertEquals(result.cells().keySet(), read.cells().keySet());
        assertTrue(read.cells().keySet().stream().anyMatch(c -> c.period() == null));
        assertTrue(read.cells().keySet().stream().anyMatch(c -> c.labels().contains(Label.REJECTED)));
        assertTrue(read.cells().keySet().stream().anyMatch(c -> c.labels().contains(Label.MISSING)));
        assertTrue(read.cells()
                .containsKey(new Cell(Period.parse("1969-12"), List.of(Label.of("chat"), Label.of("true")))));
        assertTrue(read.intake().isPartial());
        assertNotEquals(result, golden().compute(CatalogueRows.rows(20260214, 120)));
        if (read.intake().samples().isEmpty()) {
            fail("no samples");
        }
    }
}
