package io.cxmetrics.cli;

import java.io.IOException;
import java.io.Reader;

/** Lines of a text, of which no more than a limit is kept however long they are. Lines end with LF or CR LF. */
final class BoundedLines {
    private final Reader source;
    private final int limit;
    private final char[] buffer = new char[1 << 13];
    private final StringBuilder line = new StringBuilder();
    private int next;
    private int end;
    private long number;
    private boolean tooLong;

    BoundedLines(Reader source, int limit) {
        this.source = source;
        this.limit = limit;
    }

    /** Goes to the next line, if there is one. */
    boolean next() throws IOException {
        line.setLength(0);
        tooLong = false;
        boolean any = false;
        while (fill()) {
            any = true;
            int from = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            int room = limit - line.length();
            tooLong |= next - from > room;
            line.append(buffer, from, Math.min(room, next - from));
            if (next < end) {
                next++;
                break;
            }
        }
        number += any ? 1 : 0;
        if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return any;
    }

    private boolean fill() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, source.read(buffer));
        }
        return end > 0;
    }

    /** The line's number, from 1. */
    long number() {
        return number;
    }

    /** The line without its end; its beginning if it is too long. */
    String text() {
        return line.toString();
    }

    boolean isTooLong() {
        return tooLong;
    }
}
