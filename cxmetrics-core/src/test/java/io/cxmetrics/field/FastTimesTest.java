package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that are read fast have the value, or the refusal, that java.time gives them. */
class FastTimesTest {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");

    private interface Slow {
        void parse(String text, Column into, int row);
    }

    private static void assertSame(Format format, Slow slow, String text) {
        Column fast = new Column("t", format.type(), 1);
        Column oracle = new Column("t", format.type(), 1);
        format.parse(text, fast, 0);
        slow.parse(text, oracle, 0);
        assertEquals(oracle.states()[0], fast.states()[0], format + " of \"" + text + "\"");
        assertEquals(oracle.rejection(0), fast.rejection(0));
        if (oracle.states()[0] == Column.KNOWN) {
            assertEquals(oracle.values()[0], fast.values()[0], format + " of \"" + text + "\"");
        }
    }

    private static void assertSame(Format format, String text) {
        if (format instanceof Format.InstantAs times) {
            assertSame(times, times::parseSlowly, text);
        } else if (format instanceof Format.DateAs dates) {
            assertSame(dates, dates::parseSlowly, text);
        } else if (format instanceof Format.DurationAs durations) {
            assertSame(durations, durations::parseSlowly, text);
        } else if (format instanceof Format.DurationIn durations) {
            assertSame(durations, durations::parseSlowly, text);
        } else {
            throw new AssertionError(format);
        }
    }

    private static final List<String> TIME_PATTERNS = List.of(
            "yyyy-MM-dd HH:mm:ss",
            "d.M.yyyy H:mm",
            "dd/MM/yyyy HH:mm:ss.SSS",
            "yyyyMMddHHmmss",
            "yyyy-MM-dd'T'HH:mm:ss.S",
            "yyyyMMddHHmmssSSS",
            "MM/dd/yyyy HH.mm",
            "yyyy-MM-dd 'klo' H.mm.ss",
            "HH:mm d.M.yyyy",
            "uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final List<String> DATE_PATTERNS =
            List.of("yyyy-MM-dd", "d.M.yyyy", "dd.MM.yyyy", "yyyyMMdd", "M/d/yyyy", "'day' d 'of' MM/yyyy", "ddMMyyyy");

    /** A text of a pattern, then perhaps some characters replaced, left out or put in. */
    private static String mutated(Random random, String text, int changes) {
        StringBuilder some = new StringBuilder(text);
        String odd = "0123456789999:-+.,TZtz PDHMS'/٣９";
        for (int c = 0; c < changes && some.length() > 0; c++) {
            int at = random.nextInt(some.length());
            char put = odd.charAt(random.nextInt(odd.length()));
            switch (random.nextInt(3)) {
                case 0 -> some.setCharAt(at, put);
                case 1 -> some.deleteCharAt(at);
                default -> some.insert(at, put);
            }
        }
        return some.toString();
    }

    private static LocalDateTime time(Random random) {
        LocalDateTime near =
                LocalDateTime.of(2026, random.nextBoolean() ? 3 : 10, 20 + random.nextInt(10), random.nextInt(6), 0);
        LocalDateTime any = LocalDateTime.ofEpochSecond(
                (long) (random.nextDouble() * 315_500_000_000L) - 62_167_219_200L, 0, ZoneOffset.UTC);
        return (random.nextInt(3) == 0 ? near : any)
                .plusSeconds(random.nextInt(7_200))
                .withNano(random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000_000));
    }

