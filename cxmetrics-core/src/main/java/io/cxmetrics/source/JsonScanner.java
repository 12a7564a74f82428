package io.cxmetrics.source;

import io.cxmetrics.field.RowBlock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of columns in lines of JSON, each one object, among bytes. It reads what is plainly JSON (RFC 8259), checks
 * it to the last brace, and leaves everything else, valid or not, to whoever reads it closely: a member that is there twice,
 * an object where a value is needed, unusual names, and whatever is no JSON. Names are compared with those of the line before,
 * in their order, so that most are found by comparing bytes. Mutable, for one thread.
 */
final class JsonScanner {
    /** The line is to be read closely. */
    static final int ODD = -1;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long ZEROS = '0' * ONES;
    /** Added to a byte below 0x80, it carries into the high bit if the byte is no control character. */
    private static final long ABOVE_CONTROL = (0x80 - ' ') * ONES;
    /** Added to what a byte differs from a zero by, it carries into the high bit if that is above 9. */
    private static final long ABOVE_NINE = (0x80 - 10) * ONES;

    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;
    private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    /** What {@code false} has behind its first letter. */
    private static final int FALSE_REST = 'a' | 'l' << 8 | 's' << 16 | 'e' << 24;
    /** The bits by which the first letters of both differ. */
    private static final int TRUE_OR_FALSE = 't' ^ 'f';

    /** How many names of members are known apart in one object. */
    private static final int MOST_MEMBERS = 1 << 12;

    private static final int LONGEST_NAME = 1 << 10;
    private static final int LONGEST_NUMBER = 1 << 8;
    private static final int DEEPEST = 50;
    /** How many members an object that is not needed may have. */
    private static final int MOST_SKIPPED = 64;
    /** How many members may be left out and the next one still be found in the order of the line before. */
    private static final int LEFT_OUT = 4;

    private final Level root;
    private final boolean[] found;
    private long[] cells = {};
    private int into;
    private byte[] bytes = {};
    /** Where texts may be put that do not stand in the lines as they are. */
    private int free;

    /** The names of the objects that are being skipped, eight bytes of each. */
    private final long[] names = new long[DEEPEST * MOST_SKIPPED];

    private int namesEnd;
    private long objects;
    /** Whether the string that was read last has backslashes. */
    private boolean hasEscapes;

    /**
     * A scanner.
     *
     * @param columns the path of each column, with its place in the row
     */
    JsonScanner(Map<String, Integer> columns) {
        root = new Level();
        columns.forEach((path, place) -> root.add(path, place));
        found = new boolean[columns.size()];
    }

    /**
     * Goes to other lines.
     *
     * @param array the lines; what stands behind them may be overwritten
     * @param end the end of the lines
     * @param row the cells of rows
     */
    void begin(byte[] array, int end, long[] row) {
        bytes = array;
        bytes[end] = '\n';
        free = end + 1;
        cells = row;
    }

    /** The lines and the texts behind them, in which the cells lie; may be another array than the one that was given. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether a column had a value. */
    boolean isFound(int column) {
        return found[column];
    }

    /** The row has no cells yet. */
    void clear(int row, int width) {
        into = row * width;
        namesEnd = 0;
        Arrays.fill(cells, into, into + width, RowBlock.ABSENT);
    }

    /** Gives the row the text of a column. */
    void put(int column, String text) {
        put(column, text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(int column, byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, free, text.length);
        put(column, free, free + text.length);
        free += text.length;
    }

    private void put(int column, int from, int to) {
        cells[into + column] = RowBlock.cell(from, to - from, false);
        found[column] = true;
    }

    private void room(int length) {
        if (free + length + RowBlock.PADDING > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (bytes.length + length));
        }
    }

    /** Reads the line at an index into the row that was cleared last; returns the index of its end, or ODD. */
    int line(int from) {
        int at = afterBlanks(from);
        if (bytes[at] != '{') {
            return ODD;
        }
        at = object(at, root, 0);
        if (at == ODD) {
            return ODD;
        }
        at = afterBlanks(at);
        return bytes[at] == '\n' ? at : ODD;
    }

