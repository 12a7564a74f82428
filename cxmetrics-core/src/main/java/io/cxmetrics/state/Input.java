package io.cxmetrics.state;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Bytes being read: the counterpart of {@link Output}. Nothing is allocated for a count before it is known that the bytes
 * for it are there.
 */
final class Input {
    /** Sums of products of doubles have at most 2148 decimals. */
    static final int MOST_SCALE = 3_000;

    /** Sums of products of doubles have at most some 9200 bits. */
    static final int MOST_NUMBER_BYTES = 2_048;

    private final byte[] bytes;
    private final int end;
    private int at;

    Input(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    StateException damaged(String what) {
        return new StateException("damaged binary form, near byte " + at + ": " + what);
    }

    int remaining() {
        return end - at;
    }

    void end() {
        if (at != end) {
            throw damaged(remaining() + " bytes more than expected");
        }
    }

    int octet() {
        if (at >= end) {
            throw damaged("expected more bytes");
        }
        return bytes[at++] & 0xFF;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            if (shift == 63 && octet > 1) {
                break;
            }
            value |= (long) (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw damaged("expected a number of at most 64 bits");
    }

    long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number of rows, lines or values. */
    long count() {
        long count = varint();
        if (count < 0) {
            throw damaged("expected a count of less than 2^63");
        }
        return count;
    }

    /** A number of things that follow, each of which takes at least one byte. */
    int length() {
        long length = varint();
        if (length < 0 || length > remaining()) {
            throw damaged("expected " + Long.toUnsignedString(length) + " things, found " + remaining() + " bytes");
        }
        return (int) length;
    }

    String text() {
        char[] units = new char[length()];
        for (int i = 0; i < units.length; i++) {
            long unit = varint();
            if (unit < 0 || unit > Character.MAX_VALUE) {
                throw damaged("expected a UTF-16 unit of a text");
            }
            units[i] = (char) unit;
        }
        return new String(units);
    }

    BigDecimal exact() {
        long head = varint();
        if ((head & 1) == 0) {
            long zigzag = head >>> 1;
            return BigDecimal.valueOf((zigzag >>> 1) ^ -(zigzag & 1));
        }
        long length = head >>> 1;
        long scale = signed();
        if (length < 1 || length > MOST_NUMBER_BYTES || length > remaining() || Math.abs(scale) > MOST_SCALE) {
            throw damaged("expected an exact number of at most " + MOST_NUMBER_BYTES + " bytes");
        }
        BigDecimal value = new BigDecimal(new BigInteger(bytes, at, (int) length), (int) scale);
        at += (int) length;
        return value;
    }
}