    private static void round(Random random, int changes) {
        LocalDateTime time = time(random);
        int seconds =
                random.nextInt(4) == 0 ? random.nextInt(36 * 3_600) - 18 * 3_600 : 60 * (random.nextInt(2_160) - 1_080);
        String offset = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                OffsetDateTime.of(time, ZoneOffset.ofTotalSeconds(seconds)));
        assertSame(Format.InstantAs.iso(), mutated(random, offset, changes));
        assertSame(Format.InstantAs.iso(), mutated(random, offset.replace('T', ' '), changes));
        assertSame(
                Format.InstantAs.iso(),
                mutated(random, time.toInstant(ZoneOffset.UTC).toString(), changes));
        String local = mutated(random, time.toString(), changes);
        assertSame(Format.InstantAs.local("iso", HELSINKI), local);
        assertSame(Format.InstantAs.local("iso", ZoneId.of("+05:45")), local);
        for (String pattern : TIME_PATTERNS) {
            String text = DateTimeFormatter.ofPattern(pattern.replace('y', 'u').replace("da'u'", "day"), Locale.ROOT)
                    .format(time);
            assertSame(Format.InstantAs.local(pattern, HELSINKI), mutated(random, text, changes));
        }
        for (String pattern : DATE_PATTERNS) {
            String text = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
            assertSame(new Format.DateAs(pattern), mutated(random, text, changes));
        }
        long second = time.toEpochSecond(ZoneOffset.UTC);
        assertSame(Format.InstantAs.epochSeconds(), mutated(random, String.valueOf(second), changes));
        assertSame(Format.InstantAs.epochMillis(), mutated(random, second + "123", changes));
        Duration duration =
                Duration.ofSeconds(random.nextInt(), random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000_000));
        assertSame(new Format.DurationAs(Format.DurationAs.Style.ISO), mutated(random, duration.toString(), changes));
        String clock = String.format(
                Locale.ROOT, "%d:%02d:%02d", random.nextInt(1_000_000), random.nextInt(60), random.nextInt(60));
        assertSame(new Format.DurationAs(Format.DurationAs.Style.CLOCK), mutated(random, clock, changes));
        String number = random.nextInt(2_000_000) + (random.nextBoolean() ? "" : "." + random.nextInt(10_000_000));
        for (ChronoUnit unit :
                new ChronoUnit[] {ChronoUnit.MICROS, ChronoUnit.MILLIS, ChronoUnit.SECONDS, ChronoUnit.DAYS}) {
            assertSame(new Format.DurationIn(unit), mutated(random, number, changes));
        }
    }

    @Property(tries = 2_000)
    void fastAndSlowAgree(@ForAll long seed, @ForAll @IntRange(max = 3) int changes) {
        round(new Random(seed), changes);
    }

    @Test
    @Tag("full")
    void fastAndSlowAgreeOnMillions() {
        long seed = Long.getLong("cxmetrics.seed", System.nanoTime());
        System.out.println("FastTimesTest: -Dcxmetrics.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            round(random, i % 4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-14T24:00:00Z",
                "2026-02-14T23:59:60Z",
                "2026-02-29T00:00Z",
                "2024-02-29T00:00Z",
                "1900-02-29T00:00Z",
                "2000-02-29T00:00Z",
                "2026-02-14T09:30:00.Z",
                "2026-02-14T09:30:00.1234567890Z",
                "2026-02-14T09:30:00+18:00",
                "2026-02-14T09:30:00+18:01",
                "2026-02-14T09:30:00-00:00",
                "2026-02-14T09:30:00+02",
                "2026-02-14T09:30:00+0200",
                "2026-02-14T09:30:00+02:00:30",
                "2026-02-14t09:30z",
                "0000-01-01T00:00Z",
                "-0001-01-01T00:00Z",
                "+12026-01-01T00:00Z",
                "9999-12-31T23:59:59.999999999-17:59",
                "1969-12-31T23:59:59.999999Z",
                "2026-02-14",
                "2026-02-14T",
                "2026-02-14T09:30",
                "",
                "Z"
            })
    void oddTimesAreAsSlow(String text) {
        assertSame(Format.InstantAs.iso(), text);
        assertSame(Format.InstantAs.local("iso", HELSINKI), text.replaceAll("[Zz]$", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PT",
                "P",
                "PT2S3.5S",
                "PT1M1H",
                "PT1H1H",
                "PT1.5M",
                "PT1.S",
                "PT.5S",
                "PT1,5S",
                "PT1.1234567891S",
                "pt1s",
                "PT-1S",
                "-PT1S",
                "P1DT1S",
                "PT999999999H",
                "PT876600H",
                "PT876600H0.000001S",
                "PT0S",
                "PT1",
                "PT1HM"
            })
    void oddDurationsAreAsSlow(String text) {
        assertSame(new Format.DurationAs(Format.DurationAs.Style.ISO), text);
    }

    /** The fast way is taken at all: what it reads, and the patterns that it knows. */
    @Test
    void theUsualFormsAreReadFast() {
        long noon = Instant.parse("2026-02-14T12:00:00Z").getEpochSecond() * 1_000_000;
        assertEquals(noon, TimeText.iso("2026-02-14T12:00:00Z", true));
        assertEquals(
                noon + 125_000, TimeText.iso("2026-02-14 14:00:00.125999+02:00".replace("125999", "125000999"), true));
        assertEquals(noon, TimeText.inZone(TimeText.iso("2026-02-14T14:00", false), HELSINKI.getRules()));
        assertEquals(3_723_500_000L, TimeText.isoDuration("PT1H2M3.5S"));
        assertEquals(90_000_000L, TimeText.clock("0:01:30"));
        assertEquals(20_500_000L, TimeText.duration("20.5", 1_000_000));
        TIME_PATTERNS.forEach(p -> assertNotNull(TimePattern.of(p, true), p));
        DATE_PATTERNS.forEach(p -> assertNotNull(TimePattern.of(p, false), p));
        assertNotEquals(TimeText.UNKNOWN, TimePattern.of("d.M.yyyy H:mm", true).local("14.2.2026 9:30"));
        for (String other : List.of(
                "d MMM yyyy",
                "yy-MM-dd",
                "dMyyyy",
                "yyyy-MM-dd[X]",
                "yyyy-MM",
                "yyyy-MM-dd HH:mm",
                "EEE d.M.yyyy",
                "yyyy-MM-dd-dd")) {
            assertNull(TimePattern.of(other, false), other);
        }
        assertEquals(LocalDate.of(1969, 12, 31).toEpochDay(), TimeText.epochDay(1969, 12, 31));
    }
}
