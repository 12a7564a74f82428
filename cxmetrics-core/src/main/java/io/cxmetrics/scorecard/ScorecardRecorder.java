package io.cxmetrics.scorecard;

import io.cxmetrics.field.Batch;
import io.cxmetrics.field.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows from many threads, for a service that counts while it works. {@link #drain} hands over what has come since the
 * last drain, each row exactly once, to be stored and merged.
 *
 * <pre>{@code
 * ScorecardRecorder<Call> recorder = card.recorder();
 * recorder.add(call);                                      // any thread
 * Files.write(file, State.write(recorder.drain()));        // every minute, say
 * }</pre>
 *
 * <p><b>Guarantees:</b> a row whose {@link #add} has returned is in the next snapshot or drain that begins; a row that is
 * being added at the same time is in this one or in the next. Values and lines that are set aside are counted; a
 * {@link RejectPolicy} that fails does not fail a recorder. A row whose accessors throw is counted as a broken line with the
 * exception as its reason, and costs no other row its place.
 *
 * <p><b>Cost:</b> threads spread over as many runs as there are processors, at most {@value #MOST_STRIPES}; adding takes an
 * uncontended lock. Each run keeps the buffers of one batch and its own cells until it is drained. Records that are not
 * {@link Located} are numbered within their run.
 *
 * <p>Mutable and thread-safe.
 *
 * @param <E> the type of the records
 * @since 0.1
 */
public final class ScorecardRecorder<E> {
    /** The most runs. */
    static final int MOST_STRIPES = 16;

    private final Scorecard<E> scorecard;
    private final List<Stripe<E>> stripes = new ArrayList<>();

    ScorecardRecorder(Scorecard<E> scorecard) {
        this.scorecard = scorecard;
        int size = Math.min(MOST_STRIPES, Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < size; i++) {
            stripes.add(new Stripe<>());
        }
    }

    /** A run and the rows that wait for it; guarded by itself. */
    private static final class Stripe<E> {
        private final List<E> waiting = new ArrayList<>();
        private @Nullable ScorecardRun<E> run;

        private ScorecardRun<E> run(Scorecard<E> scorecard) {
            ScorecardRun<E> present = run;
            if (present == null) {
                present = scorecard.startCounting();
                run = present;
            }
            return present;
        }

        /** Evaluates the waiting rows, all at once; one by one if one of them cannot be read. */
        private void flush(Scorecard<E> scorecard) {
            if (waiting.isEmpty()) {
                return;
            }
            ScorecardRun<E> present = run(scorecard);
            try {
                waiting.forEach(present::add);
                present.flush();
            } catch (RuntimeException together) {
                for (E row : waiting) {
                    try {
                        present.add(row);
                        present.flush();
                    } catch (RuntimeException alone) {
                        String source = row instanceof Located located
                                ? located.source()
                                : scorecard.fields().name();
                        long line = row instanceof Located located ? located.line() : present.rows();
                        present.broken(source, line, "", "an accessor throws " + alone);
                    }
                }
            }
            waiting.clear();
        }
    }

    /**
     * Adds a row.
     *
     * @param row the row, not null
     */
    public void add(E row) {
        Objects.requireNonNull(row, "row");
        // Neighbouring thread numbers fall on different stripes.
        int index = (int) Math.floorMod(Thread.currentThread().getId(), (long) stripes.size());
        Stripe<E> stripe = stripes.get(index);
        synchronized (stripe) {
            stripe.waiting.add(row);
            if (stripe.waiting.size() == Batch.CAPACITY) {
                stripe.flush(scorecard);
            }
        }
    }

    /**
     * Adds a result of the same scorecard, such as one that was drained and could not be stored.
     *
     * @param result the result
     * @throws IllegalArgumentException if it is of another scorecard
     */
    public void add(ScorecardResult result) {
        Stripe<E> stripe = stripes.get(0);
        synchronized (stripe) {
            stripe.run(scorecard).add(result);
        }
    }

    /**
     * The result since the last drain; adding goes on meanwhile.
     *
     * @return the result
     */
    public ScorecardResult snapshot() {
        ScorecardRun<E> sum = scorecard.startCounting();
        for (Stripe<E> stripe : stripes) {
            synchronized (stripe) {
                stripe.flush(scorecard);
                ScorecardRun<E> run = stripe.run;
                if (run != null) {
                    sum.add(run.unchecked());
                }
            }
        }
        return sum.unchecked();
    }

    /**
     * The result since the last drain, which is then forgotten here: of all results that drains return, each row is in
     * exactly one.
     *
     * @return the result
     */
    public ScorecardResult drain() {
        ScorecardRun<E> sum = scorecard.startCounting();
        for (Stripe<E> stripe : stripes) {
            ScorecardRun<E> run;
            synchronized (stripe) {
                stripe.flush(scorecard);
                run = stripe.run;
                stripe.run = null;
            }
            if (run != null) {
                sum.add(run.unchecked());
            }
        }
        return sum.unchecked();
    }
}
