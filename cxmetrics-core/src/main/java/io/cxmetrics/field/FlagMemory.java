package io.cxmetrics.field;

/**
 * The words for true and false as they are written, found by their bytes: the usual file has one of each, which cost two
 * comparisons and no branch; others are found as texts are. Mutable, for one thread.
 */
final class FlagMemory {
    private final TextMemory others = new TextMemory();
    private long trueHead;
    private int trueShape = -1;
    private long falseHead;
    private int falseShape = -1;

    /** The length of a cell and how it is quoted, by its lower half. */
    private static int shape(long cell) {
        return (int) cell;
    }

    /** 1 for 0, and 0 for any other number. */
    private static int isZero(long number) {
        return (int) ((number | -number) >>> (Long.SIZE - 1)) ^ 1;
    }

    /** {@link Column#KNOWN}, {@link Column#FALSE}, or {@link Column#MISSING} if the word is not known yet. */
    byte state(byte[] bytes, long cell) {
        int length = RowBlock.length(cell);
        int from = RowBlock.from(cell);
        if (length <= Digits.EIGHT) {
            long head = Digits.first(Digits.eight(bytes, from), length);
            int isTrue = isZero((head ^ trueHead) | (shape(cell) ^ trueShape));
            int isFalse = isZero((head ^ falseHead) | (shape(cell) ^ falseShape));
            int state = isTrue * Column.KNOWN | isFalse * Column.FALSE;
            if (state != Column.MISSING) {
                return (byte) state;
            }
        }
        int number = length == 0 || RowBlock.isDoubled(cell) ? -1 : others.find(bytes, from, length);
        return number < 0 ? Column.MISSING : others.state(number);
    }

    /** Remembers what a word means, unless it is an error. */
    void add(byte[] bytes, long cell, byte state) {
        int length = RowBlock.length(cell);
        int from = RowBlock.from(cell);
        if (length == 0 || RowBlock.isDoubled(cell) || state == Column.REJECTED || state == Column.MISSING) {
            return;
        }
        others.add(bytes, from, length, "", state);
        if (length <= Digits.EIGHT && state == Column.KNOWN && trueShape < 0) {
            trueHead = Digits.first(Digits.eight(bytes, from), length);
            trueShape = shape(cell);
        } else if (length <= Digits.EIGHT && state == Column.FALSE && falseShape < 0) {
            falseHead = Digits.first(Digits.eight(bytes, from), length);
            falseShape = shape(cell);
        }
    }
}
