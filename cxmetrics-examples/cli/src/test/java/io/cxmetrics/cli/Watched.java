package io.cxmetrics.cli;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/** A text that counts the characters which stand for bytes that the charset does not know. */
final class Watched extends FilterReader {
    private static final char REPLACEMENT = '\uFFFD';

    private long replaced;

    Watched(Reader source) {
        super(source);
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        replaced += c == REPLACEMENT ? 1 : 0;
        return c;
    }

    @Override
    public int read(char[] into, int from, int count) throws IOException {
        int read = super.read(into, from, count);
        for (int i = from; i < from + read; i++) {
            replaced += into[i] == REPLACEMENT ? 1 : 0;
        }
        return read;
    }

    List<String> remarks() {
        return replaced == 0
                ? List.of()
                : List.of("some bytes are no text in this charset (" + replaced
                        + " appear as \uFFFD); save the file as UTF-8,"
                        + " or name its charset, such as --charset windows-1252");
    }
}
