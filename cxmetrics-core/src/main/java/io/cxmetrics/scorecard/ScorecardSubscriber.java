package io.cxmetrics.scorecard;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of a {@link Flow.Publisher} into a scorecard, a bounded number at a time, so that a fast publisher waits
 * for the scorecard and memory does not grow.
 *
 * <pre>{@code
 * ScorecardSubscriber<Call> subscriber = card.subscriber();
 * publisher.subscribe(subscriber);
 * ScorecardResult result = subscriber.result().toCompletableFuture().get();
 * }</pre>
 *
 * <p>For one subscription. Signals come one after another, as the specification of reactive streams demands;
 * {@link #cancel} and {@link #soFar} may be called by any thread at any time.
 *
 * @param <E> the type of the records
 * @since 0.1
 */
public final class ScorecardSubscriber<E> implements Flow.Subscriber<E> {
    /** How many rows are asked for at a time. */
    public static final int REQUESTED = 1024;

    private final ScorecardRun<E> run;
    private final CompletableFuture<ScorecardResult> result = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private int awaited;
    private boolean ended;

    ScorecardSubscriber(ScorecardRun<E> run) {
        this.run = run;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        Objects.requireNonNull(newSubscription, "subscription");
        synchronized (this) {
            if (subscription == null && !ended) {
                subscription = newSubscription;
                awaited = REQUESTED;
            } else {
                newSubscription.cancel();
                return;
            }
        }
        newSubscription.request(REQUESTED);
    }

    @Override
    public void onNext(E row) {
        Objects.requireNonNull(row, "row");
        Flow.Subscription more = null;
        synchronized (this) {
            if (ended) {
                return;
            }
            try {
                run.add(row);
            } catch (RuntimeException e) {
                end(e);
                return;
            }
            if (--awaited == 0) {
                awaited = REQUESTED;
                more = subscription;
            }
        }
        if (more != null) {
            more.request(REQUESTED);
        }
    }

    /** Stops and fails the result; what was added so far can still be asked for. */
    private void end(Throwable cause) {
        ended = true;
        run.endEarly();
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        result.completeExceptionally(cause);
    }

    @Override
    public synchronized void onError(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        if (!ended) {
            end(cause);
        }
    }

    @Override
    public synchronized void onComplete() {
        if (ended) {
            return;
        }
        ended = true;
        complete();
    }

    private void complete() {
        try {
            result.complete(run.result());
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    /** Ends the subscription; the result is then that of the rows so far, and says that it is partial. */
    public synchronized void cancel() {
        if (ended) {
            return;
        }
        ended = true;
        run.endEarly();
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        complete();
    }

    /**
     * The result, once the publisher has sent everything or {@link #cancel} was called.
     *
     * @return completes with the result; exceptionally with the cause if the publisher fails, an accessor throws, or the
     *     {@link RejectPolicy} bears no more
     */
    public CompletionStage<ScorecardResult> result() {
        return result.minimalCompletionStage();
    }

    /**
     * The result of the rows taken so far.
     *
     * @return the result; partial if the subscription ended early
     */
    public synchronized ScorecardResult soFar() {
        return run.unchecked();
    }
}
