package io.cxmetrics.okr.tracking;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One pass over the bytes of a log. No more than one line is held besides what comes of it. */
final class Scan {
    /** How the file ends. */
    enum Tail {
        /** With the end of a line, as it should. */
        NONE,
        /** With the beginning of an entry that a crash cut off; it was never acknowledged. */
        CUT_OFF,
        /** With a line that someone else did not end; whatever it says, it is theirs and stays. */
        WITHOUT_END
    }

    private static final int BUFFER = 65_536;
    private static final int MOST_PROBLEMS = 1000;
    private static final byte[] BEGINNING = EntryJson.BEGINNING.getBytes(StandardCharsets.UTF_8);

    private final String source;
    private final List<CheckIns.Entry> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final byte[] line = new byte[FileCheckInLog.LONGEST_LINE];
    private int length;
    private boolean tooLong;
    private long number = 1;
    private long endOfLines;
    private long untold;
    private Tail tail = Tail.NONE;

    private Scan(String source) {
        this.source = source;
    }

    static Scan of(String source, FileChannel channel) throws IOException {
        Scan scan = new Scan(source);
        scan.read(channel);
        return scan;
    }

    List<CheckIns.Entry> entries() {
        return entries;
    }

    List<Problem> problems() {
        return problems;
    }

    Tail tail() {
        return tail;
    }

    /** How many bytes the complete lines have. */
    long endOfLines() {
        return endOfLines;
    }

    private void read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long position = 0;
        for (int read = channel.read(buffer, position); read >= 0; read = channel.read(buffer, position)) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte b = buffer.get();
                position++;
                if (b == '\n') {
                    understand();
                    number++;
                    length = 0;
                    tooLong = false;
                    endOfLines = position;
                } else if (length < line.length) {
                    line[length++] = b;
                } else {
                    tooLong = true;
                }
            }
            buffer.clear();
        }
        if (position > endOfLines) {
            if (!tooLong && isCutOff(Arrays.copyOf(line, length))) {
                tail = Tail.CUT_OFF;
                report(
                        "a line that was cut off while it was written",
                        "its end; it was never confirmed, and the next check-in that is added removes it");
            } else {
                tail = Tail.WITHOUT_END;
                understand();
            }
        }
        if (untold > 0) {
            problems.add(new Problem(source, line(), 1, "", untold + " more lines that are no check-ins", "check-ins"));
        }
    }

    private void understand() {
        if (tooLong) {
            report("a line of more than " + FileCheckInLog.LONGEST_LINE + " bytes", "a check-in");
            return;
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            report("bytes that are not UTF-8", "a check-in in UTF-8");
            return;
        }
        if (text.isBlank()) {
            return;
        }
        try {
            entries.add(EntryJson.read(source, number, text));
        } catch (JsonProblemsException e) {
            e.problems().forEach(this::report);
        }
    }

    private int line() {
        return (int) Math.min(Integer.MAX_VALUE, number);
    }

    private void report(String found, String expected) {
        report(new Problem(source, line(), 1, "", found, expected));
    }

    private void report(Problem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        } else {
            untold++;
        }
    }

    /**
     * Whether bytes are what is left of one of our own lines: the beginning of an object with our first member that never ends, or
     * nothing yet; also with the zeros that some file systems fill up with after a loss of power.
     */
    static boolean isCutOff(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        int common = Math.min(end, BEGINNING.length);
        if (Arrays.mismatch(bytes, 0, common, BEGINNING, 0, common) >= 0) {
            return false;
        }
        boolean quoted = false;
        int depth = 0;
        for (int i = 0; i < end; i++) {
            byte b = bytes[i];
            if (quoted && b == '\\') {
                i++;
            } else if (b == '"') {
                quoted = !quoted;
            } else if (!quoted && b == '{') {
                depth++;
            } else if (!quoted && b == '}' && --depth == 0) {
                return end < bytes.length; // whole, unless zeros stand where the end of the line should
            }
        }
        return true;
    }
}
