package io.cxmetrics.examples.benchmarks;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What does a scorecard over a CSV file cost, its KPIs defined in JSON, beside DuckDB on the same file? */
final class CsvBenchmark implements Benchmark {
    @Override
    public Report run(Options options) throws Exception {
        try (ContactFiles files = new ContactFiles();
                Duck duck = new Duck(options.threads())) {
            Path file = options.contacts().csv(files.folder());
            return new Contest<Answer>(
                            "Ten figures by channel and week over a CSV file of " + (Files.size(file) >> 20) + " MB",
                            options.rows(),
                            Answer::check)
                    .peer("DuckDB read_csv, threads " + options.threads(), () -> duck.scorecard(Duck.csv(file)))
                    .peer(
                            RecordsBenchmark.CXMETRICS + ", threads " + options.threads(),
                            () -> files.scorecard(file, options.threads()))
                    .peer("FastCSV callbacks into the hand-written loop, one thread", () -> handWritten(file))
                    .run(options);
        }
    }

    private static Answer handWritten(Path file) throws IOException {
        HandWritten hand = new HandWritten();
        Line line = new Line();
        try (CsvReader<Line> reader =
                CsvReader.builder().build(new Handler(line), Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            boolean isHeader = true;
            for (Line read : reader) {
                if (!isHeader) {
                    read.addTo(hand);
                }
                isHeader = false;
            }
        }
        return hand.answer();
    }

    /** Parses cells in place. */
    private static final class Handler extends AbstractBaseCsvCallbackHandler<Line> {
        private final Line line;
        private long number;

        Handler(Line line) {
            this.line = line;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (number > 0) {
                line.set(index, buffer, offset, length);
            }
        }

        @Override
        protected @Nullable Line buildRecord() {
            number++;
            return line;
        }
    }

    /** What the loop needs of a line. */
    static final class Line {
        private String channel = "";
        private long second;
        private final int[] ratings = new int[3];
        private final boolean[] flags = new boolean[4];
        private final long[] seconds = new long[4];

        private void set(int index, char[] buffer, int offset, int length) {
            switch (index) {
                case 0 -> {}
                case 1 -> channel = channel(buffer, offset, length);
                case 2 -> second = second(buffer, offset);
                case 3, 4, 5 -> ratings[index - 3] = length == 0 ? HandWritten.MISSING : whole(buffer, offset, length);
                case 6, 7, 8, 9 -> flags[index - 6] = buffer[offset] == 't';
                default -> seconds[index - 10] = whole(buffer, offset, length);
            }
        }

        private static String channel(char[] buffer, int offset, int length) {
            for (String channel : Contacts.CHANNELS) {
                if (channel.length() == length
                        && channel.charAt(0) == buffer[offset]
                        && channel.charAt(1) == buffer[offset + 1]) {
                    return channel;
                }
            }
            return new String(buffer, offset, length);
        }

        private static int whole(char[] buffer, int offset, int length) {
            int value = 0;
            for (int i = offset; i < offset + length; i++) {
                value = value * 10 + buffer[i] - '0';
            }
            return value;
        }

        /** Of a text such as {@code 2025-01-31T12:00:00Z}. */
        static long second(char[] buffer, int offset) {
            int year = whole(buffer, offset, 4);
            int month = whole(buffer, offset + 5, 2);
            // The year begins in March, so that the day that some years have more comes last.
            long shifted = month <= 2 ? year - 1L : year;
            long monthFromMarch = (month + 9L) % 12;
            long days = 365 * shifted
                    + shifted / 4
                    - shifted / 100
                    + shifted / 400
                    + (monthFromMarch * 306 + 5) / 10
                    + whole(buffer, offset + 8, 2)
                    - 1
                    - 719_468;
            return days * 86_400
                    + whole(buffer, offset + 11, 2) * 3_600L
                    + whole(buffer, offset + 14, 2) * 60L
                    + whole(buffer, offset + 17, 2);
        }

        void addTo(HandWritten hand) {
            long micros = 1_000_000;
            HandWritten.Cell cell = hand.cell(channel, second);
            cell.rate(ratings[0], ratings[1], ratings[2]);
            cell.handle(
                    HandWritten.bit(flags[0]) & HandWritten.bit(flags[1]),
                    HandWritten.bit(flags[2]),
                    HandWritten.bit(flags[3]),
                    seconds[0] * micros,
                    (seconds[1] + seconds[2] + seconds[3]) * micros);
        }
    }
}
