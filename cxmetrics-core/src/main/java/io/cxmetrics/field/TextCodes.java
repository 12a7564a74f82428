package io.cxmetrics.field;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives each distinct text a small number, 0, 1, 2, … in the order of appearance (open addressing). For engines. Mutable,
 * for one thread.
 *
 * @since 0.1
 */
public final class TextCodes {
    private final List<String> known = new ArrayList<>();
    private String[] texts = new String[64];

    /** Beside each text its hash, so that texts which differ are seldom looked into. */
    private int[] hashes = new int[64];

    private int[] codes = new int[64];

    /** No texts yet. */
    public TextCodes() {}

    /**
     * The number of distinct texts so far.
     *
     * @return the size
     */
    public int size() {
        return known.size();
    }

    /**
     * The text of a number.
     *
     * @param code a number that was given
     * @return the text
     */
    public String text(int code) {
        return known.get(code);
    }

    /**
     * The number of a text.
     *
     * @param text the text
     * @return its number, a new one if it has none
     */
    @SuppressWarnings("ReferenceEquality") // Most sources use one object for each of a few texts.
    public int code(String text) {
        int hash = text.hashCode();
        int mask = texts.length - 1;
        int slot = LongCodes.mix(hash) & mask;
        while (true) {
            String there = texts[slot];
            if (there == text) {
                return codes[slot];
            } else if (there == null) {
                return add(text, slot);
            } else if (hashes[slot] == hash && there.equals(text)) {
                return codes[slot];
            }
            slot = (slot + 1) & mask;
        }
    }

    private int add(String text, int slot) {
        int code = known.size();
        known.add(text);
        put(text, code, slot);
        if (known.size() * 2 > texts.length) {
            texts = new String[texts.length * 2];
            hashes = new int[texts.length];
            codes = new int[texts.length];
            for (int k = 0; k < known.size(); k++) {
                int free = LongCodes.mix(known.get(k).hashCode()) & (texts.length - 1);
                while (texts[free] != null) {
                    free = (free + 1) & (texts.length - 1);
                }
                put(known.get(k), k, free);
            }
        }
        return code;
    }

    private void put(String text, int code, int slot) {
        texts[slot] = text;
        hashes[slot] = text.hashCode();
        codes[slot] = code;
    }
}
