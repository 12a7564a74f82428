package io.cxmetrics.okr.evaluation;

import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.KeyResult;
import io.cxmetrics.okr.Warning;
import io.cxmetrics.okr.tracking.CheckIn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Where a key result stands, and why. Immutable and thread-safe.
 *
 * @param keyResult the key result
 * @param cycle its days: its own, or those of its objective
 * @param unit the unit of its values
 * @param kpi the KPI that measures it; null for check-ins
 * @param touchpoint the touchpoint that it is about, or null
 * @param verdict the status and what decided it
 * @param expected the expected progress, 0…1
 * @param measured the measurement, or null; of a level that is held, its current state
 * @param held how well a level was held over the periods; null if its current state decides, or no period has a value
 * @param chance the chance of meeting the target, or its refusal; null if nobody was asked
 * @param checkIn the latest check-in, also of a key result that a KPI measures, for confidence and note; or null
 * @param score the score at the close, or null before; a guard and a baseline have none
 * @param noData why there is no measurement; empty if there is one
 * @param notes what a reader should know about the data
 * @param warnings what is probably not meant
 * @since 0.1
 */
public record KeyResultReport(
        KeyResult keyResult,
        Cycle cycle,
        Unit unit,
        @Nullable Kpi<?> kpi,
        @Nullable Touchpoint touchpoint,
        Verdict verdict,
        double expected,
        @Nullable Measurement measured,
        @Nullable Held held,
        @Nullable Chance chance,
        @Nullable CheckIn checkIn,
        @Nullable Score score,
        String noData,
        List<String> notes,
        List<Warning> warnings) {

    /** Copies the lists. */
    public KeyResultReport {
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    /**
     * The status.
     *
     * @return that of the verdict
     */
    public Status status() {
        return verdict.status();
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
     * The measured value in the base unit.
     *
     * @return the value, if there is a measurement
     */
    public OptionalDouble value() {
        return measured == null ? OptionalDouble.empty() : OptionalDouble.of(measured.value());
    }

    /**
     * The progress.
     *
     * @return the progress, if there is a measurement and the key result is not a baseline
     */
    public Optional<Progress> progress() {
        if (!keyResult.hasProgress()) {
            return Optional.empty();
        } else if (keyResult.hold() != null) {
            return held == null ? Optional.empty() : Optional.of(held.progress());
        }
        return measurement().map(m -> Progress.of(keyResult.target(), m.value()));
    }

    /**
     * Whether the target is met, and how surely.
     *
     * @return the attainment, if there is a measurement
     */
    public Optional<Attainment> attainment() {
        if (keyResult.hold() != null) {
            return held == null ? Optional.empty() : Optional.of(held.attainment());
        }
        return measurement()
                .map(m -> m.estimate() == null
                        ? Attainment.of(keyResult.target(), m.value())
                        : Attainment.of(keyResult.target(), m.value(), m.interval()));
    }

    /**
     * Whether this is a guard that does not hold, or of which nobody knows.
     *
     * @return true unless its target is met by a value that is not stale; false for what is not a guard
     */
    public boolean isBrokenGuard() {
        return keyResult.guard()
                && (attainment().isEmpty() || !attainment().get().isMet() || status() == Status.STALE);
    }

    /**
     * The probability of meeting the target.
     *
     * @return the probability, if there is a forecast
     */
    public OptionalDouble probability() {
        return chance == null ? OptionalDouble.empty() : chance.probability();
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
