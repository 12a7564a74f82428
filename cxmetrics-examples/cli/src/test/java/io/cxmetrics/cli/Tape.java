package io.cxmetrics.cli;

import java.io.IOException;
import java.io.Reader;

/**
 * A text that can be read again from one of its last lines on. It keeps what was read since the line that was
 * {@linkplain #release released} last, so that a parser which has lost its way, as behind a stray quote, can be set on the
 * line after the one that misled it. Lines end with LF, CR LF or CR, as in {@link de.siegmar.fastcsv.reader.CsvReader}.
 */
final class Tape extends Reader {
    private static final int CHUNK = 8192;
    private static final int LONGEST_SHOWN = 200;

    private final Reader source;
    private char[] kept = new char[4 * CHUNK];
    /** The first kept character, which begins the line {@link #firstLine}. */
    private int start;
    /** The next character to hand out. */
    private int next;
    /** The end of the kept characters. */
    private int end;

    private long firstLine = 1;
    private boolean ended;
    private boolean toldEnd;

    Tape(Reader source) {
        super(source);
        this.source = source;
    }

    @Override
    public int read(char[] into, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (next == end && !fill()) {
            toldEnd = true;
            return -1;
        }
        int given = Math.min(count, end - next);
        System.arraycopy(kept, next, into, from, given);
        next += given;
        return given;
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (kept.length - end < CHUNK) {
            char[] room = end - start > kept.length / 2 ? new char[kept.length * 2] : kept;
            System.arraycopy(kept, start, room, 0, end - start);
            kept = room;
            end -= start;
            next -= start;
            start = 0;
        }
        int count = source.read(kept, end, CHUNK);
        ended = count < 0;
        end += Math.max(0, count);
        return !ended;
    }

    /** Says that the lines before this one are done with. */
    void release(long line) throws IOException {
        while (firstLine < line && dropLine()) {
            // Dropped.
        }
    }

    /** Goes back to the line after this one, which must not have been released. */
    void restartAfter(long line) throws IOException {
        release(line + 1);
        next = start;
        toldEnd = false;
    }

    /** Drops the first kept line, however long it is: what was looked at is not kept. */
    private boolean dropLine() throws IOException {
        int seen = 0;
        while (true) {
            if (start + seen == end) {
                start = end;
                seen = 0;
                next = Math.max(next, start);
                if (!fill()) {
                    return false;
                }
            }
            char c = kept[start + seen];
            if (c == '\n' || c == '\r') {
                start += seen;
                next = Math.max(next, start);
                if (c == '\r' && start + 1 == end) {
                    fill();
                }
                start += c == '\r' && start + 1 < end && kept[start + 1] == '\n' ? 2 : 1;
                next = Math.max(next, start);
                firstLine++;
                return true;
            }
            seen++;
        }
    }

    /** The beginning of the first kept line. */
    String firstLineText() {
        int to = start;
        while (to < end && to - start < LONGEST_SHOWN && kept[to] != '\n' && kept[to] != '\r') {
            to++;
        }
        return new String(kept, start, to - start);
    }

    /** The number of quotes in the first kept line, as far as it is kept. */
    int quotesInFirstLine() {
        int quotes = 0;
        for (int i = start; i < end && kept[i] != '\n' && kept[i] != '\r'; i++) {
            quotes += kept[i] == '"' ? 1 : 0;
        }
        return quotes;
    }

    /** Whether the text ends within the first kept line, without a line end. */
    boolean endsInFirstLine() {
        for (int i = start; i < end; i++) {
            if (kept[i] == '\n' || kept[i] == '\r') {
                return false;
            }
        }
        return ended;
    }

    /** Whether the reader of this tape was told that the text is over, since the last restart. */
    boolean toldEnd() {
        return toldEnd;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
