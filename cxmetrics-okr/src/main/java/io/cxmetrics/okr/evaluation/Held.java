package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.Hold;
import io.cxmetrics.time.Period;
import java.util.List;

/**
 * How well a level was held over the periods of a cycle. Immutable and thread-safe.
 *
 * <p><b>Formula:</b> for a share of periods, met / measured; for successes, met / planned, which may pass 1.
 *
 * @param hold what is counted
 * @param met the periods whose value meets the target
 * @param missed the periods whose value does not
 * @param withoutValue the periods that have ended without a value, which count neither way in a share
 * @param planned for successes, how many have to be met; 0 for a share
 * @since 0.1
 */
public record Held(Hold hold, List<Period> met, List<Period> missed, List<Period> withoutValue, int planned) {
    /** Copies the lists. */
    public Held {
        met = List.copyOf(met);
        missed = List.copyOf(missed);
        withoutValue = List.copyOf(withoutValue);
    }

    /**
     * How many periods have a value.
     *
     * @return those met and those missed
     */
    public int measured() {
        return met.size() + missed.size();
    }

    /**
     * The progress.
     *
     * @return met / measured or met / planned
     * @throws IllegalStateException if no period has a value
     */
    public Progress progress() {
        int of = hold.count() == Hold.Count.SUCCESSES ? planned : measured();
        if (measured() == 0 || of == 0) {
            throw new IllegalStateException("no " + hold.grain().word() + " has a value yet");
        }
        return new Progress((double) met.size() / of);
    }

    /**
     * Whether the target is met.
     *
     * @return met if no period was missed, or as many were met as planned
     */
    public Attainment attainment() {
        boolean is = hold.count() == Hold.Count.SUCCESSES ? met.size() >= planned : missed.isEmpty();
        return is && measured() > 0 ? Attainment.MET : Attainment.NOT_MET;
    }
}
