package io.cxmetrics;

import io.cxmetrics.field.Field;
import io.cxmetrics.field.FieldType;
import io.cxmetrics.field.Fields;
import java.time.Duration;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Three-valued logic written a second time, as naively as can be, to check the engine against: what is known, and whether
 * a rejected value was touched on the way.
 *
 * @param value true, false, or null where it is not known
 * @param rejected whether an operand was rejected
 */
public record Truth(Boolean value, boolean rejected) {
    public static final Truth TRUE = new Truth(true, false);
    public static final Truth FALSE = new Truth(false, false);
    public static final Truth MISSING = new Truth(null, false);
    public static final Truth REJECTED = new Truth(null, true);

    public static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** Whether a duration that must not be negative is at most a limit. */
    public static Truth atMost(Duration time, Duration limit) {
        return time == null ? MISSING : isTime(time) ? of(time.compareTo(limit) <= 0) : REJECTED;
    }

    /** Whether a duration is one that contact KPIs accept. */
    public static boolean isTime(Duration time) {
        return !time.isNegative() && time.compareTo(Duration.ofDays(36_525)) <= 0;
    }

    public Truth and(Truth other) {
        boolean touched = rejected || other.rejected;
        if (isFalse() || other.isFalse()) {
            return new Truth(false, touched);
        }
        return new Truth(isTrue() && other.isTrue() ? true : null, touched);
    }

    public Truth or(Truth other) {
        return not().and(other.not()).not();
    }

    public Truth not() {
        return new Truth(value == null ? null : !value, rejected);
    }

    public boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    public boolean isFalse() {
        return Boolean.FALSE.equals(value);
    }

    public boolean isUnknown() {
        return value == null;
    }

    /** Fields and a flag that can also be rejected, as a word in a file can. */
    public static <E> Fields<E> flag(Fields<E> fields, String name, Function<E, Truth> accessor) {
        return fields.with(Field.of(name, FieldType.FLAG), (batch, into) -> {
            for (int i = 0; i < batch.size(); i++) {
                Truth flag = accessor.apply(batch.get(i));
                if (flag.isUnknown() && flag.rejected()) {
                    into.reject(i, "?", "expected yes or no");
                } else if (flag.isUnknown()) {
                    into.setMissing(i);
                } else {
                    into.setFlag(i, flag.value());
                }
            }
        });
    }

    /** Mostly true and false, sometimes missing or rejected. */
    public static Arbitrary<Truth> any() {
        return Arbitraries.frequency(
                Tuple.of(6, TRUE), Tuple.of(6, FALSE), Tuple.of(1, MISSING), Tuple.of(1, REJECTED));
    }
}
