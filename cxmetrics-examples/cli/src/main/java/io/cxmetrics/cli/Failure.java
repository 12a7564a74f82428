package io.cxmetrics.cli;

/** Ends a command with a message for the user and an exit code. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    private Failure(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Wrong arguments, or definitions that do not fit. */
    static Failure wrong(String message) {
        return new Failure(Main.WRONG_USE, message);
    }

    /** A file that cannot be read or written. */
    static Failure unreadable(String message) {
        return new Failure(Main.UNREADABLE, message);
    }

    int code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
