package io.cxmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.contact.Abandons;
import io.cxmetrics.contact.ContactKpis;
import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import io.cxmetrics.stats.Mean;
import io.cxmetrics.stats.Nps;
import io.cxmetrics.stats.Ratings;
import io.cxmetrics.stats.Ratio;
import io.cxmetrics.stats.Share;
import io.cxmetrics.stats.SignalShare;
import io.cxmetrics.survey.SurveyKpis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KpiTest {
    private static final Condition HIT = Field.flag("hit");

    // ---- identity ----

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "nps", "service-level", "ces-top-2", "a-", "a--b"})
    void idIsLowerCaseLettersDigitsAndHyphens(String id) {
        assertEquals(id, Share.kpi(id, HIT).id());
        assertEquals(id, Share.kpi(id, HIT).name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "-a", "NPS", "service level", "service_level", "näyttö", "a.b", "a\n", "a\nb", "١"})
    void otherIdsAreRefusedByValue(String id) {
        for (var attempt : new org.junit.jupiter.api.function.Executable[] {
            () -> Share.kpi(id, HIT), () -> Share.kpi("a", HIT).withId(id)
        }) {
            var refusal = assertThrows(IllegalArgumentException.class, attempt);
            assertTrue(refusal.getMessage().startsWith("\"" + id + "\" is not an id"), refusal.getMessage());
        }
    }

    @Test
    void idHasAtMost63Characters() {
        assertEquals(63, Share.kpi("x".repeat(63), HIT).id().length());
        assertThrows(IllegalArgumentException.class, () -> Share.kpi("x".repeat(64), HIT));
    }

    @Test
    void canonicalFormIsOneLineThatSaysEverything() {
        assertEquals(
                "fast = share of (answered:flag and wait:duration <= PT20S) [share, higher is better]",
                Share.kpi(
                                "fast",
                                Field.flag("answered")
                                        .and(Field.duration("wait").le(Duration.ofSeconds(20))))
                        .canonical());
        assertEquals(
                "asa = mean of wait:duration within at least PT0S where answered:flag [seconds, lower is better]",
                ContactKpis.averageSpeedOfAnswer().canonical());
        assertEquals(
                "nps = nps of recommendation:whole within 0…10, promoters from 9, detractors to 6"
                        + " [points, higher is better]",
                SurveyKpis.nps().canonical());
        assertEquals(
                "csat = ratings of satisfaction:whole within 1…5, share of 4…5 [share, higher is better]",
                SurveyKpis.csat(5).canonical());
        assertEquals(
                "ces-1 = ratings of effort:whole within 1…5, mean [rating, lower is better]",
                SurveyKpis.ces1().canonical());
        assertEquals(
                "cost = ratio of cost:money EUR to contacts:whole [money EUR, lower is better]",
                Ratio.kpi("cost", Field.money("cost", "EUR"), Field.whole("contacts"), Direction.LOWER_IS_BETTER)
                        .toString());
    }

    @Test
    void orderOfConditionsDoesNotMakeAnotherKpi() {
        Condition a = Field.flag("a");
        Condition b = Field.flag("b");

        assertEquals(Share.kpi("x", a.and(b)), Share.kpi("x", b.and(a)));
        assertEquals(Share.kpi("x", a.or(b)).hashCode(), Share.kpi("x", b.or(a)).hashCode());
        assertEquals(
                Share.kpi("x", HIT).where(a).where(b),
                Share.kpi("x", HIT).where(b).where(a));
        assertEquals(Share.kpi("x", HIT).where(a).where(a), Share.kpi("x", HIT).where(a));
        assertEquals(Share.kpi("x", HIT).where(Condition.always()), Share.kpi("x", HIT));
    }

    @Test
    void whatIsPartOfTheIdentityMakesAnotherKpi() {
        Kpi<Share> kpi = Share.kpi("x", HIT);

        assertNotEquals(kpi, kpi.withId("y"));
        assertNotEquals(kpi, kpi.where(Field.flag("a")));
        assertNotEquals(kpi, kpi.withDirection(Direction.NEUTRAL));
        assertNotEquals(kpi, Share.kpi("x", HIT.not()));
        assertNotEquals(kpi, Kpi.of("x", kpi.definition(), Unit.NUMBER, kpi.direction()));
        assertNotEquals(
                Mean.kpi("x", Field.money("m", "EUR"), Direction.NEUTRAL),
                Mean.kpi("x", Field.money("m", "USD"), Direction.NEUTRAL));
    }

    @Test
    void nameIsForShowingOnly() {
        Kpi<Share> kpi = Share.kpi("x", HIT);
        Kpi<Share> named = kpi.withName("The X");

        assertEquals(kpi, named);
        assertEquals(kpi.hashCode(), named.hashCode());
        assertEquals("The X", named.name());
        assertEquals("The X", named.where(HIT).name());
        assertEquals("The X", named.withId("y").name());
        assertEquals("The X", named.withDirection(Direction.NEUTRAL).name());
    }

    @Test
    void idStandsForTheNameUntilOneIsGiven() {
        assertEquals("y", Share.kpi("x", HIT).withId("y").name());
    }

    @Test
    void fieldNamesCannotForgeAnotherCanonicalForm() {
        assertNotEquals(
                Share.kpi("x", Field.flag("a").and(Field.flag("b"))), Share.kpi("x", Field.flag("a:flag and b")));
        assertNotEquals(
                Share.kpi("x", Field.text("t").in("a", "b")),
                Share.kpi("x", Field.text("t").in("a\", \"b")));
        assertEquals(
                "x = share of \"a:flag and b\":flag [share, higher is better]",
                Share.kpi("x", Field.flag("a:flag and b")).canonical());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a=x:flag, b"})
    void signalNamesCannotForgeAnotherCanonicalForm(String name) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> SignalShare.kpi("x", Map.of(name, HIT)));

        assertTrue(refusal.getMessage().contains("\"" + name + "\""), refusal.getMessage());
    }

    @Test
    void fieldsAreThoseOfConditionAndDefinition() {
        assertEquals(
                Set.of(
                        Field.of("answered", FieldType.FLAG),
                        Field.of("abandoned", FieldType.FLAG),
                        Field.of("wait", FieldType.DURATION)),
                ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.SUCCESSES_WITHIN_TARGET)
                        .fields());
        assertEquals(
                Set.of(Field.of("recommendation", FieldType.WHOLE)),
                SurveyKpis.nps().fields());
    }

    // ---- definitions ----

    @Test
    void definitionsThatMeanNothingAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Mean.kpi("x", Field.instant("started"), Direction.NEUTRAL));
        assertThrows(
                IllegalArgumentException.class,
                () -> Ratio.kpi("x", Field.duration("talk"), Field.date("day"), Direction.NEUTRAL));
        assertThrows(IllegalArgumentException.class, () -> SignalShare.kpi("x", Map.of()));
        assertThrows(IllegalArgumentException.class, () -> ContactKpis.averageHandleTime(new String[0]));
    }

    @Test
    void scalesAndBandsAreChecked() {
        var score = Field.whole("score");

        assertThrows(IllegalArgumentException.class, () -> new Nps.Definition(score, 0, 10, 6, 6));
        assertThrows(IllegalArgumentException.class, () -> new Nps.Definition(score, 0, 10, 11, 6));
        assertThrows(IllegalArgumentException.class, () -> new Nps.Definition(score, 0, 10, 9, -1));
        assertThrows(IllegalArgumentException.class, () -> new Nps.Definition(score, 0, 1_000, 9, 6));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Nps.Definition(score, Integer.MIN_VALUE, Integer.MAX_VALUE, 9, 6));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Ratings.Definition(score, Integer.MIN_VALUE, Integer.MAX_VALUE, new Ratings.Average()));
        assertThrows(IllegalArgumentException.class, () -> new Ratings.Definition(score, 1, 1, new Ratings.Average()));
        assertThrows(IllegalArgumentException.class, () -> new Ratings.Definition(score, 1, 5, new Ratings.Box(0, 2)));
        assertThrows(IllegalArgumentException.class, () -> new Ratings.Definition(score, 1, 5, new Ratings.Box(4, 3)));
        assertThrows(IllegalArgumentException.class, () -> new Ratings.Definition(score, 1, 5, new Ratings.Net(3, 3)));
        assertThrows(IllegalArgumentException.class, () -> new Ratings.Definition(score, 1, 5, new Ratings.Net(6, 3)));
        assertEquals(1_000, new Ratings.Definition(score, 1, 1_000, new Ratings.Average()).highest());
    }

    @Test
    void formulasAreForPeople() {
        assertEquals(
                "(promoters 9–10 − detractors 0–6) ÷ answers × 100",
                SurveyKpis.nps().definition().formula());
        assertEquals("mean on the scale 1–7", SurveyKpis.ces().definition().formula());
    }

    // ---- results, as a person would say them ----

    record Call(Boolean answered, Duration waited, Integer score) {
        static final Fields<Call> FIELDS = Fields.of(Call.class)
                .flag(ContactKpis.ANSWERED, Call::answered)
                .flag(ContactKpis.ABANDONED, call -> !call.answered())
                .duration(ContactKpis.WAIT, Call::waited)
                .whole(SurveyKpis.RECOMMENDATION, Call::score);

        static List<Call> list(int... seconds) {
            return Arrays.stream(seconds)
                    .mapToObj(s -> new Call(true, Duration.ofSeconds(s), null))
                    .toList();
        }
    }

    @Test
    void resultsPrintAsAPersonWouldSayThem() {
        assertEquals("NPS 25.0 (95 % -50.5…77.8), n = 4", Nps.of(9, 10, 3, 7).toString());
        assertEquals(
                "share 86.0 % (95 % 83.7…88.0), n = 1000", Share.of(860, 1000).toString());
        assertEquals(
                "ASA 20.0 s (95 % -4.8…44.8), n = 3",
                ContactKpis.averageSpeedOfAnswer()
                        .of(Call.FIELDS, Call.list(10, 20, 30))
                        .toString());
        assertEquals(
                "ASA 20.0 s (no interval: one observation says nothing about the spread), n = 1",
                ContactKpis.averageSpeedOfAnswer()
                        .of(Call.FIELDS, Call.list(20))
                        .toString());
    }

    @Test
    void sentencesSayWhatWasLeftOutAndNothingThatIsZero() {
        List<Call> calls = new ArrayList<>(Call.list(5, 30));
        calls.add(new Call(true, null, null));
        calls.add(new Call(true, Duration.ofSeconds(-3), null));
        calls.addAll(Collections.nCopies(2, new Call(false, Duration.ofSeconds(9), null)));
        Share level = ContactKpis.serviceLevel(Duration.ofSeconds(20), Abandons.EXCLUDED)
                .of(Call.FIELDS, calls);

        assertEquals(
                "Service level 50.0 % (95 % 9.5…90.5), n = 2, 2 not eligible, 1 missing, 1 rejected", level.toString());
        assertEquals(
                "Service level 50,0 % (95 % 9,5…90,5), n = 2, 2 not eligible, 1 missing, 1 rejected",
                level.sentence(Locale.forLanguageTag("fi")));
    }

    @Test
    void nothingObservedIsUndefinedAndNotZero() {
        assertEquals("NPS undefined, n = 0", Nps.of().toString());
        assertEquals("share undefined, n = 0", Share.of(0, 0).toString());
        assertEquals(
                "NPS undefined, n = 0, 3 missing",
                SurveyKpis.nps().of(Call.FIELDS, Call.list(1, 2, 3)).toString());
    }

    @Test
    void valuesOffTheScaleAreRefusedWithValueRangeAndPosition() {
        assertEquals(
                "NPS score 11 (answer 2) is off the scale 0…10",
                assertThrows(IllegalArgumentException.class, () -> Nps.of(9, 11))
                        .getMessage());
        assertEquals(
                "NPS score -1 (answer 1) is off the scale 0…10",
                assertThrows(IllegalArgumentException.class, () -> Nps.of(-1)).getMessage());
        assertEquals(
                "a share needs 0 ≤ hits ≤ n; found hits = 3, n = 2",
                assertThrows(IllegalArgumentException.class, () -> Share.of(3, 2))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Share.of(-1, 2));
        assertThrows(IllegalArgumentException.class, () -> Share.of(0, -1));
    }

    @Test
    void zeroIsAScore() {
        Nps nps = Nps.of(0, 0, 10);

        assertEquals(2, nps.detractors());
        assertEquals(0, nps.passives());
        assertEquals(1, nps.promoters());
        assertEquals(-100.0 / 3, nps.value().orElseThrow(), 1e-13);
    }

    @Test
    void distributionIsACopy() {
        Nps nps = Nps.of(9, 10);
        nps.distribution()[10] = 99;

        assertEquals(Nps.of(9, 10), nps);
    }

    @Test
    void unknownFieldIsNamedWithTheKpi() {
        Fields<Call> fields =
                Fields.of(Call.class).duration("wiat", Call::waited).flag("answered", Call::answered);
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> ContactKpis.averageSpeedOfAnswer().accumulator(fields));

        assertEquals(
                "KPI asa: Call has no field 'wait' (did you mean \"wiat\"?); it has [wiat, answered].",
                refusal.getMessage());
    }

    @Test
    void nullRecordIsAProgrammingError() {
        var accumulator = SurveyKpis.nps().accumulator(Call.FIELDS);

        assertThrows(NullPointerException.class, () -> accumulator.add((Call) null));
    }

    @Test
    void exceptionOfAnAccessorPassesThrough() {
        Fields<Call> fields = Fields.of(Call.class).whole(SurveyKpis.RECOMMENDATION, call -> {
            throw new IllegalStateException("no connection");
        });
        List<Call> calls = Call.list(1);

        assertThrows(IllegalStateException.class, () -> SurveyKpis.nps().of(fields, calls));
    }

    // ---- counts ----

    @Test
    void countsAddUpAndRefuseNonsense() {
        assertEquals(10, new Counts(1, 2, 3, 4).rows());
        assertEquals(new Counts(2, 4, 6, 8), new Counts(1, 2, 3, 4).plus(new Counts(1, 2, 3, 4)));
        assertEquals("n = 1, 2 not eligible, 3 missing, 4 rejected", new Counts(1, 2, 3, 4).toString());
        assertEquals("n = 0", Counts.NONE.toString());
        Stream.of(new long[] {-1, 0, 0, 0}, new long[] {0, -1, 0, 0}, new long[] {0, 0, -1, 0}, new long[] {0, 0, 0, -1
                })
                .forEach(c -> assertThrows(IllegalArgumentException.class, () -> new Counts(c[0], c[1], c[2], c[3])));
        Counts many = new Counts(Long.MAX_VALUE, 0, 0, 0);
        assertThrows(ArithmeticException.class, () -> many.plus(new Counts(1, 0, 0, 0)));
    }

    @Test
    void sumsBeyond128BitsStayExact() {
        // The squares of 20 000 durations of a hundred years: 2 · 10^4 × (3.15576 · 10^15)² > 2^117, and far more rows
        // are
        // merged by doubling: 2^80 rows would not fit a long, but their sums do not overflow before the counts do.
        Kpi<Mean> kpi = Mean.kpi("age", Field.duration("wait"), Direction.NEUTRAL);
        Duration century = Duration.ofDays(36_525);
        Mean mean = kpi.of(Call.FIELDS, Collections.nCopies(20_000, new Call(true, century, null)));
        for (int i = 0; i < 48; i++) {
            mean = mean.merge(mean);
        }

        assertEquals(20_000L << 48, mean.counts().used());
        assertEquals(century.toSeconds(), mean.value().orElseThrow());
        assertEquals(0, mean.standardDeviation().orElseThrow());
    }
}
