package io.cxmetrics.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** The bytes of a file as UTF-8: decompressed, without byte order mark, from whatever charset. */
final class ByteInput {
    private static final int BUFFER = 1 << 16;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final char REPLACEMENT = '\uFFFD';

    private ByteInput() {}

    /**
     * The UTF-8 bytes of a file. A byte order mark decides the charset and is not part of the text.
     *
     * @param name the file's name: one that ends with {@code .gz} must be compressed
     */
    static InputStream of(String name, InputStream file, Charset charset) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(file, BUFFER);
        boolean isZipped = name.toLowerCase(Locale.ROOT).endsWith(".gz") || begins(raw, 0x1F, 0x8B);
        BufferedInputStream content =
                isZipped ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
        if (begins(content, 0xEF, 0xBB, 0xBF)) {
            content.skipNBytes(3);
            return content;
        } else if (begins(content, 0xFE, 0xFF)) {
            content.skipNBytes(2);
            return new Recoded(new InputStreamReader(content, StandardCharsets.UTF_16BE));
        } else if (begins(content, 0xFF, 0xFE)) {
            content.skipNBytes(2);
            return new Recoded(new InputStreamReader(content, StandardCharsets.UTF_16LE));
        }
        return charset.equals(StandardCharsets.UTF_8) ? content : new Recoded(new InputStreamReader(content, charset));
    }

    private static boolean begins(InputStream content, int... mark) throws IOException {
        content.mark(mark.length);
        byte[] first = content.readNBytes(mark.length);
        content.reset();
        boolean begins = first.length == mark.length;
        for (int i = 0; begins && i < mark.length; i++) {
            begins = (first[i] & 0xFF) == mark[i];
        }
        return begins;
    }

    /** Text as UTF-8. */
    private static final class Recoded extends InputStream {
        private final Reader text;
        private final CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .replaceWith(String.valueOf(REPLACEMENT).getBytes(StandardCharsets.UTF_8));
        private final CharBuffer chars = CharBuffer.allocate(1 << 13).limit(0);
        private final ByteBuffer bytes = ByteBuffer.allocate(1 << 15).limit(0);
        private boolean ended;

        Recoded(Reader text) {
            this.text = text;
        }

        private boolean fill() throws IOException {
            while (!bytes.hasRemaining() && !ended) {
                chars.compact();
                ended = text.read(chars) < 0;
                chars.flip();
                bytes.clear();
                encoder.encode(chars, bytes, ended);
                bytes.flip();
            }
            return bytes.hasRemaining();
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (!fill()) {
                return -1;
            }
            int given = Math.min(count, bytes.remaining());
            bytes.get(into, from, given);
            return given;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }

    /** How many characters of a text appear as U+FFFD, most of them for bytes that are no text in UTF-8. */
    static long replaced(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (at + Long.BYTES <= to && ((long) EIGHT.get(bytes, at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
            } else if (bytes[at] >= 0) {
                at++;
            } else {
                int length = character(bytes, at, to);
                if (length == 0) {
                    return new String(bytes, at, to - at, StandardCharsets.UTF_8)
                            .chars()
                            .filter(c -> c == REPLACEMENT)
                            .count();
                }
                at += length;
            }
        }
        return 0;
    }

    /** The length of a character of several bytes that plainly is one and not U+FFFD, or 0. */
    private static int character(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        boolean isOdd = (first == 0xE0 && second < 0xA0)
                || (first == 0xED && second > 0x9F)
                || (first == 0xEF && second == 0xBF)
                || (first == 0xF0 && second < 0x90)
                || (first == 0xF4 && second > 0x8F);
        return isOdd ? 0 : length;
    }
}
