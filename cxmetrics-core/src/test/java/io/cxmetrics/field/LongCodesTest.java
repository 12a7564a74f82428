package io.cxmetrics.field;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongCodesTest {

    /** Keys close together, far apart, at first close and then not, and at both ends of the range. */
    @ParameterizedTest
    @CsvSource({
        "1000, 1, 0",
        "50000, 1, -25000",
        "50000, 1048583, -7",
        "70, 1, 9223372036854775700",
        "3, 1, -9223372036854775808"
    })
    void numbersAreThoseOfAMap(int keys, long apart, long from) {
        SplittableRandom random = new SplittableRandom(keys);
        LongCodes codes = new LongCodes();
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < 4 * keys; i++) {
            boolean isFar = i > 2 * keys && random.nextInt(100) == 0;
            long key = isFar ? random.nextLong() : from + random.nextInt(Math.min(keys, i + 1)) * apart;
            int next = expected.size();
            int number = expected.computeIfAbsent(key, k -> next);
            assertEquals(number, codes.code(key));
            assertEquals(key, codes.key(number));
            assertEquals(expected.size(), codes.size());
        }
    }
}
