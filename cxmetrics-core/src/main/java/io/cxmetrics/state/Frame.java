package io.cxmetrics.state;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** What is around every stored form: magic, version, kind and length before it, a checksum after it. */
final class Frame {
    /** The longest body. */
    static final int MOST_BYTES = 1 << 28;

    static final int VERSION = 1;
    static final char RESULT = 'R';
    static final char STATISTIC = 'S';

    private static final byte[] MAGIC = {(byte) 0xC5, 'C', 'X', 'M'};
    private static final int HEAD = MAGIC.length + 2;
    private static final int CHECKSUM = 4;

    private Frame() {}

    static byte[] close(char kind, Output body) {
        Output all = new Output();
        all.octets(MAGIC);
        all.octet(VERSION);
        all.octet(kind);
        all.varint(body.size());
        all.octets(body.bytes());
        int checksum = checksum(all.bytes(), all.size());
        for (int shift = 24; shift >= 0; shift -= 8) {
            all.octet(checksum >>> shift);
        }
        return all.bytes();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    /** The body of a form that is all there is. */
    static Input open(char kind, byte[] bytes) {
        Input all = new Input(bytes, 0, bytes.length);
        head(kind, all);
        long length = all.varint();
        int from = bytes.length - all.remaining();
        if (length != (long) all.remaining() - CHECKSUM) {
            throw new StateException(
                    "the binary form is " + (length > all.remaining() - CHECKSUM ? "cut off" : "damaged")
                            + ": it says that its body has " + Long.toUnsignedString(length) + " bytes, but "
                            + Math.max(0, all.remaining() - CHECKSUM) + " are there");
        }
        int end = from + (int) length;
        int stored = 0;
        for (int i = end; i < bytes.length; i++) {
            stored = (stored << 8) | (bytes[i] & 0xFF);
        }
        if (stored != checksum(bytes, end)) {
            throw new StateException("the binary form is damaged: its checksum is not that of its bytes;"
                    + " restore it from a copy, or compute it anew from the rows");
        }
        return new Input(bytes, from, end);
    }

    private static void head(char kind, Input all) {
        byte[] magic = new byte[Math.min(MAGIC.length, all.remaining())];
        for (int i = 0; i < magic.length; i++) {
            magic[i] = (byte) all.octet();
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw new StateException(
                    "these bytes are not a binary form of this library: expected them to begin with" + " C5 43 58 4D");
        }
        int version = all.octet();
        if (version != VERSION) {
            throw new StateException("the binary form has version " + version + "; this release reads version "
                    + VERSION + (version > VERSION ? ", a later release may read it" : ""));
        }
        int found = all.octet();
        if (found != kind) {
            throw new StateException("the binary form holds " + name(found) + ", not " + name(kind));
        }
    }

    private static String name(int kind) {
        return kind == RESULT
                ? "the result of a scorecard"
                : kind == STATISTIC ? "one statistic" : "something of the unknown kind " + kind;
    }

    /** The body of the next form of a stream, which is left behind its last byte. */
    static Input open(char kind, InputStream in) throws IOException {
        Output all = new Output();
        all.octets(in.readNBytes(HEAD));
        byte[] head = all.bytes();
        head(kind, new Input(head, 0, head.length));
        Output length = new Output();
        int octet;
        do {
            octet = in.read();
            if (octet < 0) {
                throw new StateException("the binary form is cut off after " + (HEAD + length.size()) + " bytes");
            }
            length.octet(octet);
        } while (octet >= 0x80 && length.size() < 10);
        all.octets(length.bytes());
        long body = new Input(length.bytes(), 0, length.size()).varint();
        if (body < 0 || body > MOST_BYTES - HEAD - 10 - CHECKSUM) {
            throw new StateException("the binary form is damaged: it says that its body has "
                    + Long.toUnsignedString(body) + " bytes, and the most is " + MOST_BYTES);
        }
        // Reads in pieces: no more is allocated than there are bytes.
        all.octets(in.readNBytes((int) body + CHECKSUM));
        return open(kind, all.bytes());
    }
}
