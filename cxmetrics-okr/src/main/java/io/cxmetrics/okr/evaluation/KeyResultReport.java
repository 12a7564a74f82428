package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Kpi;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.okr.KeyResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Where a key result stands, and why. Immutable and thread-safe.
 *
 * @param keyResult the key result
 * @param kpi the KPI that measures it
 * @param touchpoint the touchpoint that it is about, or null
 * @param status the status
 * @param expected the expected progress, 0…1
 * @param measured the measurement, or null
 * @param noData why there is no measurement; empty if there is one
 * @param notes what a reader should know about the data
 * @param warnings what is probably not meant
 * @since 0.1
 */
public record KeyResultReport(
        KeyResult keyResult,
        Kpi<?> kpi,
        @Nullable Touchpoint touchpoint,
        Status status,
        double expected,
        @Nullable Measurement measured,
        String noData,
        List<String> notes,
        List<Warning> warnings) {

    /** Copies the lists. */
    public KeyResultReport {
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    /**
     * The measurement.
     *
     * @return the measurement, if there is one
     */
    public Optional<Measurement> measurement() {
        return Optional.ofNullable(measured);
    }

    /**
     * The measured value in the base unit of the KPI.
     *
     * @return the value, if there is a measurement
     */
    public OptionalDouble value() {
        return measured == null ? OptionalDouble.empty() : OptionalDouble.of(measured.value());
    }

    /**
     * The progress.
     *
     * @return the progress, if there is a measurement
     */
    public Optional<Progress> progress() {
        return measurement().map(m -> Progress.of(keyResult.target(), m.value()));
    }

    /**
     * Whether the target is met, and how surely.
     *
     * @return the attainment, if there is a measurement
     */
    public Optional<Attainment> attainment() {
        return measurement().map(m -> Attainment.of(keyResult.target(), m.value(), m.interval()));
    }

    /**
     * The verdict as a person would say it.
     *
     * @param locale decides how numbers are written
     * @return such as {@code 5.0 min → 4.1 min of 3.0 min (95 % 4.0…4.2); 45 % done, 49 % expected: behind}
     */
    public String sentence(Locale locale) {
        return new Wording(locale).verdict(this);
    }

    /** The id and the verdict with a decimal point. */
    @Override
    public String toString() {
        return keyResult.id() + ": " + sentence(Locale.ROOT);
    }
}
