package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");

    private static Column parse(Format format, String text) {
        Column column = new Column("field", format.type(), 1);
        format.parse(text, column, 0);
        return column;
    }

    private static long accepted(Format format, String text) {
        Column column = parse(format, text);
        assertEquals(Column.KNOWN, column.states()[0], () -> "\"" + text + "\" was not accepted");
        assertNull(column.rejection(0));
        return column.values()[0];
    }

    private static void assertRejected(Format format, String text) {
        Column column = parse(format, text);

        assertEquals(Column.REJECTED, column.states()[0], () -> "\"" + text + "\" was accepted");
        assertEquals(new Rejection("field", text, "expected " + format.expected()), column.rejection(0));
    }

    // ---- whole numbers ----

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "+7, 7",
        "-7, -7",
        "-0, 0",
        "007, 7",
        "9.0, 9",
        "9., 9",
        "-9.000, -9",
        "9007199254740991, 9007199254740991",
        "-9007199254740991, -9007199254740991"
    })
    void wholeNumberIsReadWithSignAndAFractionOfZeros(String text, long expected) {
        assertEquals(expected, accepted(new Format.Whole(), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+",
                "--7",
                "7 ",
                "9.5",
                ".0",
                "1e3",
                "1,000",
                "1 000",
                "0x7",
                "7L",
                "seven",
                "٧",
                "９",
                "9007199254740992",
                "-9007199254740992",
                "99999999999999999",
                "00000000000000007"
            })
    void otherTextIsNoWholeNumber(String text) {
        assertRejected(new Format.Whole(), text);
    }

    // ---- real numbers ----

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "12.5, 12.5",
        "+12.5, 12.5",
        "-12.5, -12.5",
        "12., 12",
        ".5, 0.5",
        "-.5, -0.5",
        "1e3, 1000",
        "1E+3, 1000",
        "1.5e-3, 0.0015",
        "1e308, 1e308",
        "4.9e-324, 4.9e-324",
        "1e-400, 0",
        "0.1, 0.1"
    })
    void numberIsReadWithPointAndExponent(String text, double expected) {
        assertEquals(expected, FieldType.decodeNumber(accepted(new Format.Real(), text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "-",
                "e3",
                "1e",
                "1e+",
                "1e400",
                "-1e400",
                "1e1000",
                "NaN",
                "Infinity",
                "-Infinity",
                "1,5",
                "1 000",
                "1d",
                "1f",
                "0x1p3",
                "1_000",
                "٣.٥",
                "12.5.1"
            })
    void otherTextIsNoNumber(String text) {
        assertRejected(new Format.Real(), text);
    }

    @Property(tries = 300)
    void everyDoubleIsReadAsItPrints(@ForAll double value) {
        assertEquals(value + 0.0, FieldType.decodeNumber(accepted(new Format.Real(), Double.toString(value))));
    }

    // ---- durations ----

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 20, 20000000",
        "SECONDS, 20.5, 20500000",
        "SECONDS, -3, -3000000",
        "SECONDS, +3., 3000000",
        "SECONDS, 0.000001, 1",
        "SECONDS, 0.0000019, 1",
        "SECONDS, -0.0000019, -1",
        "SECONDS, 3155760000, 3155760000000000",
        "MILLIS, 1500, 1500000",
        "MICROS, 7.9, 7",
        "MINUTES, 1.5, 90000000",
        "HOURS, 0.000000001, 3",
        "DAYS, 36525, 3155760000000000",
        "DAYS, -36525, -3155760000000000"
    })
    void durationIsADecimalNumberOfItsUnit(ChronoUnit unit, String text, long micros) {
        assertEquals(micros, accepted(new Format.DurationIn(unit), text));
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, ''",
        "SECONDS, .5",
        "SECONDS, 1e3",
        "SECONDS, PT20S",
        "SECONDS, 0:20",
        "SECONDS, 20s",
        "SECONDS, '20,5'",
        "SECONDS, 3155760000.000001",
        "SECONDS, 0.0000000001",
        "DAYS, 36525.000001",
        "DAYS, -36526",
        "DAYS, 999999999999"
    })
    void otherTextIsNoDurationInAUnit(ChronoUnit unit, String text) {
        assertRejected(new Format.DurationIn(unit), text);
    }

    @Property(tries = 300)
    void durationInSecondsIsExact(
            @ForAll @LongRange(min = -3_155_760_000_000_000L, max = 3_155_760_000_000_000L) long micros) {
        String text = java.math.BigDecimal.valueOf(micros, 6).toPlainString();

        assertEquals(micros, accepted(new Format.DurationIn(ChronoUnit.SECONDS), text));
        assertEquals(
                micros,
                accepted(
                        new Format.DurationAs(Format.DurationAs.Style.ISO),
                        FieldType.duration(micros).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NANOS", "WEEKS", "MONTHS", "YEARS", "FOREVER"})
    void unitsFinerThanMicrosecondsOrCoarserThanDaysAreRefused(ChronoUnit unit) {
        assertThrows(IllegalArgumentException.class, () -> new Format.DurationIn(unit));
    }

    @ParameterizedTest
    @CsvSource({
        "PT1M30S, PT90S",
        "PT-5S, PT-5S",
        "-PT5S, PT-5S",
        "pt0.5s, PT0.5S",
        "'PT1,5S', PT1.5S",
        "P1D, PT24H",
        "P1DT1H, PT25H",
        "PT0S, PT0S",
        "PT876600H, PT876600H",
        "PT-876600H, PT-876600H"
    })
    void isoDurationIsRead(String text, Duration expected) {
        assertEquals(expected.toNanos() / 1_000, accepted(new Format.DurationAs(Format.DurationAs.Style.ISO), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "1M30S",
                "P1M",
                "P1Y",
                "P1W",
                "20",
                "PT876600H0.000001S",
                "PT9223372036854775807S",
                "PT-9223372036854775808S",
                "PT99999999999999999999S"
            })
    void otherTextIsNoIsoDuration(String text) {
        assertRejected(new Format.DurationAs(Format.DurationAs.Style.ISO), text);
    }

    @ParameterizedTest
    @CsvSource({"0:01:30, 90", "00:00:00, 0", "24:00:00, 86400", "100:59:59, 363599", "876600:00:00, 3155760000"})
    void clockDurationIsHoursMinutesSeconds(String text, long seconds) {
        assertEquals(seconds * 1_000_000, accepted(new Format.DurationAs(Format.DurationAs.Style.CLOCK), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1:30",
                "0:60:00",
                "0:00:60",
                "0:1:30",
                "-0:01:30",
                "0:01:30.5",
                "876600:00:01",
                "1234567:00:00",
                "a"
            })
    void otherTextIsNoClockDuration(String text) {
        assertRejected(new Format.DurationAs(Format.DurationAs.Style.CLOCK), text);
    }

    // ---- instants ----

    private static Instant instant(Format format, String text) {
        return FieldType.instant(accepted(format, text));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-14T09:30:00Z, 2026-02-14T09:30:00Z",
        "2026-02-14 09:30:00Z, 2026-02-14T09:30:00Z",
        "2026-02-14T09:30Z, 2026-02-14T09:30:00Z",
        "2026-02-14T09:30:00+02:00, 2026-02-14T07:30:00Z",
        "2026-02-14T00:30:00+02:00, 2026-02-13T22:30:00Z",
        "2026-02-14T09:30:00.123456789Z, 2026-02-14T09:30:00.123456Z",
        "1969-12-31T23:59:59Z, 1969-12-31T23:59:59Z",
        "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "2024-02-29T12:00:00Z, 2024-02-29T12:00:00Z"
    })
    void isoInstantSaysItsOffset(String text, Instant expected) {
        assertEquals(expected, instant(Format.InstantAs.iso(), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-14",
                "2026-02-14T09:30:00",
                "2026-02-29T09:30:00Z",
                "2026-02-14T24:00:00Z",
                "2026-02-14T09:60:00Z",
                "2026-02-14  09:30:00Z",
                "2026-02-14T09:30:00 Z",
                "14.2.2026 09:30",
                "+999999999-01-01T00:00:00Z",
                "now"
            })
    void otherTextIsNoIsoInstant(String text) {
        assertRejected(Format.InstantAs.iso(), text);
    }

    @ParameterizedTest
    @CsvSource({
        // Europe/Helsinki: +02:00 in winter, +03:00 in summer; before 1921-05-01 +01:39:49.
        "2026-02-14T09:30:00, 2026-02-14T07:30:00Z",
        "2026-02-14 09:30, 2026-02-14T07:30:00Z",
        "2026-07-14T09:30:00, 2026-07-14T06:30:00Z",
        // The gap of 2026-03-29: clocks jump from 03:00 to 04:00.
        "2026-03-29T02:59:59, 2026-03-29T00:59:59Z",
        "2026-03-29T04:00:00, 2026-03-29T01:00:00Z",
        // The overlap of 2026-10-25: clocks go back from 04:00 to 03:00; the earlier of the two is meant.
        "2026-10-25T02:59:59, 2026-10-24T23:59:59Z",
        "2026-10-25T03:00:00, 2026-10-25T00:00:00Z",
        "2026-10-25T03:59:59, 2026-10-25T00:59:59Z",
        "2026-10-25T04:00:00, 2026-10-25T02:00:00Z",
        "1960-01-01T00:00:00, 1959-12-31T22:00:00Z",
        "1900-01-01T00:00:00, 1899-12-31T22:20:11Z"
    })
    void localTimeIsThatOfItsZone(String text, Instant expected) {
        assertEquals(expected, instant(Format.InstantAs.local("iso", HELSINKI), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-29T03:00:00",
                "2026-03-29T03:30:00",
                "2026-03-29T03:59:59",
                "2026-02-14T24:00:00",
                "2026-02-14T09:30:00Z",
                "2026-02-14",
                ""
            })
    void localTimeThatTheZoneSkipsOrThatIsNoneIsRejected(String text) {
        assertRejected(Format.InstantAs.local("iso", HELSINKI), text);
    }

    @Test
    void localPatternIsStrictAndItsYearProleptic() {
        Format format = Format.InstantAs.local("d.M.yyyy HH:mm", HELSINKI);

        assertEquals(Instant.parse("2026-02-14T07:30:00Z"), instant(format, "14.2.2026 09:30"));
        assertEquals(Instant.parse("1969-12-31T21:30:00Z"), instant(format, "31.12.1969 23:30"));
        assertRejected(format, "29.2.2026 09:30");
        assertRejected(format, "31.4.2026 09:30");
        assertRejected(format, "14.2.2026 24:00");
        assertRejected(format, "14.2.26 09:30");
        assertRejected(format, "29.3.2026 03:30");
        assertEquals(
                Instant.parse("2026-02-14T07:30:00Z"),
                instant(Format.InstantAs.local("'year' yyyy-MM-dd HH:mm", HELSINKI), "year 2026-02-14 09:30"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1970-01-01T00:00:00Z", "1767225600, 2026-01-01T00:00:00Z", "-1, 1969-12-31T23:59:59Z"})
    void epochSecondsCountFrom1970(String text, Instant expected) {
        assertEquals(expected, instant(Format.InstantAs.epochSeconds(), text));
        assertEquals(expected, instant(Format.InstantAs.epochMillis(), text.equals("0") ? "0" : text + "000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1.5", "1e9", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "now"})
    void otherTextIsNoEpochSeconds(String text) {
        assertRejected(Format.InstantAs.epochSeconds(), text);
    }

    @Test
    void epochMillisBeyondTheMicrosecondsOfALongAreRejected() {
        assertRejected(Format.InstantAs.epochMillis(), "9223372036854775807");
        assertRejected(Format.InstantAs.epochMillis(), "-9223372036854775808");
    }

    // ---- dates ----

    @Test
    void datesAreStrict() {
        Format iso = new Format.DateAs("yyyy-MM-dd");
        Format finnish = new Format.DateAs("d.M.yyyy");

        assertEquals(LocalDate.of(2026, 2, 14).toEpochDay(), accepted(iso, "2026-02-14"));
        assertEquals(LocalDate.of(2024, 2, 29).toEpochDay(), accepted(finnish, "29.2.2024"));
        assertEquals(-1, accepted(iso, "1969-12-31"));
        assertEquals(LocalDate.of(1, 1, 1).toEpochDay(), accepted(iso, "0001-01-01"));
        for (String text :
                new String[] {"2026-02-29", "2026-2-14", "2026-13-01", "14.2.2026", "2026-02-14T00:00", "", "26-02-14"
                }) {
            assertRejected(iso, text);
        }
        assertRejected(finnish, "31.11.2026");
        assertRejected(iso, "-999999999-01-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yyyy-MM-dd'", "b", "epoch-seconds", "{"})
    void patternThatIsNoneIsRefused(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> new Format.DateAs(pattern));
        assertThrows(IllegalArgumentException.class, () -> Format.InstantAs.local(pattern, HELSINKI));
    }

    // ---- money ----

    @ParameterizedTest
    @CsvSource({
        "EUR, 12.60, 1260",
        "EUR, 12.6, 1260",
        "EUR, 12, 1200",
        "EUR, 12., 1200",
        "EUR, +12.60, 1260",
        "EUR, -12.60, -1260",
        "EUR, 12.600000, 1260",
        "EUR, -0.00, 0",
        "EUR, 90071992547409.91, 9007199254740991",
        "JPY, 1260, 1260",
        "JPY, 1260.0, 1260",
        "BHD, 1.234, 1234"
    })
    void moneyIsAnAmountInMajorUnits(String currency, String text, long minorUnits) {
        assertEquals(minorUnits, accepted(new Format.MoneyAmount(Money.currency(currency)), text));
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, ''",
        "EUR, 12.605",
        "EUR, '12,60'",
        "EUR, .60",
        "EUR, 12.60 EUR",
        "EUR, €12",
        "EUR, 1e3",
        "EUR, 90071992547409.92",
        "EUR, 999999999999999",
        "EUR, 1234567890123456",
        "JPY, 12.6"
    })
    void otherTextIsNoAmount(String currency, String text) {
        assertRejected(new Format.MoneyAmount(Money.currency(currency)), text);
    }

    // ---- flags and text ----

    @Test
    void flagsAreWordsWithoutRegardToCase() {
        Format format = new Format.FlagWords(Set.of("Yes", "Kyllä", "1"), Set.of("no", "EI"));

        for (String yes : new String[] {"yes", "YES", "kyllä", "KYLLÄ", "1"}) {
            assertEquals(Column.KNOWN, parse(format, yes).states()[0], yes);
        }
        for (String no : new String[] {"No", "ei", "Ei"}) {
            assertEquals(Column.FALSE, parse(format, no).states()[0], no);
        }
        for (String other : new String[] {"", " yes", "true", "0", "y", "ye", "yes,no"}) {
            assertRejected(format, other);
        }
    }

    @Test
    void flagsDoNotDependOnTheDefaultLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            Format format = new Format.FlagWords(Set.of("KIRJATTU"), Set.of("ei"));

            assertEquals(Column.KNOWN, parse(format, "kirjattu").states()[0]);
            assertEquals(Column.FALSE, parse(format, "EI").states()[0]);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void flagNeedsAWordForTrueAndNoneForBoth() {
        assertThrows(IllegalArgumentException.class, () -> new Format.FlagWords(Set.of(), Set.of("no")));
        assertThrows(IllegalArgumentException.class, () -> new Format.FlagWords(Set.of("x"), Set.of("X")));
        assertEquals("one of agent (true)", new Format.FlagWords(Set.of("AGENT"), Set.of()).expected());
        assertEquals(
                "one of agent, bot (true), hang (false)",
                new Format.FlagWords(Set.of("BOT", "AGENT"), Set.of("HANG")).expected());
    }

    @Test
    void textStandsAsItIs() {
        for (String text : new String[] {"", " ", " chat ", "a\nb", "ä"}) {
            assertEquals(text, parse(new Format.PlainText(), text).texts()[0]);
        }
    }

    // ---- all ----

    @Test
    void everyTypeHasAStandardFormatThatReadsItsCanonicalText() {
        assertEquals(7, accepted(Format.standard(Field.of("x", FieldType.WHOLE)), "7"));
        assertEquals(0.5, FieldType.decodeNumber(accepted(Format.standard(Field.of("x", FieldType.NUMBER)), "0.5")));
        assertEquals(20_000_000, accepted(Format.standard(Field.of("x", FieldType.DURATION)), "PT20S"));
        assertEquals(0, accepted(Format.standard(Field.of("x", FieldType.INSTANT)), "1970-01-01T00:00:00Z"));
        assertEquals(0, accepted(Format.standard(Field.of("x", FieldType.DATE)), "1970-01-01"));
        assertEquals(1_260, accepted(Format.standard(new Field("x", FieldType.MONEY, Money.currency("EUR"))), "12.60"));
        assertEquals(
                Column.FALSE,
                parse(Format.standard(Field.of("x", FieldType.FLAG)), "false").states()[0]);
        for (FieldType type : FieldType.values()) {
            Field field = new Field("x", type, type == FieldType.MONEY ? Money.currency("EUR") : null);
            assertEquals(type, Format.standard(field).type());
        }
    }

    @Test
    void equalFormatsAreEqual() {
        List<Format> formats = List.of(
                new Format.DateAs("yyyy-MM-dd"),
                new Format.DateAs("d.M.yyyy"),
                Format.InstantAs.iso(),
                Format.InstantAs.local("iso", HELSINKI),
                Format.InstantAs.local("iso", ZoneId.of("UTC")),
                Format.InstantAs.epochSeconds(),
                Format.InstantAs.epochMillis());
        List<Format> again = List.of(
                new Format.DateAs("yyyy-MM-dd"),
                new Format.DateAs("d.M.yyyy"),
                Format.InstantAs.iso(),
                Format.InstantAs.local("iso", HELSINKI),
                Format.InstantAs.local("iso", ZoneId.of("UTC")),
                Format.InstantAs.epochSeconds(),
                Format.InstantAs.epochMillis());
        for (int i = 0; i < formats.size(); i++) {
            for (int j = 0; j < formats.size(); j++) {
                if (i == j) {
                    assertEquals(formats.get(i), again.get(j));
                    assertEquals(formats.get(i).hashCode(), again.get(j).hashCode());
                    assertEquals(formats.get(i).toString(), again.get(j).toString());
                } else {
                    assertNotEquals(formats.get(i), again.get(j));
                    assertNotEquals(formats.get(i).toString(), again.get(j).toString());
                }
            }
        }
    }
}
