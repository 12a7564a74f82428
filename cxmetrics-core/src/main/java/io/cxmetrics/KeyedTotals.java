package io.cxmetrics;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts and sums for each key, such as each customer: what an {@link Aggregate.Keyed} came to.
 *
 * <p><b>Privacy:</b> of a key it keeps the first 64 bits of its SHA-256 hash, never the key. That is a pseudonym, not
 * anonymity: who has a list of all customers can hash it and find them. Where this matters, supply the field already hashed
 * with a secret of your own (an HMAC); what is supplied is hashed once more, which changes nothing else. Store and share
 * such a total as you would a table of customers.
 *
 * <p><b>Collisions:</b> two customers share a hash with a probability of n² / 2<sup>65</sup>: one in 37 million for a million
 * customers. They then count as one.
 *
 * <p><b>Cost:</b> not small: for each key 8 bytes, and 4 to 50 for each number. Merging takes the time of both. Immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public final class KeyedTotals implements Total {
    private static final HexFormat HEX = HexFormat.of();

    /** In rising order. */
    private final long[] keys;
    /** {@code [aggregate][key]}, each without trailing zeros so that equal numbers are equal. */
    private final BigDecimal[][] sums;

    private KeyedTotals(long[] keys, BigDecimal[][] sums) {
        this.keys = keys;
        this.sums = sums;
    }

    /**
     * No keys.
     *
     * @param aggregates how many numbers each key has
     * @return the empty totals
     */
    public static KeyedTotals empty(int aggregates) {
        return new KeyedTotals(new long[0], new BigDecimal[aggregates][0]);
    }

    /**
     * Totals from their parts, for those who stored or computed them.
     *
     * @param aggregates how many numbers each key has
     * @param byKey the numbers of each hashed key, in the order of the aggregates
     * @return the totals
     * @throws IllegalArgumentException if a key has another number of numbers
     */
    public static KeyedTotals of(int aggregates, Map<Long, ? extends List<BigDecimal>> byKey) {
        long[] keys = new long[byKey.size()];
        BigDecimal[][] sums = new BigDecimal[aggregates][keys.length];
        int at = 0;
        for (Map.Entry<Long, ? extends List<BigDecimal>> entry : new TreeMap<>(byKey).entrySet()) {
            if (entry.getValue().size() != aggregates) {
                throw new IllegalArgumentException("each key needs " + aggregates + " numbers; " + shown(entry.getKey())
                        + " has " + entry.getValue().size());
            }
            keys[at] = entry.getKey();
            for (int a = 0; a < aggregates; a++) {
                sums[a][at] = canonical(entry.getValue().get(a));
            }
            at++;
        }
        return new KeyedTotals(keys, sums);
    }

    /**
     * Totals from their columns, for those who stored them: the form that needs the least memory.
     *
     * @param keys the hashed keys in rising order; copied
     * @param sums for each aggregate the numbers of the keys, in their order; copied
     * @return the totals
     * @throws IllegalArgumentException if the keys do not rise, or an aggregate has another number of numbers than there are
     *     keys
     */
    public static KeyedTotals of(long[] keys, BigDecimal[][] sums) {
        for (int i = 1; i < keys.length; i++) {
            if (keys[i - 1] >= keys[i]) {
                throw new IllegalArgumentException(
                        "hashed keys need to rise; " + shown(keys[i]) + " follows " + shown(keys[i - 1]));
            }
        }
        BigDecimal[][] copies = new BigDecimal[sums.length][keys.length];
        for (int a = 0; a < sums.length; a++) {
            if (sums[a].length != keys.length) {
                throw new IllegalArgumentException(
                        "each of " + keys.length + " keys needs a number; found " + sums[a].length);
            }
            for (int i = 0; i < keys.length; i++) {
                copies[a][i] = canonical(sums[a][i]);
            }
        }
        return new KeyedTotals(keys.clone(), copies);
    }

    /** Small whole numbers, which most counts are, are shared. */
    private static BigDecimal canonical(BigDecimal number) {
        BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return stripped.scale() == 0 && stripped.precision() == 1 ? BigDecimal.valueOf(stripped.longValue()) : stripped;
    }

    /**
     * What is kept of a key.
     *
     * @param key the key as the field has it
     * @return the first 64 bits of the SHA-256 hash of its UTF-8 form
     */
    public static long hash(String key) {
        byte[] digest = sha256().digest(key.getBytes(StandardCharsets.UTF_8));
        long hash = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            hash = (hash << 8) | (digest[i] & 0xFF);
        }
        return hash;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * A hashed key as text.
     *
     * @param hash the hash
     * @return 16 hexadecimal digits
     */
    public static String shown(long hash) {
        return HEX.toHexDigits(hash);
    }

    /**
     * A hashed key from its text.
     *
     * @param shown 16 hexadecimal digits
     * @return the hash
     * @throws IllegalArgumentException if it is anything else
     */
    public static long parse(String shown) {
        if (!shown.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("\"" + shown + "\" is not 16 hexadecimal digits in lower case");
        }
        return HexFormat.fromHexDigitsToLong(shown);
    }

    /**
     * How many keys there are.
     *
     * @return the number of distinct hashes
     */
    public int size() {
        return keys.length;
    }

    /**
     * How many numbers each key has.
     *
     * @return the number of aggregates
     */
    public int aggregates() {
        return sums.length;
    }

    /**
     * The hash at a place.
     *
     * @param index from 0 to size − 1; hashes rise
     * @return the hash
     */
    public long key(int index) {
        return keys[index];
    }

    /**
     * A number of a key.
     *
     * @param aggregate the index of the aggregate
     * @param index the place of the key
     * @return the count or exact sum
     */
    public BigDecimal sum(int aggregate, int index) {
        return sums[aggregate][index];
    }

    @Override
    public KeyedTotals plus(Total other) {
        KeyedTotals that = (KeyedTotals) other;
        if (keys.length == 0 || that.keys.length == 0) {
            return keys.length == 0 ? that : this;
        }
        long[] union = new long[keys.length + that.keys.length];
        BigDecimal[][] both = new BigDecimal[sums.length][union.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < keys.length || j < that.keys.length) {
            boolean left = j == that.keys.length || (i < keys.length && keys[i] <= that.keys[j]);
            boolean right = i == keys.length || (j < that.keys.length && that.keys[j] <= keys[i]);
            union[size] = left ? keys[i] : that.keys[j];
            for (int a = 0; a < sums.length; a++) {
                both[a][size] = left && right
                        ? canonical(sums[a][i].add(that.sums[a][j]))
                        : left ? sums[a][i] : that.sums[a][j];
            }
            size++;
            i += left ? 1 : 0;
            j += right ? 1 : 0;
        }
        for (int a = 0; a < both.length; a++) {
            both[a] = Arrays.copyOf(both[a], size);
        }
        return new KeyedTotals(Arrays.copyOf(union, size), both);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyedTotals that
                && Arrays.equals(keys, that.keys)
                && Arrays.deepEquals(sums, that.sums);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(keys) + Arrays.deepHashCode(sums);
    }

    @Override
    public String toString() {
        return keys.length + (keys.length == 1 ? " key" : " keys");
    }
}