    private int afterBlanks(int from) {
        int at = from;
        while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r') {
            at++;
        }
        return at;
    }

    /** Reads an object of which columns are needed. */
    private int object(int from, Level level, int depth) {
        long object = ++objects;
        Member before = null;
        int at = afterBlanks(from + 1);
        if (bytes[at] == '}') {
            return at + 1;
        }
        while (true) {
            if (bytes[at] != '"') {
                return ODD;
            }
            Member member = level.next(before, bytes, at + 1);
            if (member == null) {
                member = unexpected(level, before, at + 1);
            }
            if (member == null || member.seen == object) {
                return ODD;
            }
            member.seen = object;
            before = member;
            at += member.length + 1;
            if (bytes[at] != ':') {
                at = afterBlanks(at);
                if (bytes[at] != ':') {
                    return ODD;
                }
            }
            at = value(afterBlanks(at + 1), member, depth);
            if (at == ODD) {
                return ODD;
            }
            at = afterBlanks(at);
            if (bytes[at] == '}') {
                return at + 1;
            } else if (bytes[at] != ',') {
                return ODD;
            }
            at = afterBlanks(at + 1);
        }
    }

    /** The member whose name begins at an index, if it is not the one that was to be expected; null if it is odd. */
    private @Nullable Member unexpected(Level level, @Nullable Member before, int from) {
        int end = string(from);
        if (end == ODD || hasEscapes || end - from > LONGEST_NAME) {
            return null;
        }
        return level.find(before, bytes, from, end);
    }

    /** Reads the value of a member. */
    private int value(int from, Member member, int depth) {
        int column = member.column;
        if (column < 0) {
            Level inside = member.level;
            if (bytes[from] != '{' || inside == null) {
                return skip(from, depth + 1);
            }
            return depth < DEEPEST ? object(from, inside, depth + 1) : ODD;
        }
        byte first = bytes[from];
        if (first == '"') {
            int end = string(from + 1);
            if (end == ODD || (hasEscapes && !putUnescaped(column, from + 1, end - 1))) {
                return ODD;
            } else if (!hasEscapes) {
                put(column, from + 1, end - 1);
            }
            return end;
        } else if (first == 'n') {
            return four(from) == NULL ? from + 4 : ODD;
        }
        int end = first == '{' || first == '[' ? ODD : skip(from, depth);
        if (end != ODD) {
            put(column, from, end);
        }
        return end;
    }

    /** Checks a value that is not needed; returns the index behind it. */
    private int skip(int from, int depth) {
        byte first = bytes[from];
        if (first == '"') {
            return string(from + 1);
        } else if ((first | TRUE_OR_FALSE) == ('t' | 'f')) {
            // Which of the two it is is often a matter of chance, and therefore no branch.
            int isFalse = ((first ^ 't') & TRUE_OR_FALSE) >> 4;
            int rest = TRUE + isFalse * (FALSE_REST - TRUE);
            return four(from + isFalse) == rest ? from + 4 + isFalse : ODD;
        } else if (first == 'n') {
            return four(from) == NULL ? from + 4 : ODD;
        } else if (first == '{' || first == '[') {
            return depth < DEEPEST ? skipInside(from, depth) : ODD;
        }
        return number(from);
    }

    private int skipInside(int from, int depth) {
        boolean isObject = bytes[from] == '{';
        byte close = (byte) (isObject ? '}' : ']');
        int outer = namesEnd;
        int at = afterBlanks(from + 1);
        if (bytes[at] == close) {
            return at + 1;
        }
        while (true) {
            if (isObject) {
                int end = bytes[at] == '"' ? string(at + 1) : ODD;
                if (end == ODD || hasEscapes || end - at > LONGEST_NAME || !isNew(at, end, outer)) {
                    return ODD;
                }
                at = afterBlanks(end);
                if (bytes[at] != ':') {
                    return ODD;
                }
                at = afterBlanks(at + 1);
            }
            at = skip(at, depth + 1);
            if (at == ODD) {
                return ODD;
            }
            at = afterBlanks(at);
            if (bytes[at] == close) {
                namesEnd = outer;
                return at + 1;
            } else if (bytes[at] != ',') {
                return ODD;
            }
            at = afterBlanks(at + 1);
        }
    }

    /** Whether a name is plainly not among those of the object before it; two that look alike are read closely. */
    private boolean isNew(int from, int end, int firstName) {
        long word = (long) EIGHT.get(bytes, from);
        long last = (long) EIGHT.get(bytes, Math.max(from, end - Long.BYTES));
        int left = end - from - Long.BYTES;
        long name = left >= 0 ? word * 31 + last : word & (-1L >>> (-left * Byte.SIZE));
        if (((word | last) & HIGH) != 0) {
            // Bytes that are no text are all read as the same character.
            name = HIGH;
        }
        for (int i = firstName; i < namesEnd; i++) {
            if (names[i] == name) {
                return false;
            }
        }
        if (namesEnd - firstName == MOST_SKIPPED || namesEnd == names.length) {
            return false;
        }
        names[namesEnd++] = name;
        return true;
    }

    private int four(int at) {
        return (int) (long) EIGHT.get(bytes, at);
    }

    /** Finds the end of a string whose first byte stands at an index; returns the index behind its closing quote. */
    private int string(int from) {
        hasEscapes = false;
        int at = from;
        while (true) {
            long eight = (long) EIGHT.get(bytes, at);
            long low = eight & LOW;
            long others = ((low ^ QUOTES) + LOW) & ((low ^ BACKSLASHES) + LOW) & (low + ABOVE_CONTROL);
            long marks = ~(others | eight) & HIGH;
            if (marks == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Long.numberOfTrailingZeros(marks) >>> 3;
            if (bytes[at] == '"') {
                return at + 1;
            } else if (bytes[at] != '\\') {
                return ODD;
            }
            hasEscapes = true;
            int escape = bytes[at + 1];
            if (escape == 'u') {
                if (hex(at + 2) < 0) {
                    return ODD;
                }
                at += 6;
            } else if (unescaped(escape) != 0) {
                at += 2;
            } else {
                return ODD;
            }
        }
    }

    /** The byte that stands for the one behind a backslash, or 0 if there is none. */
    private static int unescaped(int escape) {
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> 0;
        };
    }

    /** Four hexadecimal digits, or a number below 0. */
    private int hex(int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** Puts a text with backslashes, resolved; returns false if half a character stands in it. */
    private boolean putUnescaped(int column, int from, int to) {
        room(to - from);
        int end = free;
        for (int at = from; at < to; ) {
            if (bytes[at] != '\\') {
                bytes[end++] = bytes[at++];
            } else if (bytes[at + 1] != 'u') {
                bytes[end++] = (byte) unescaped(bytes[at + 1]);
                at += 2;
            } else {
                int unit = hex(at + 2);
                at += 6;
                int other = bytes[at] == '\\' && bytes[at + 1] == 'u' ? hex(at + 2) : -1;
                if (Character.isSurrogate((char) unit)) {
                    if (other < 0 || !Character.isSurrogatePair((char) unit, (char) other)) {
                        return false;
                    }
                    unit = Character.toCodePoint((char) unit, (char) other);
                    at += 6;
                }
                // Six bytes of the line stand for at most three, and twelve for four: there is room.
                end = encode(unit, end);
            }
        }
        put(column, free, end);
        free = end;
        return true;
    }

    private int encode(int point, int from) {
        int end = from;
        if (point < 0x80) {
            bytes[end++] = (byte) point;
            return end;
        } else if (point < 0x800) {
            bytes[end++] = (byte) (0xC0 | point >> 6);
        } else {
            if (point < 0x10000) {
                bytes[end++] = (byte) (0xE0 | point >> 12);
            } else {
                bytes[end++] = (byte) (0xF0 | point >> 18);
                bytes[end++] = (byte) (0x80 | (point >> 12 & 0x3F));
            }
            bytes[end++] = (byte) (0x80 | (point >> 6 & 0x3F));
        }
        bytes[end++] = (byte) (0x80 | (point & 0x3F));
        return end;
    }

    /** Finds the end of a number. */
    private int number(int from) {
        int first = bytes[from] == '-' ? from + 1 : from;
        int at = afterDigits(first);
        if (at == first || (bytes[first] == '0' && at > first + 1)) {
            return ODD;
        }
        if (bytes[at] == '.') {
            int point = at + 1;
            at = afterDigits(point);
            if (at == point) {
                return ODD;
            }
        }
        if (bytes[at] == 'e' || bytes[at] == 'E') {
            int exponent = bytes[at + 1] == '+' || bytes[at + 1] == '-' ? at + 2 : at + 1;
            at = afterDigits(exponent);
            if (at == exponent) {
                return ODD;
            }
        }
        return at - from <= LONGEST_NUMBER ? at : ODD;
    }

    private int afterDigits(int from) {
        int at = from;
        while (true) {
            long digits = (long) EIGHT.get(bytes, at) ^ ZEROS;
            long others = ((digits + ABOVE_NINE) | digits) & HIGH;
            if (others != 0) {
                return at + (Long.numberOfTrailingZeros(others) >>> 3);
            }
            at += Long.BYTES;
        }
    }

    /** The members of an object that were met or are needed. */
    private static final class Level {
        /** By the hash of their names; one behind another where the place is taken. */
        private @Nullable Member[] members = new @Nullable Member[64];

        private int size;
        /** The first one in the usual order. */
        private @Nullable Member first;

        /** A column; a dot may be part of its name or stand between names: both are the column. */
        private void add(String path, int column) {
            needed(path).column = column;
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                Member outer = needed(path.substring(0, dot));
                Level inside = outer.level == null ? new Level() : outer.level;
                outer.level = inside;
                inside.add(path.substring(dot + 1), column);
            }
        }

        private Member needed(String name) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            int slot = slot(bytes, 0, bytes.length);
            Member known = members[slot];
            return known == null ? put(new Member(bytes), slot) : known;
        }

        /** The member whose name begins at an index, if it is one of the next in the usual order. */
        private @Nullable Member next(@Nullable Member before, byte[] bytes, int from) {
            Member member = before == null ? first : before.next;
            for (int i = 0; member != null && i < LEFT_OUT; i++) {
                if (member.isAt(bytes, from)) {
                    return member;
                }
                member = member.next;
            }
            return null;
        }

        /** The member of a name, a new one if it was not met yet; null if there are too many, or the name is no text. */
        private @Nullable Member find(@Nullable Member before, byte[] bytes, int from, int end) {
            int slot = slot(bytes, from, end - 1);
            Member member = members[slot];
            if (member == null) {
                byte[] name = Arrays.copyOfRange(bytes, from, end - 1);
                String text = new String(name, StandardCharsets.UTF_8);
                if (size == MOST_MEMBERS || !Arrays.equals(name, text.getBytes(StandardCharsets.UTF_8))) {
                    return null;
                }
                member = put(new Member(name), slot);
            }
            if (!member.isOrdered) {
                member.isOrdered = true;
                if (before == null) {
                    member.next = first;
                    first = member;
                } else {
                    member.next = before.next;
                    before.next = member;
                }
            }
            return member;
        }

        private Member put(Member member, int slot) {
            members[slot] = member;
            size++;
            if (2 * size > members.length) {
                @Nullable Member[] fewer = members;
                members = new @Nullable Member[2 * fewer.length];
                for (Member known : fewer) {
                    if (known != null) {
                        members[slot(known.name, 0, known.name.length)] = known;
                    }
                }
            }
            return member;
        }

        /** The slot of a name, which is empty if no member has it. */
        private int slot(byte[] bytes, int from, int to) {
            int hash = 0;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + bytes[i];
            }
            int slot = (hash ^ hash >>> 16) & (members.length - 1);
            Member there = members[slot];
            while (there != null && !Arrays.equals(there.name, 0, there.name.length, bytes, from, to)) {
                slot = (slot + 1) & (members.length - 1);
                there = members[slot];
            }
            return slot;
        }
    }

    private static final class Member {
        private final byte[] name;
        /** The name and the quote behind it, eight bytes each, the last ones followed by zeros. */
        private final long[] words;
        /** How many bytes of the last word count. */
        private final long lastMask;
        /** Of the name and the quote. */
        private final int length;

        private int column = -1;
        private @Nullable Level level;
        /** The object in which it was met last. */
        private long seen;
        /** Whether it has a place in the usual order, and which member follows there. */
        private boolean isOrdered;

        private @Nullable Member next;

        Member(byte[] name) {
            this.name = name;
            length = name.length + 1;
            words = new long[(length + Long.BYTES - 1) / Long.BYTES];
            byte[] padded = Arrays.copyOf(name, words.length * Long.BYTES);
            padded[name.length] = '"';
            for (int i = 0; i < words.length; i++) {
                words[i] = (long) EIGHT.get(padded, i * Long.BYTES);
            }
            lastMask = -1L >>> ((words.length * Long.BYTES - length) * Byte.SIZE);
        }

        private boolean isAt(byte[] bytes, int from) {
            int last = words.length - 1;
            int at = from;
            for (int i = 0; i < last; i++) {
                if ((long) EIGHT.get(bytes, at) != words[i]) {
                    return false;
                }
                // No name goes over the end of a line, behind which there may be few bytes.
                at += Long.BYTES;
            }
            return (((long) EIGHT.get(bytes, at) ^ words[last]) & lastMask) == 0;
        }
    }
}
