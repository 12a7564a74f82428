package io.cxmetrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MomentsTest {

    /** The short way for whole numbers gives the bits of the long one, in 60 digits. */
    @Property
    void quotientsAreTheNearestDoubles(
            @ForAll long numerator,
            @ForAll long denominator,
            @ForAll @IntRange(max = 62) int less,
            @ForAll @IntRange(max = 62) int lessBelow) {
        BigDecimal above = BigDecimal.valueOf(numerator >> less).stripTrailingZeros();
        BigDecimal below = BigDecimal.valueOf((denominator >> lessBelow) | 1).stripTrailingZeros();
        double expected = above.divide(below, new MathContext(60)).doubleValue();
        assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(Moments.quotient(above, below)));
    }
}
