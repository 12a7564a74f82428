package io.cxmetrics.okr.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line and the problem that the guide shows. (Its Java is run by the guides' test of the web shop.) */
class CheckInGuideTest {
    @TempDir
    private Path folder;

    private static String block(String name) throws IOException {
        Matcher matcher =
                Pattern.compile("(?s)```" + name + "\\n(.*?)```").matcher(Files.readString(Path.of("README.md")));
        assertTrue(matcher.find(), name);
        return matcher.group(1);
    }

    @Test
    void theLineIsReadAndTheProblemIsSaid() throws IOException {
        Path file = folder.resolve("check-ins.jsonl");
        Files.writeString(file, block("jsonl line") + block("jsonl line").replace("7,", "\"7\","));
        CheckIns read = CheckInLog.file(file).read();
        assertEquals(1, read.entries().size());
        assertEquals(block("text problem"), read.problems().get(0) + "\n");
    }
}
