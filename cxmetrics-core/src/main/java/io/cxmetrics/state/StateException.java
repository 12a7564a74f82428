package io.cxmetrics.state;

/**
 * Bytes are not a stored form, are damaged, are of another version, or belong to another definition. The message says which,
 * where, and what to do.
 *
 * @since 0.1
 */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception.
     *
     * @param message what was found and what was expected
     */
    public StateException(String message) {
        super(message);
    }

    StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
