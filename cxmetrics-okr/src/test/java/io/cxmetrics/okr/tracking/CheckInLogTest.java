package io.cxmetrics.okr.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckInLogTest {
    private static final LocalDate DAY = LocalDate.of(2026, 2, 14);
    private static final Instant NOW = Instant.parse("2026-02-14T08:30:00Z");

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("check-ins.jsonl");
    }

    private CheckInLog log() {
        return CheckInLog.file(file(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private CheckIns reading(String text) throws IOException {
        Files.writeString(file(), text);
        return log().read();
    }

    private static List<String> words(CheckIns read) {
        return read.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aLogThatIsNotThereYetIsEmpty() throws IOException {
        assertEquals(new CheckIns(List.of(), List.of()), log().read());
        assertFalse(Files.exists(file()));
    }

    @Test
    void aLineIsReadableAndSaysEverything() throws IOException {
        log().append(CheckIn.of("fewer-carts", DAY, 0.38).withConfidence(0.8).withNote("after \"the\"\nrelease ✓"));
        assertEquals(
                "{\"keyResult\":\"fewer-carts\",\"date\":\"2026-02-14\",\"value\":0.38,\"confidence\":0.8,\"source\":\"owner\","
                        + "\"note\":\"after \\\"the\\\"\\nrelease ✓\",\"recorded\":\"2026-02-14T08:30:00Z\"}\n",
                Files.readString(file()));
        assertEquals(NOW, log().read().orThrow().entries().get(0).recorded());
    }

    @Test
    void theSameAgainAddsNothing() throws IOException {
        CheckIn checkIn = CheckIn.of("hires", DAY, 7);
        assertTrue(log().append(checkIn));
        assertFalse(log().append(checkIn));
        CheckInLog one = log();
        assertFalse(one.append(checkIn));
        assertFalse(one.append(checkIn));
        assertEquals(0, one.append(List.of(checkIn, checkIn)));
        assertEquals(1, log().read().entries().size());
    }

    @Test
    void aCorrectionCountsAndTheHistoryStays() throws IOException {
        CheckIn seven = CheckIn.of("hires", DAY, 7);
        CheckIn six = CheckIn.of("hires", DAY, 6);
        assertTrue(log().append(seven));
        assertTrue(log().append(six));
        assertEquals(List.of(six), log().read().latest());
        assertTrue(log().append(seven), "a correction of the correction");
        CheckIns read = log().read();
        assertEquals(List.of(seven), read.latest());
        assertEquals(
                List.of(seven, six, seven),
                read.history("hires", DAY, "owner").stream()
                        .map(CheckIns.Entry::checkIn)
                        .toList());
        assertEquals(
                List.of(1L, 2L, 3L),
                read.entries().stream().map(CheckIns.Entry::line).toList());
    }

    @Test
    void daySourceAndKeyResultTellCheckInsApart() throws IOException {
        List<CheckIn> apart = List.of(
                CheckIn.of("hires", DAY, 7),
                CheckIn.of("hires", DAY, 8).withSource("payroll"),
                CheckIn.of("hires", DAY.plusDays(1), 7),
                CheckIn.of("leavers", DAY, 7));
        assertEquals(4, log().append(apart));
        assertEquals(apart, log().read().latest());
    }

    @Test
    void whatSomeoneElseCorrectedInTheMeantimeIsSeen() throws IOException {
        CheckInLog mine = log();
        CheckIn seven = CheckIn.of("hires", DAY, 7);
        mine.append(seven);
        log().append(CheckIn.of("hires", DAY, 6));
        assertTrue(mine.append(seven), "seven is no longer what counts");
        Files.delete(file());
        assertTrue(mine.append(seven), "the log was removed");
        assertEquals(1, log().read().entries().size());
    }

    @Test
    void everythingThatIsNoCheckInIsReportedWithItsLineAndTheRestIsRead() throws IOException {
        CheckIns read = reading("""
                {"keyResult":"hires","date":"2026-02-14","value":7,"source":"owner"}
                TODO ask Bob

                {"keyResult":"hires","date":"2026-02-30","value":"7","sourse":"owner"}
                [1,2]
                {"keyResult":"hires","date":"2026-02-15","value":1e999,"source":"owner"}
                {"keyResult":"Hires!","date":"2026-02-15","value":1,"confidence":80,"source":" "}
                {"keyResult":"hires","keyResult":"hires","date":"2026-02-15","value":1,"source":"owner"}
                {"keyResult":"hires","date":"2026-02-16","value":8,"source":"owner","x-mood":"good"}
                """);
        assertEquals(
                List.of(7.0, 8.0), read.latest().stream().map(CheckIn::value).toList());
        List<String> words = words(read);
        assertTrue(
                words.get(0).startsWith("check-ins.jsonl:2:1 (document): found text that is not JSON"), words.get(0));
        assertTrue(
                words.contains(
                        "check-ins.jsonl:4:63 /sourse: found an unknown member \"sourse\"; expected one of [keyResult, date, "
                                + "value, confidence, source, note, recorded] (did you mean \"source\"?)"),
                words.toString());
        assertTrue(
                words.contains(
                        "check-ins.jsonl:4:29 /date: found \"2026-02-30\"; expected a day such as \"2026-02-14\""),
                words.toString());
        assertTrue(words.contains("check-ins.jsonl:4:50 /value: found \"7\"; expected a number"), words.toString());
        assertTrue(
                words.contains(
                        "check-ins.jsonl:6:50 /value: found the number 1e999; expected a number of up to 1.8E308"),
                words.toString());
        assertTrue(
                words.contains(
                        "check-ins.jsonl:7:66 /confidence: found the number 80; expected a number from 0 to 1, such as "
                                + "0.8 for 80 %"),
                words.toString());
        assertEquals(
                3,
                words.stream().filter(w -> w.startsWith("check-ins.jsonl:7:")).count(),
                words.toString());
        for (int line : new int[] {5, 8}) {
            assertTrue(words.stream().anyMatch(w -> w.startsWith("check-ins.jsonl:" + line + ":")), words.toString());
        }
        JsonProblemsException e = assertThrows(JsonProblemsException.class, read::orThrow);
        assertEquals(read.problems(), e.problems());
    }

    @Test
    void foreignLinesStayWhereTheyAre() throws IOException {
        Files.writeString(file(), "TODO ask Bob\n{\"half\":");
        log().append(CheckIn.of("hires", DAY, 7));
        String text = Files.readString(file());
        assertTrue(text.startsWith("TODO ask Bob\n{\"half\":\n{\"keyResult\":\"hires\""), text);
        assertEquals(2, log().read().problems().size());
        assertEquals(1, log().read().entries().size());
    }

    @Test
    void aHandWrittenLastLineWithoutAnEndIsNotLost() throws IOException {
        Files.writeString(file(), "{\"keyResult\":\"hires\",\"date\":\"2026-02-13\",\"value\":6,\"source\":\"owner\"}");
        assertEquals(1, log().read().orThrow().entries().size());
        log().append(CheckIn.of("hires", DAY, 7));
        assertEquals(2, log().read().orThrow().entries().size());
        // One with a mistake is not lost either: it is whole, so no crash cut it off.
        Files.writeString(file(), "{\"keyResult\":\"hires\",\"date\":\"yesterday\",\"value\":6,\"source\":\"owner\"}");
        log().append(CheckIn.of("hires", DAY, 7));
        assertEquals(1, log().read().problems().size());
        assertEquals(1, log().read().entries().size());
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkAreRead() throws IOException {
        assertEquals(
                2,
                reading(
                                "\uFEFF{\"keyResult\":\"hires\",\"date\":\"2026-02-13\",\"value\":6,\"source\":\"owner\"}\r\n"
                                        + "{\"keyResult\":\"hires\",\"date\":\"2026-02-14\",\"value\":7,\"source\":\"owner\"}\r\n")
                        .orThrow()
                        .entries()
                        .size());
    }

    @Test
    void bytesThatAreNotUtf8AndEndlessLinesAreReported() throws IOException {
        byte[] line = "{\"keyResult\":\"hires\",\"date\":\"2026-02-13\",\"value\":6,\"source\":\"owner\"}\n"
                .getBytes(StandardCharsets.UTF_8);
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
        Files.write(file(), line, StandardOpenOption.APPEND);
        Files.writeString(file(), "[".repeat(3_000_000) + "\n", StandardOpenOption.APPEND);
        Files.writeString(file(), "[".repeat(60_000) + "\n", StandardOpenOption.APPEND);
        Files.write(file(), line, StandardOpenOption.APPEND);
        CheckIns read = log().read();
        assertEquals(2, read.entries().size());
        assertEquals(
                "check-ins.jsonl:1:1 (document): found bytes that are not UTF-8; expected a check-in in UTF-8",
                words(read).get(0));
        assertEquals(
                "check-ins.jsonl:3:1 (document): found a line of more than 65536 bytes; expected a check-in",
                words(read).get(1));
        assertTrue(
                words(read).get(2).startsWith("check-ins.jsonl:4:"), words(read).get(2));
    }

    @Test
    void ofAMillionBadLinesAThousandAreShownAndAllAreCounted() throws IOException {
        CheckIns read = reading("no\n".repeat(5000));
        assertEquals(1001, read.problems().size());
        assertTrue(
                words(read).get(1000).contains("4000 more lines that are no check-ins"),
                words(read).get(1000));
    }

    @Test
    void aCheckInThatNoLineHoldsIsRefusedBeforeAnythingIsWritten() throws IOException {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> log().append(List.of(
                        CheckIn.of("hires", DAY, 7),
                        CheckIn.of("hires", DAY.plusDays(1), 7).withNote("x".repeat(70_000)))));
        assertTrue(
                e.getMessage().contains("a line of the log has up to 65536: shorten its note or source"),
                e.getMessage());
        assertFalse(Files.exists(file()));
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        NoSuchFileException e = assertThrows(
                NoSuchFileException.class,
                () -> CheckInLog.file(folder.resolve("no/such/log.jsonl")).append(CheckIn.of("hires", DAY, 7)));
        assertTrue(e.getMessage().contains("its folder does not exist; make it first"), e.getMessage());
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(
            @ForAll double value, @ForAll @DoubleRange(min = 0, max = 1) double confidence, @ForAll String note) {
        if (!Double.isFinite(value)) {
            return;
        }
        CheckIn checkIn = CheckIn.of("k", DAY, value)
                .withConfidence(confidence)
                .withNote(note)
                .withSource("s" + note);
        String line = EntryJson.write(checkIn, NOW);
        assertEquals(checkIn, EntryJson.read("x", 1, line).checkIn());
        String utf8 = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertEquals(line, utf8);
        assertEquals(1, line.lines().count());
    }
}
