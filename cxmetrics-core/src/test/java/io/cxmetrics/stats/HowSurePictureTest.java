package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The picture of the section "How sure?" is drawn here, from the library's own intervals. */
class HowSurePictureTest {
    private static final int LABEL = 25;
    private static final int COLUMNS_A_PERCENT = 4;
    private static final int FROM = 80;
    private static final int TEXT = LABEL + 10 * COLUMNS_A_PERCENT;

    private static int column(double share) {
        return LABEL + (int) Math.round((100 * share - FROM) * COLUMNS_A_PERCENT);
    }

    private static String row(String label, Share share) {
        Interval interval = share.interval();
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-" + TEXT + "s", label));
        for (int c = column(interval.low()); c <= column(interval.high()); c++) {
            row.setCharAt(c, '=');
        }
        row.setCharAt(column(interval.low()), '[');
        row.setCharAt(column(interval.high()), ']');
        row.setCharAt(column(share.value().orElseThrow()), 'o');
        return row
                + String.format(
                        Locale.ROOT,
                        "%.1f %%, from %.1f to %.1f",
                        100 * share.value().orElseThrow(),
                        100 * interval.low(),
                        100 * interval.high());
    }

    private static String picture() {
        StringBuilder labels = new StringBuilder(" ".repeat(TEXT + 4));
        StringBuilder ticks = new StringBuilder(" ".repeat(TEXT));
        for (int percent = FROM; percent <= 88; percent += 2) {
            int at = column(percent / 100.0);
            labels.replace(at, at + 4, percent + " %");
            ticks.setCharAt(at, '|');
        }
        return String.join(
                "\n",
                labels.toString().stripTrailing(),
                ticks.toString().stripTrailing(),
                row("1 000 asked, last week", Share.of(860, 1_000)),
                row("1 000 asked, this week", Share.of(829, 1_000)) + "; the brackets meet",
                "",
                row("10 000 asked, last week", Share.of(8_600, 10_000)),
                row("10 000 asked, this week", Share.of(8_290, 10_000)) + "; they are far apart");
    }

    @Test
    void thePictureInTheGuideIsDrawnToScale() throws Exception {
        Path written = Path.of("target", "how-sure.txt");
        Files.createDirectories(written.toAbsolutePath().getParent());
        Files.writeString(written, picture());
        String guide = Files.readString(Path.of("README.md"));
        int from = guide.indexOf("```text\n", guide.indexOf("## How sure?")) + "```text\n".length();

        assertEquals(
                picture(), guide.substring(from, guide.indexOf("\n```", from)), "copy " + written + " into the guide");
    }

    @Test
    void whatThePictureSaysIsWhatTheComparisonSays() {
        assertFalse(Comparison.of(Share.of(860, 1_000), Share.of(829, 1_000)).isSignificant(0.95));
        assertTrue(
                Comparison.of(Share.of(8_600, 10_000), Share.of(8_290, 10_000)).isSignificant(0.95));
    }
}
