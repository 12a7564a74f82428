package io.cxmetrics.state;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** Bytes being written: the counterpart of {@link Input}. */
final class Output {
    private byte[] bytes = new byte[256];
    private int size;

    private void makeRoom(int more) {
        if (more > Frame.MOST_BYTES - size) {
            throw new IllegalArgumentException("the binary form would be longer than " + Frame.MOST_BYTES
                    + " bytes; store the result in parts, such as one for each month");
        }
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    void octet(int octet) {
        makeRoom(1);
        bytes[size++] = (byte) octet;
    }

    void octets(byte[] more) {
        makeRoom(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    /** Seven bits a byte, lowest first; the sign bit is a bit like any other. */
    void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octet(((int) rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /** 0, −1, 1, −2, … as 0, 1, 2, 3, …. */
    void signed(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    void text(String text) {
        varint(text.length());
        for (int i = 0; i < text.length(); i++) {
            varint(text.charAt(i));
        }
    }

    /** An exact number: whole numbers of at most 62 bits in one varint, others as scale and two's complement. */
    void exact(BigDecimal value) {
        if (Math.abs((long) value.scale()) > Input.MOST_SCALE
                || value.unscaledValue().bitLength() >= 8 * Input.MOST_NUMBER_BYTES) {
            throw new IllegalArgumentException("a total has too many digits to be stored: scale " + value.scale() + ", "
                    + value.precision() + " digits");
        }
        if (value.scale() <= 0 && (long) value.precision() - value.scale() <= 19) {
            BigInteger whole = value.toBigIntegerExact();
            if (whole.bitLength() < 62) {
                long plain = whole.longValueExact();
                varint(((plain << 1) ^ (plain >> 63)) << 1);
                return;
            }
        }
        byte[] unscaled = value.unscaledValue().toByteArray();
        varint(((long) unscaled.length << 1) | 1);
        signed(value.scale());
        octets(unscaled);
    }

    int size() {
        return size;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }
}
