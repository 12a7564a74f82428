package io.cxmetrics.field;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of numbers and signs, such as {@code d.M.yyyy HH:mm}, read without {@code java.time}; see {@link TimeText}.
 * Immutable and thread-safe.
 */
final class TimePattern {
    /** The letters of the numbers, each with the index of its value. */
    private static final String LETTERS = "yMdHmsS";

    private static final int[] FIRST = {-1, -1, -1, 0, 0, 0, 0};

    /** A number of so many digits, one or two if there is one letter; or a sign, if the letter is −1. */
    private record Part(int letter, int width, char sign) {}

    private final List<Part> parts;

    private TimePattern(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * The pattern.
     *
     * @param isTime whether hours and minutes must be there; otherwise nothing but the date may be
     * @return the pattern, or null if it has anything but numbers, signs and quoted words
     */
    static @Nullable TimePattern of(String pattern, boolean isTime) {
        List<Part> parts = new ArrayList<>();
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < pattern.length(); ) {
            char c = pattern.charAt(i);
            int end = i + 1;
            if (c == '\'') {
                end = pattern.indexOf('\'', i + 1);
                if (end <= i + 1 || pattern.startsWith("'", end + 1)) {
                    return null;
                }
                for (int q = i + 1; q < end; q++) {
                    if ("?\"".indexOf(pattern.charAt(q)) >= 0) {
                        return null;
                    }
                    parts.add(new Part(-1, 1, pattern.charAt(q)));
                }
                end++;
            } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                int letter = LETTERS.indexOf(c == 'u' ? 'y' : c);
                int width = end - i;
                boolean isKnown = letter == 0 ? width == 4 : letter == 6 ? width <= 6 : letter > 0 && width <= 2;
                boolean isApart = parts.isEmpty() || parts.get(parts.size() - 1).letter() < 0;
                boolean isFixed = width > 1 || letter == 6;
                boolean afterFixed = isApart || parts.get(parts.size() - 1).width() > 1;
                if (!isKnown
                        || letters.indexOf(String.valueOf(LETTERS.charAt(letter))) >= 0
                        || (!isApart && !(isFixed && afterFixed))) {
                    return null;
                }
                letters.append(LETTERS.charAt(letter));
                parts.add(new Part(letter, width, ' '));
            } else if ("[]{}#?\"".indexOf(c) >= 0 || c > '~') {
                return null;
            } else {
                parts.add(new Part(-1, 1, c));
            }
            i = end;
        }
        String all = letters.toString();
        boolean isDate = has(all, "yMd");
        boolean fits = isTime ? has(all, "Hm") && (!has(all, "S") || has(all, "s")) : all.length() == 3;
        return isDate && fits ? new TimePattern(parts) : null;
    }

    private static boolean has(String letters, String needed) {
        return needed.chars().allMatch(c -> letters.indexOf(c) >= 0);
    }

    /** The values of the letters in their order, or null if the text is not plainly of this pattern. */
    private int @Nullable [] values(byte[] text, int from, int to) {
        int[] values = FIRST.clone();
        int at = from;
        for (Part part : parts) {
            if (part.letter() < 0) {
                if (at >= to || text[at] != part.sign()) {
                    return null;
                }
                at++;
                continue;
            }
            int end = at + part.width();
            boolean isVariable = part.width() == 1 && part.letter() != 6;
            if (isVariable && end < to && text[end] >= '0' && text[end] <= '9') {
                end++;
            }
            if (end > to) {
                return null;
            }
            int value = Digits.number(text, at, end);
            if (value < 0) {
                return null;
            }
            for (int scale = part.width(); part.letter() == 6 && scale < 6; scale++) {
                value *= 10;
            }
            values[part.letter()] = value;
            at = end;
        }
        return at == to ? values : null;
    }

    long date(String text) {
        byte[] bytes = TimeText.bytes(text);
        return date(bytes, 0, bytes.length);
    }

    /** The day of the epoch, or {@link TimeText#UNKNOWN}. */
    long date(byte[] text, int from, int to) {
        int[] v = values(text, from, to);
        return v == null ? TimeText.UNKNOWN : TimeText.epochDay(v[0], v[1], v[2]);
    }

    long local(String text) {
        byte[] bytes = TimeText.bytes(text);
        return local(bytes, 0, bytes.length);
    }

    /** Microseconds on the clock since the epoch, or {@link TimeText#UNKNOWN}. */
    long local(byte[] text, int from, int to) {
        int[] v = values(text, from, to);
        return v == null
                ? TimeText.UNKNOWN
                : TimeText.local(TimeText.epochDay(v[0], v[1], v[2]), v[3], v[4], v[5], v[6]);
    }
}
