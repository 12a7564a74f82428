package io.cxmetrics.scorecard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value or line was set aside, and the scorecard's {@link RejectPolicy} bears no more. The message says where it stood,
 * what was found and expected, and what to do.
 *
 * @since 0.1
 */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Intake intake;
    private final transient Intake.@Nullable Sample first;

    RejectedException(String message, Intake.@Nullable Sample first, Intake intake) {
        super(message);
        this.first = first;
        this.intake = intake;
    }

    /**
     * The first value or line that was set aside: its source, line, field, what was found and what was expected.
     *
     * @return the first by its place; empty if the account has no samples
     */
    public Optional<Intake.Sample> first() {
        return Optional.ofNullable(first);
    }

    /**
     * The account up to the failure.
     *
     * @return what was read and set aside, the offending value or line included; it is partial
     */
    public Intake intake() {
        return intake == null ? Intake.NONE : intake.partial();
    }
}
